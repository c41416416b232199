import { z } from 'zod';
import { UserError } from '../errors.js';

const plain = <const Kind extends string>(kind: Kind) => z.object({ kind: z.literal(kind) });

/**
 * Why something asked for does not happen, or why a job ended without its picture: data, so that every reader is told in
 * their own language, and so that rows hold no prose. The words are in `discord/words/refusals.ts`.
 */
export const refusalSchema = z.discriminatedUnion('kind', [
  /** Words of a part that knows no languages: the engine, or an earlier version. */
  z.object({ kind: z.literal('said'), sentence: z.string() }),

  // Nothing is accepted
  plain('restarting'),
  plain('expelled'),
  plain('lineFull'),
  plain('serverFull'),
  z.object({ kind: z.literal('manyWaiting'), limit: z.int() }),
  z.object({ kind: z.literal('tooFast'), limit: z.int() }),
  plain('rerunWaiting'),
  z.object({ kind: z.literal('banned'), reason: z.string().nullable() }),
  plain('diskFull'),
  plain('notTaken'),
  z.object({ kind: z.literal('blockedWord'), entry: z.string() }),

  // Nothing is done
  plain('noSuchPicture'),
  plain('notYours'),
  plain('notWaiting'),
  plain('notBegun'),
  plain('operatorsOnly'),
  plain('moderatorsOnly'),
  z.object({ kind: z.literal('ended'), state: z.enum(['done', 'failed', 'cancelled', 'finishing']) }),
  plain('noPictureKept'),

  // An end
  plain('byOwner'),
  plain('byModerator'),
  plain('fault'),
  z.object({ kind: z.literal('painterDied'), times: z.int(), how: z.string() }),
  plain('imageGone'),
  plain('pictureLost'),
  plain('adult'),
  plain('messageGone'),
  plain('channelClosed'),
  plain('mayNotAttach'),
  plain('autoModerated'),
  plain('explicit'),
  plain('tooLarge'),
  plain('pictureRefused'),
  plain('discordAway'),
]);

export type Refusal = z.output<typeof refusalSchema>;
export type RefusalKind = Refusal['kind'];

/** A refusal on its way to whoever asked. Its message names the kind, for logs: people are told in words. */
export class RefusalError extends UserError {
  readonly refusal: Refusal;

  constructor(refusal: Refusal, options?: ErrorOptions) {
    super(`Refused: ${refusal.kind}${refusal.kind === 'said' ? ` (${refusal.sentence})` : ''}.`, options);
    this.refusal = refusal;
  }
}

/** Shorthand for what most are: `refused('lineFull')`. */
export function refused(
  kind: Exclude<
    RefusalKind,
    'said' | 'manyWaiting' | 'tooFast' | 'banned' | 'blockedWord' | 'ended' | 'painterDied'
  >,
  options?: ErrorOptions,
): RefusalError {
  return new RefusalError({ kind } as Refusal, options); // one of the plain ones
}

/** As rows hold it; what an earlier version wrote there are words. */
export function parseRefusal(text: string): Refusal {
  try {
    return refusalSchema.parse(JSON.parse(text));
  } catch {
    return { kind: 'said', sentence: text };
  }
}
