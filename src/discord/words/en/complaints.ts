import { type ComplaintWords, ENGLISH } from '../../../requests/complaint.js';

/** As the command line says it, but for what is called otherwise here. */
export const complaints: ComplaintWords = {
  ...ENGLISH,
  wrongValue: ({ option, got }) => `\`${option}\` cannot be \`${got}\`.`,
  wrongField: ({ field, got }) => `\`${field}\` cannot be \`${got}\`.`,
  startWithout: () => 'Attach a picture in `image` to begin with one.',
  uselessInit: () => 'A picture in `image` is there to begin with; leave it out, or begin with it.',
  nothingToVary: () => 'There is no picture to vary: attach one in `image`.',
  needsPicture: ({ picture, option }) =>
    `The option \`${option}\` is about a picture: attach one in \`${picture === 'init' ? 'image' : picture}\`.`,
};
