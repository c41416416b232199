/** What Discord shows of something that can be typed. */
export interface Offered {
  /** At most 32 characters, lower case, no spaces. */
  readonly name: string;
  /** At most 100 characters. */
  readonly description: string;
}

/** Commands, subcommands and options, each by its way there. An option of a picture is offered if it has words here. */
export const offer = {
  imagine: { name: 'imagine', description: 'Paint a picture of what you describe' },
  'imagine prompt': {
    name: 'prompt',
    description: 'What to paint; several with weights: a castle | a sunset:0.5 | fog:-0.3',
  },
  'imagine image': { name: 'image', description: 'A picture to begin with (PNG, JPEG, WebP or GIF)' },
  'imagine aspect': { name: 'aspect', description: 'The shape of the picture (square)' },
  'imagine quality': { name: 'quality', description: 'How much work goes into it (normal)' },
  'imagine style': { name: 'style', description: 'A manner of painting' },
  'imagine steps': { name: 'steps', description: 'How many steps exactly, instead of a quality' },
  'imagine seed': {
    name: 'seed',
    description: 'The same seed, prompt and settings give the same picture (random)',
  },
  'imagine count': { name: 'count', description: 'How many pictures, to choose from on one sheet (1)' },
  'imagine upscaler': {
    name: 'upscaler',
    description:
      'What enlarges the picture: resampling, or a network that sharpens edges (the network at 2 times)',
  },
  'imagine strength': { name: 'strength', description: 'How much of that picture is kept, from 0 to 1 (1)' },
  'imagine image-prompt': {
    name: 'image-prompt',
    description: 'A picture to paint towards, beside the words (PNG, JPEG, WebP or GIF)',
  },
  'imagine no': { name: 'no', description: 'What the picture should not show' },
  'imagine mask': {
    name: 'mask',
    description:
      'Where to paint: white. Elsewhere the picture you begin with is kept (PNG, JPEG, WebP or GIF)',
  },
  'imagine palette': {
    name: 'palette',
    description: 'A picture with whose colours to paint (PNG, JPEG, WebP or GIF)',
  },
  'imagine tile': {
    name: 'tile',
    description: 'A picture whose edges meet when it is laid out as tiles (no)',
  },
  'imagine symmetry': {
    name: 'symmetry',
    description: 'Which halves of the picture mirror each other (none)',
  },
  'imagine model': { name: 'model', description: 'What paints it' },

  queue: { name: 'queue', description: 'Show what is being painted and what waits' },

  show: { name: 'show', description: 'Show one picture again, with all that is known of it' },
  'show picture': { name: 'picture', description: 'Which one; its id stands under it' },

  me: { name: 'me', description: 'Your limits, your latest pictures, and what you choose once for all' },

  styles: { name: 'styles', description: 'The manners of painting you can ask for' },

  help: { name: 'help', description: 'How to ask for pictures, with something to try' },

  cancel: { name: 'cancel', description: 'Cancel a picture of yours that waits or is being painted' },
  'cancel job': { name: 'job', description: 'Which one, when you have several' },

  'queue-admin': { name: 'queue-admin', description: "Rule this server's queue" },
  'queue-admin pause': {
    name: 'pause',
    description: 'Let pictures wait; what is being painted is finished',
  },
  'queue-admin resume': { name: 'resume', description: 'Let the queue move again' },
  'queue-admin remove': { name: 'remove', description: 'Take one picture out' },
  'queue-admin clear': { name: 'clear', description: 'Take all waiting pictures out' },
  'queue-admin move': {
    name: 'move',
    description: "Give a picture another place in line; only this server's pictures change places",
  },
  'queue-admin place': { name: 'place', description: 'Which place: 1 is the foremost this server has' },
  'queue-admin front': {
    name: 'front',
    description: 'Paint this one next (for the people who run this bot)',
  },
  'queue-admin everywhere': {
    name: 'everywhere',
    description: 'In all servers, not only in this one (for the people who run this bot)',
  },
  'queue-admin job': { name: 'job', description: 'Which picture' },
} satisfies Readonly<Record<string, Offered>>;

/** What is chosen from, by the value it stands for; what has no words here (`4:5`) is shown as it is. */
export const choices = {
  square: 'square',
  portrait: 'portrait',
  landscape: 'landscape',
  draft: 'draft',
  normal: 'normal',
  fine: 'fine',
  lanczos: 'smooth (lanczos)',
  learned: 'sharp (learned)',
  nowhere: 'nowhere',
  'age-restricted': 'in age-restricted channels',
  own: "the server's own",
  en: 'English',
  de: 'German',
  ja: 'Japanese',
  'left-right': 'left and right',
  'top-bottom': 'top and bottom',
  both: 'both',
};
