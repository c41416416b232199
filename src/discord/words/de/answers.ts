import type { answers as english } from '../en/answers.js';

export const answers: typeof english = {
  fault: 'Bei uns ist etwas schiefgegangen; es ist vermerkt. Versuch es bitte noch einmal.',
  answerRefused: 'Discord hat meine Antwort nicht angenommen; was ich tun sollte, ist getan.',
  answerBlocked:
    'Die automatische Moderation dieses Servers sperrt die Worte meiner Antwort; was ich tun sollte, ist getan.',
  reasonRefused: 'Das ist nicht geschehen, und den Satz, der sagt, warum, hat Discord nicht angenommen.',
  answerTooLarge: 'Meine Antwort ist Discord zu groß; was ich tun sollte, ist getan.',
  unknownCommand: 'Diesen Befehl gibt es bei mir nicht mehr; tippe /, um zu sehen, welche es gibt.',
  unknownButton: 'Dieser Knopf stammt aus einer anderen Zeit; ich weiß nicht mehr, was er tat.',
  unknownJob: 'Dieses Bild kenne ich nicht mehr.',
  cannotPost: (permissions) =>
    `Ich darf in diesem Kanal keine Bilder zeigen: Bitte jemanden von der Moderation, mir hier ${permissions} zu erlauben.`,
  notAMember: (invite) =>
    `Ich wurde ohne Bot-Konto zu diesem Server hinzugefügt; bitte [lade mich noch einmal ein](<${invite}>).`,
  cancelDone: 'Abgebrochen.',
  cancelTooLate: 'Es war schon zu Ende.',
  nothingToCancel: 'Du hast kein Bild in der Warteschlange oder in Arbeit.',
  whichToCancel:
    'Du hast mehrere Bilder in der Warteschlange oder in Arbeit: Wähle eines in der Option `bild` aus.',
  deleted: 'Gelöscht.',
  notYoursToDelete: 'Löschen darf dieses Bild nur, wer es bestellt hat, oder jemand von der Moderation.',
  unknownWord: (word) => `*${word}* kenne ich nicht.`,
  unknownWordBut: (word, known) => `*${word}* kenne ich nicht; ich kenne aber ${known}.`,
  comma: ', ',
  notAPicture: 'Ich kann nur mit einem Bild beginnen: Häng eine PNG-, JPEG-, WebP- oder GIF-Datei an.',
  pictureTooLarge: (megabytes) => `Das Bild ist zu groß: höchstens ${megabytes} MB.`,
  pictureNotHad: 'Ich konnte dieses Bild nicht von Discord holen; häng es noch einmal an.',
  strengthAlone: 'Die Option `stärke` sagt, wie viel von einem Bild behalten wird: Häng eines in `bild` an.',
  notOnReaction: (link, sentence) => `Zu deiner Reaktion auf ${link}: ${sentence}`,
  noFilm: 'Von diesem Bild gibt es zu wenige Zwischenstände für einen Film.',
  filmTooLarge: 'Der Film ist größer, als Discord annimmt.',
  filmOf: (link) => `🎞️ Wie ${link} entstand.`,
  showing: 'Ich versuche, es jetzt zu zeigen.',
  notInThread:
    'Ich bin kein Mitglied dieses privaten Threads und könnte hier nichts zeigen: Erwähne mich einmal, um mich hereinzulassen, und frag dann noch einmal.',
  finishing: 'Ich nehme es so, wie es jetzt ist.',
  mostSteps: (steps) => `Es hat schon ${steps} Schritte; mehr werden hier nicht gemalt.`,
  isLargest: 'Größer und schärfer kann ich es nicht machen.',
  sentToYou: 'Direkt an dich geschickt.',
  noDirect:
    'Ich darf dir nicht direkt schreiben: Erlaube in den Privatsphäre-Einstellungen dieses Servers Direktnachrichten von Mitgliedern und drück dann noch einmal.',
  remix: {
    title: 'Abwandeln',
    prompt: 'Beschreibung',
    options: 'Optionen',
    hint: 'Ohne --seed wird neu gewürfelt. Auch: --ar 3:2, --no Nebel, --quality fine, --style ink',
  },
};
