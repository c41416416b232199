/** Answers that one person alone reads. */
export const answers = {
  fault: 'Something went wrong on our side; it has been noted. Please try again.',
  answerRefused: 'Discord did not take my answer; whatever you asked me to do is done.',
  answerBlocked:
    'This server’s automatic moderation blocks the words of my answer; whatever you asked me to do is done.',
  reasonRefused: 'That was not done, and Discord did not take the sentence that says why.',
  answerTooLarge: 'Discord finds my answer too large; whatever you asked me to do is done.',
  unknownCommand: 'This command is not one of mine any more; type / to see those that are.',
  unknownButton: 'This button is from another time; I no longer know what it did.',
  unknownJob: 'I no longer know this picture.',
  cannotPost: (permissions: string): string =>
    `I may not post pictures in this channel: please ask a moderator to give me ${permissions} here.`,
  notAMember: (invite: string): string =>
    `I was added to this server without a bot user; please [invite me again](<${invite}>).`,
  cancelDone: 'Cancelled.',
  cancelTooLate: 'It had already ended.',
  nothingToCancel: 'You have no picture in line or in work.',
  whichToCancel: 'You have several pictures in line or in work: choose one in the `job` option.',
  deleted: 'Deleted.',
  notYoursToDelete: 'Only the person who asked for this picture, or a moderator, may delete it.',
  unknownWord: (word: string): string => `I don't know *${word}*.`,
  unknownWordBut: (word: string, known: string): string => `I don't know *${word}*; I do know ${known}.`,
  comma: ', ',
  notAPicture: 'I can begin with a picture only: attach a PNG, JPEG, WebP or GIF file.',
  pictureTooLarge: (megabytes: number): string => `The picture is too large: at most ${megabytes} MB.`,
  pictureNotHad: 'I could not fetch that picture from Discord; attach it again.',
  strengthAlone: 'The option `strength` says how much of a picture is kept: attach one in `image`.',
  notOnReaction: (link: string, sentence: string): string => `About your reaction to ${link}: ${sentence}`,
  noFilm: 'There are too few frames of this painting for a film.',
  filmTooLarge: 'Its film is larger than Discord takes.',
  filmOf: (link: string): string => `🎞️ How ${link} grew.`,
  showing: 'I try to show it now.',
  notInThread:
    'I am not a member of this private thread, so I could show nothing here: mention me once to let me in, then ask again.',
  finishing: 'I finish it as it is now.',
  mostSteps: (steps: number): string => `It has ${steps} steps already; no more are painted here.`,
  isLargest: 'It is already as large and as sharp as I can make it.',
  sentToYou: 'Sent to you directly.',
  noDirect:
    'I may not write to you directly: allow direct messages from this server’s members in its privacy settings, then press again.',
  remix: {
    title: 'Remix',
    prompt: 'Prompt',
    options: 'Options',
    hint: 'Without --seed another seed is drawn. Also: --ar 3:2, --no fog, --quality fine, --style ink',
  },
};
