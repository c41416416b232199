import type { details as english } from '../en/details.js';
import { pluralIn } from '../plural.js';

const plural = pluralIn('de');

export const details: typeof english = {
  asked: (userId, when) => `bestellt von <@${userId}>, ${when}`,
  seed: (seed) => `Seed \`${seed}\``,
  pictures: (count: number): string => `${count} Bilder auf einem Blatt`,
  seeds: (seeds: string): string => `deren Seeds ${seeds}`,
  steps: (painted, asked) =>
    painted === asked ? `${painted} Schritte` : `${painted} von ${asked} Schritten`,
  size: (width, height) => `gemalt in ${width} × ${height}`,
  file: (width, height, format) => `Datei ${width} × ${height}, ${format}`,
  model: (name) => `Modell ${name}`,
  start: (start) =>
    ({
      prior: 'begonnen mit einer Skizze nach den Worten',
      noise: 'begonnen mit Rauschen',
      picture: 'begonnen mit einem Bild',
    })[start],
  init: (strength) => `von jenem Bild behalten: ${strength}`,
  imagePrompts: (count) =>
    plural(count, { one: `${count} Bild als Vorlage`, other: `${count} Bilder als Vorlage` }),
  cutouts: (count) => plural(count, { one: `${count} Ausschnitt`, other: `${count} Ausschnitte` }),
  learningRate: (rate) => `Lernrate ${rate}`,
  clips: (names) => `geleitet von ${names}`,
  loss: (loss) => `Verlust ${loss}`,
  seconds: (seconds) => `in ${seconds} s gemalt`,
  job: (id) => `Bild \`${id}\``,
};
