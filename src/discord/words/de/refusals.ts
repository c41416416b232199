import { quote } from '../markdown.js';
import { REASON_ROOM, type RefusalWords } from '../refusals.js';

const STATES = {
  done: 'ist schon fertig',
  failed: 'ist schon ohne Ergebnis zu Ende gegangen',
  cancelled: 'ist schon abgebrochen',
  finishing: 'ist schon fertig',
} as const;

export const refusals: RefusalWords = {
  said: ({ sentence }) => quote(sentence, REASON_ROOM),

  restarting: () => 'Der Bot startet gerade neu; frag in einer Minute noch einmal.',
  expelled: () =>
    'Der Bot hat die Verbindung zu Discord verloren und nimmt nichts mehr an; wer ihn betreibt, muss nachsehen.',
  lineFull: () => 'Die Warteschlange ist voll; versuch es später noch einmal.',
  serverFull: () =>
    'Auf diesem Server warten schon so viele Bilder, wie warten dürfen; versuch es später noch einmal.',
  manyWaiting: ({ limit }) =>
    `Von dir ${limit === 1 ? 'wartet schon ein Bild' : `warten schon ${limit} Bilder`} in der Warteschlange; warte, bis eines beginnt, oder brich eines ab.`,
  tooFast: ({ limit }) =>
    limit === 1
      ? `Du darfst ${limit} Bild in der Minute bestellen; warte einen Augenblick.`
      : `Du darfst ${limit} Bilder in der Minute bestellen; warte einen Augenblick.`,
  rerunWaiting: () => 'Von dir steht schon eine andere Fassung dieses Bildes in der Warteschlange.',
  banned: ({ reason }) =>
    reason === null
      ? 'Du darfst hier nicht malen.'
      : `Du darfst hier nicht malen: ${quote(reason, REASON_ROOM)}`,
  diskFull: () =>
    'Der Bot hat keinen Speicherplatz mehr für Bilder; wer ihn betreibt, muss Platz schaffen, bevor er wieder malt.',
  notTaken: () =>
    'Die automatische Moderation dieses Servers blockiert deinen Text, darum kann ich ihn hier nicht zeigen; es wird nichts gemalt.',
  blockedWord: ({ entry }) =>
    `Die Leute, die diesen Bot betreiben, wollen nicht, dass ${quote(entry, REASON_ROOM)} gemalt wird; wünsch dir etwas anderes.`,

  noSuchPicture: () => 'So ein Bild gibt es nicht.',
  notYours: () => 'Das darf nur, wem dieses Bild gehört, oder jemand von der Moderation seines Servers.',
  notWaiting: () => 'Dieses Bild wartet nicht mehr in der Warteschlange.',
  notBegun: () => 'Von diesem Bild ist noch nichts gemalt; versuch es gleich noch einmal.',
  operatorsOnly: () => 'Das dürfen nur die Leute, die diesen Bot betreiben.',
  moderatorsOnly: () =>
    'Über die Warteschlange bestimmt nur die Moderation, und nur auf ihrem eigenen Server.',
  ended: ({ state }) => `Dieses Bild ${STATES[state]}.`,
  noPictureKept: () => 'Das Bild ist nicht mehr gespeichert; es kann nur neu gemalt werden.',

  byOwner: () => 'Von der Person, der das Bild gehört.',
  byModerator: () => 'Von der Moderation entfernt.',
  fault: () =>
    'Beim Malen ist etwas schiefgegangen; wer den Bot betreibt, findet es im Protokoll. Versuch es noch einmal.',
  painterDied: ({ times, how }) =>
    `Der Maler hat hierbei ${times === 2 ? 'zweimal' : `${times}-mal`} aufgegeben (${quote(how, REASON_ROOM)}). Versuch es kleiner oder einfacher.`,
  imageGone: () => 'Ein Bild, das hierfür gebraucht wird, ist nicht mehr gespeichert.',
  pictureLost: () => 'Das fertige Bild ist auf der Festplatte des Bots verloren gegangen.',
  adult: () =>
    'Das Bild ist gemalt, sieht aber nach Inhalten für Erwachsene aus, die dieser Bot nicht zeigt. Falls es keine sind, versuch einen anderen Seed.',
  messageGone: () => 'Die Nachricht wurde gelöscht.',
  channelClosed: () => 'Der Kanal ist weg, oder ich darf dort nicht mehr schreiben.',
  mayNotAttach: () =>
    'Das Bild ist gemalt, aber ich darf hier keine Dateien mehr anhängen: Die Moderation kann mir *Dateien anhängen* erlauben.',
  autoModerated: () =>
    'Das Bild ist gemalt, aber die automatische Moderation dieses Servers blockiert den Text, nach dem es gemalt ist.',
  explicit: () =>
    'Das Bild ist gemalt, aber Discord hält es für Inhalte für Erwachsene, die in diesem Kanal oder bei dieser Person nicht erlaubt sind.',
  tooLarge: () => 'Das Bild ist gemalt, aber die Datei ist Discord zu groß.',
  pictureRefused: () => 'Das Bild ist gemalt, aber Discord hat es nicht angenommen.',
  discordAway: () => 'Discord war einen Tag lang nicht zu erreichen.',
};
