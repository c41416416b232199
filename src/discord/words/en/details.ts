import { pluralIn } from '../plural.js';

const plural = pluralIn('en');

/** What *Details* tells of a picture. */
export const details = {
  asked: (userId: string, when: string): string => `asked for by <@${userId}>, ${when}`,
  seed: (seed: number): string => `seed \`${seed}\``,
  pictures: (count: number): string => `${count} pictures on one sheet`,
  seeds: (seeds: string): string => `their seeds ${seeds}`,
  steps: (painted: number, asked: number): string =>
    painted === asked ? `${painted} steps` : `${painted} of ${asked} steps`,
  size: (width: number, height: number): string => `painted at ${width} × ${height}`,
  file: (width: number, height: number, format: string): string => `file ${width} × ${height}, ${format}`,
  model: (name: string): string => `model ${name}`,
  start: (start: 'prior' | 'noise' | 'picture'): string =>
    ({
      prior: 'begun with a sketch from the words',
      noise: 'begun with noise',
      picture: 'begun with a picture',
    })[start],
  init: (strength: string): string => `kept of that picture: ${strength}`,
  imagePrompts: (count: number): string =>
    plural(count, { one: `${count} picture to paint towards`, other: `${count} pictures to paint towards` }),
  cutouts: (count: number): string => plural(count, { one: `${count} cutout`, other: `${count} cutouts` }),
  learningRate: (rate: string): string => `learning rate ${rate}`,
  clips: (names: string): string => `guided by ${names}`,
  loss: (loss: string): string => `loss ${loss}`,
  seconds: (seconds: number): string => `painted in ${seconds} s`,
  job: (id: string): string => `picture \`${id}\``,
};
