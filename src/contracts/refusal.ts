import { z } from 'zod';
import { UserError } from '../errors.js';

/** What can be wrong with a picture that somebody gives: `unknown` is no picture of a format that is read here. */
export const PICTURE_FLAWS = ['tooManyBytes', 'unknown', 'heic', 'damaged', 'adult'] as const;
export type PictureFlaw = (typeof PICTURE_FLAWS)[number];

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
  z.object({ kind: z.literal('enoughToday'), limit: z.int() }),
  plain('draining'),
  z.object({ kind: z.literal('channelsOnly'), channels: z.array(z.string()) }),
  z.object({ kind: z.literal('rolesOnly'), roles: z.array(z.string()) }),
  z.object({ kind: z.literal('tooManySteps'), limit: z.int() }),
  z.object({ kind: z.literal('sideTooLong'), limit: z.int() }),
  plain('privatePicture'),
  z.object({ kind: z.literal('banned'), reason: z.string().nullable() }),
  plain('diskFull'),
  plain('notTaken'),
  /** By the operator's list or, absent from older rows, by the server's. */
  z.object({ kind: z.literal('blockedWord'), entry: z.string(), byServer: z.boolean().optional() }),

  // Nothing is done
  plain('noSuchPicture'),
  plain('notYours'),
  plain('notWaiting'),
  plain('notBegun'),
  plain('stillUnderWay'),
  plain('operatorsOnly'),
  plain('moderatorsOnly'),
  z.object({ kind: z.literal('ended'), state: z.enum(['done', 'failed', 'cancelled', 'finishing']) }),
  plain('noPictureKept'),
  plain('heldBack'),
  plain('galleryShut'),
  plain('reportedAlready'),
  plain('manyReports'),
  /** A rule of a server was given something else than it may be. */
  z.object({ kind: z.literal('notARule'), min: z.number().optional(), max: z.number().optional() }),
  plain('unreadable'),

  // An end
  plain('byOwner'),
  plain('byModerator'),
  plain('fault'),
  z.object({ kind: z.literal('painterDied'), times: z.int(), how: z.string() }),
  plain('imageGone'),
  /** Of a picture that somebody gave to begin with or to paint towards. */
  z.object({ kind: z.literal('givenPicture'), flaw: z.enum(PICTURE_FLAWS) }),
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
/** Those that need nothing said besides. */
type PlainKind = {
  [Kind in RefusalKind]: { kind: Kind } extends Extract<Refusal, { kind: Kind }> ? Kind : never;
}[RefusalKind];

/** A refusal on its way to whoever asked. Its message names the kind, for logs: people are told in words. */
export class RefusalError extends UserError {
  readonly refusal: Refusal;

  constructor(refusal: Refusal, options?: ErrorOptions) {
    super(`Refused: ${refusal.kind}${refusal.kind === 'said' ? ` (${refusal.sentence})` : ''}.`, options);
    this.refusal = refusal;
  }
}

/** Shorthand for what most are: `refused('lineFull')`. */
export function refused(kind: PlainKind, options?: ErrorOptions): RefusalError {
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
