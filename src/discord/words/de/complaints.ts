import type { ComplaintWords } from '../../../requests/complaint.js';

export const complaints: ComplaintWords = {
  notWhole: ({ option, min, max, got }) =>
    `Für \`${option}\` geht eine ganze Zahl von ${min} bis ${max}, nicht \`${got}\`.`,
  notInRange: ({ option, min, max, got }) =>
    `Für \`${option}\` geht eine Zahl von ${min} bis ${max}, nicht \`${got}\`.`,
  notAChoice: ({ option, choices, got }) =>
    `Für \`${option}\` geht eins von ${choices.join(', ')}, nicht \`${got}\`.`,
  wrongValue: ({ option, got }) => `Für \`${option}\` geht \`${got}\` nicht.`,
  wrongField: ({ field, got }) => `Mit \`${field}\` stimmt etwas nicht: \`${got}\` geht dort nicht.`,
  otherModel: ({ model, got }) => `Der Auftrag ist für das Modell \`${got}\`, nicht für \`${model}\`.`,
  noSuchModel: ({ model, others }) =>
    `Das Modell \`${model}\` gibt es hier nicht (mehr); es gibt ${others.join(', ') || 'keins'}.`,
  notMultiple: ({ option, factor, model, got }) =>
    `\`${option}\` muss beim Modell \`${model}\` ein Vielfaches von ${factor} sein, nicht \`${got}\`.`,
  noSuchClip: ({ clip, model, known }) =>
    `Das Modell \`${model}\` hat kein CLIP namens \`${clip}\`; es hat ${known.join(', ') || 'keins mit Namen'}.`,
  noPrompt: () => 'Es fehlt, was gemalt werden soll.',
  emptyPrompt: () => 'Was gemalt werden soll, ist leer.',
  emptyPart: () => 'Vor und hinter jedem `|` und `//` muss stehen, was gemalt werden soll.',
  wordlessPrior: () => 'Um aus Worten zu beginnen, braucht es einen Prompt in Worten.',
  manyPrompts: ({ most, got }) => `Höchstens ${most} Prompts auf einmal, nicht ${got}.`,
  longPrompt: ({ most, got }) => `Ein Prompt hat höchstens ${most} Zeichen, nicht ${got}.`,
  weightless: ({ prompt }) => `Das Gewicht von \`${prompt}\` darf nicht 0 sein.`,
  unknownFlag: ({ flag, understood }) =>
    `\`--${flag}\` bedeutet hier nichts; verstanden wird: ${understood.join(', ')}.`,
  bareFlag: ({ flag, understood }) => `Hinter \`--${flag}\` fehlt etwas, wie in ${understood.join(', ')}.`,
  noPrior: ({ model }) =>
    `Das Modell \`${model}\` kann nicht aus Worten beginnen, nur mit Rauschen oder einem Bild.`,
  noEncoder: ({ model }) => `Das Modell \`${model}\` kann nicht mit einem Bild beginnen.`,
  noJourney: ({ model }) => `Das Modell \`${model}\` kann keine Reisen malen.`,
  startWithout: () => 'Um mit einem Bild zu beginnen, hänge eins in `bild` an.',
  uselessInit: () => 'Ein Bild in `bild` ist da, um damit zu beginnen; lass es weg oder beginne damit.',
  nothingToVary: () => 'Es gibt kein Bild zum Abwandeln: hänge eins in `bild` an.',
  smallTile: ({ least, width, height }) =>
    `Für eine Kachel müssen die Seiten mindestens ${least} Pixel lang sein, nicht ${width}×${height}.`,
  longSide: ({ most, width, height }) =>
    `Die Seiten dürfen höchstens ${most} Pixel lang sein, nicht ${width}×${height}.`,
  both: ({ one, other }) => `\`${one}\` und \`${other}\` gehen nicht zusammen: nimm eins von beiden.`,
  needsPicture: ({ picture, option }) =>
    `\`${option}\` betrifft ein Bild: hänge eins in \`${picture === 'init' ? 'bild' : picture}\` an.`,
  needsMove: ({ option }) => `Zu \`${option}\` gehört \`zoom\`, \`pan-x\` oder \`pan-y\`.`,
};
