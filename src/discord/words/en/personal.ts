import { pluralIn } from '../plural.js';

const plural = pluralIn('en');

/** `/me`, `/show`, `/styles`, and what people are told when a picture is done. */
export const personal = {
  me: {
    waiting: (waiting: number, most: number): string =>
      `**In line:** ${waiting} of ${most} ${plural(most, { one: 'picture', other: 'pictures' })}`,
    lastMinute: (count: number, most: number): string => `**In the last minute:** ${count} of ${most}`,
    today: (count: number, most: number): string => `**In the last 24 hours, here:** ${count} of ${most}`,
    noPictures: 'You have no picture yet: `/imagine` makes one.',
    recent: '**Your latest pictures**',
    choices: '**Once for all**: how you hear that a picture is done, and what you get where you do not say.',
    nothingChosen: 'as usual',
    notices: {
      none: 'When it is done: tell me nothing',
      reply: 'When it is done: ping me under it',
      direct: 'When it is done: write to me directly',
    },
  },
  noticeDone: (what: string): string => `${what} Your picture is done.`,
  noticeFailed: (what: string): string => `${what} There is no picture this time; its message says why.`,
  whereItIs: (link: string): string => `It stands [here](${link}).`,
  stylesHead: '**Styles**',
  stylesSheet: 'One prompt in every style, as the built-in model paints it',
  stylesUse:
    'Choose one in the option `style` of `/imagine`, or write `--style` and its name into the prompt.',
};
