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
  enoughToday: ({ limit }) =>
    `Hier kannst du dir in 24 Stunden ${limit} Bilder wünschen; komm später wieder.`,
  draining: () =>
    'Im Augenblick wird nichts mehr angenommen; was in der Warteschlange steht, wird gemalt. Versuch es später noch einmal.',
  channelsOnly: ({ channels }) =>
    `In diesem Kanal darf nicht gemalt werden, aber hier: ${channels.map((id) => `<#${id}>`).join(', ')}.`,
  rolesOnly: ({ roles }) =>
    `Hier dürfen nur Leute mit einer dieser Rollen malen: ${roles.map((id) => `<@&${id}>`).join(', ')}.`,
  tooManySteps: ({ limit }) =>
    `Bilder haben hier höchstens ${limit} Schritte, auf einem Blatt alle zusammen; wünsch dir weniger.`,
  sideTooLong: ({ limit }) => `Bilder sind hier höchstens ${limit} Pixel lang; wünsch dir ein kleineres.`,
  privatePicture: () => 'Dieses Bild wurde woanders gemalt; nur dort kann es noch einmal gemalt werden.',
  banned: ({ reason }) =>
    reason === null
      ? 'Du darfst hier nicht malen.'
      : `Du darfst hier nicht malen: ${quote(reason, REASON_ROOM)}`,
  diskFull: () =>
    'Der Bot hat keinen Speicherplatz mehr für Bilder; wer ihn betreibt, muss Platz schaffen, bevor er wieder malt.',
  notTaken: () =>
    'Die automatische Moderation dieses Servers blockiert deinen Text, darum kann ich ihn hier nicht zeigen; es wird nichts gemalt.',
  blockedWord: ({ entry, byServer = false }) =>
    `${byServer ? 'Die Moderatoren dieses Servers' : 'Die Leute, die diesen Bot betreiben,'} wollen nicht, dass ${quote(entry, REASON_ROOM)} gemalt wird; wünsch dir etwas anderes.`,

  noSuchPicture: () =>
    'So ein Bild gibt es hier nicht: Wähle eines aus der Liste, oder gib seine Kennung oder einen Link zu seiner Nachricht an.',
  notYours: () => 'Das darf nur, wem dieses Bild gehört, oder jemand von der Moderation seines Servers.',
  notWaiting: () => 'Dieses Bild wartet nicht mehr in der Warteschlange.',
  notBegun: () => 'Von diesem Bild ist noch nichts gemalt; versuch es gleich noch einmal.',
  stillUnderWay: () => 'Dieses Bild ist noch nicht am Ende.',
  operatorsOnly: () => 'Das dürfen nur die Leute, die diesen Bot betreiben.',
  moderatorsOnly: () =>
    'Über die Warteschlange bestimmt nur die Moderation, und nur auf ihrem eigenen Server.',
  ended: ({ state }) => `Dieses Bild ${STATES[state]}.`,
  noPictureKept: () => 'Das Bild ist nicht mehr gespeichert; es kann nur neu gemalt werden.',
  heldBack: () => 'Nur Moderatoren dürfen ansehen, was zurückgehalten wurde.',
  galleryShut: () =>
    'Ich darf in der Galerie dieses Servers nicht schreiben, deshalb ist das Bild nicht dort; wer das ändern kann, weiß Bescheid.',
  notARule: ({ min, max }) =>
    max === undefined
      ? 'So kann das nicht eingestellt werden.'
      : `Das kann hier von ${min ?? 0} bis ${max} eingestellt werden; anderes erlauben die Leute nicht, die diesen Bot betreiben.`,
  reportedAlready: () => 'Dieses Bild hast du schon gemeldet.',
  manyReports: () => 'Du hast gerade viel gemeldet; warte eine Weile.',
  unreadable: () => 'Was der Bot über dieses Bild wusste, ist beschädigt; es lässt sich nur neu bestellen.',

  byOwner: () => 'Von der Person, der das Bild gehört.',
  byModerator: () => 'Von der Moderation entfernt.',
  fault: () =>
    'Beim Malen ist etwas schiefgegangen; wer den Bot betreibt, findet es im Protokoll. Versuch es noch einmal.',
  painterDied: ({ times, how }) =>
    `Der Maler hat hierbei ${times === 2 ? 'zweimal' : `${times}-mal`} aufgegeben (${quote(how, REASON_ROOM)}). Versuch es kleiner oder einfacher.`,
  imageGone: () => 'Ein Bild, das hierfür gebraucht wird, ist nicht mehr gespeichert.',
  givenPicture: ({ flaw }) =>
    ({
      tooManyBytes: 'Das angehängte Bild hat zu viele Bytes; nimm ein kleineres.',
      unknown:
        'Das Angehängte ist kein Bild, das ich lesen kann; erwartet wird PNG, JPEG, WebP, GIF oder AVIF.',
      heic: 'Das angehängte Bild ist HEIC, das ich nicht lesen kann: Speichere oder teile es als JPEG.',
      damaged: 'Das angehängte Bild ist beschädigt oder hat zu viele Pixel; speichere es neu oder kleiner.',
      adult: 'Das angehängte Bild sieht nach Inhalten für Erwachsene aus; davon wird hier nichts gemalt.',
    })[flaw],
  pictureLost: () => 'Das fertige Bild ist auf der Festplatte des Bots verloren gegangen.',
  adult: () =>
    'Das Bild ist gemalt, sieht aber nach Inhalten für Erwachsene aus, die hier nicht gezeigt werden. Falls es keine sind, kann ein Moderator es trotzdem zeigen, oder versuch einen anderen Seed.',
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
