import type { personal as english } from '../en/personal.js';
import { pluralIn } from '../plural.js';

const plural = pluralIn('de');

export const personal: typeof english = {
  me: {
    waiting: (waiting, most) =>
      `**In der Warteschlange:** ${waiting} von ${most} ${plural(most, { one: 'Bild', other: 'Bildern' })}`,
    lastMinute: (count, most) => `**In der letzten Minute:** ${count} von ${most}`,
    today: (count, most) => `**Hier in den letzten 24 Stunden:** ${count} von ${most}`,
    noPictures: 'Du hast noch kein Bild: `/malen` macht eins.',
    recent: '**Deine letzten Bilder**',
    choices:
      '**Ein für alle Mal**: wie du erfährst, dass ein Bild fertig ist, und was du bekommst, wo du nichts sagst.',
    nothingChosen: 'wie üblich',
    notices: {
      none: 'Wenn es fertig ist: nichts sagen',
      reply: 'Wenn es fertig ist: darunter erwähnen',
      direct: 'Wenn es fertig ist: direkt schreiben',
    },
  },
  noticeDone: (what) => `${what} Dein Bild ist fertig.`,
  noticeFailed: (what) => `${what} Diesmal gibt es kein Bild; warum, steht in seiner Nachricht.`,
  whereItIs: (link) => `Es steht [hier](${link}).`,
  stylesHead: '**Stile**',
  stylesSheet: 'Ein Prompt in jedem Stil, wie das mitgelieferte Modell ihn malt',
  stylesUse:
    'Wähle einen in der Option `stil` von `/malen`, oder schreib `--style` und seinen Namen in die Beschreibung.',
};
