import { SHEET_LABELS } from '../sheet-labels.js';

/** The life of a picture, as its message tells it. `<t:…:R>` counts down in the reader's own language. */
export const painting = {
  queued: ({ position, of }: { readonly position: number; readonly of: number }): string =>
    of > 1 ? `🕰️ **In line**, place ${position} of ${of}` : '🕰️ **In line**, next',
  starts: (when: string): string => `starts ${when}`,
  startUnknown: 'time not known yet',
  heldBack: 'the queue is paused',
  painting: '🎨 **Painting**',
  warmingUp: 'mixing the colours',
  ends: (when: string): string => `done ${when}`,
  progress: ({ percent, step, steps }: Record<'percent' | 'step' | 'steps', number>): string =>
    `${percent} %, step ${step} of ${steps}`,
  failed: (reason: string): string => `⚠️ **No picture this time.** ${reason}`,
  cancelled: (reason: string): string => `🚫 **Cancelled.** ${reason}`,
  noReason: 'Something went wrong on our side; it has been noted.',
  sentDirectly:
    '📬 It is painted, but I may not attach files here any more: I sent it to its owner directly.',
  whyDirect: (channelId: string): string =>
    `-# I may not post this in <#${channelId}> any more, so it comes to you directly.`,
  words: 'The words are left out: this server’s automatic moderation blocks them.',
  stoppedEarly: (step: number): string => `ended by itself at step ${step}`,
  finishedEarly: (step: number): string => `finished early, at step ${step}`,
  parameters: {
    seed: (seed: number): string => `seed \`${seed}\``,
    steps: (steps: number): string => `${steps} steps`,
    size: (width: number, height: number): string => `${width} × ${height}`,
    pictures: (count: number): string => `${count} pictures`,
    job: (id: string): string => `\`${id}\``,
  },
  buttons: {
    again: 'Again',
    retry: 'Try again',
    cancel: 'Cancel',
    finish: 'Finish now',
    delete: 'Delete',
    show: 'Show it now',
    review: 'Look at it',
    vary: 'Variation',
    remix: 'Remix',
    more: 'More steps',
    enlarge: 'Upscale',
    film: 'Timelapse',
    details: 'Details',
    direct: 'Send to me',
    ...SHEET_LABELS,
  },
};
