import { z } from 'zod';
import { ENDINGS, type PaintEvent } from './paint-event.js';
import { paintRequestSchema } from './paint-request.js';
import { type EncodedPicture, FORMATS } from './picture.js';
import { refusalSchema } from './refusal.js';

const settingsSchema = z.strictObject({
  /** `auto`, or a provider by name. */
  provider: z.string(),
  /** Threads within an operator; as many as the machine has when absent. */
  threads: z.int().positive().exactOptional(),
  /** The data folder, with added models in `models/`. */
  dataDir: z.string().exactOptional(),
  /** Where built graphs are kept. */
  cacheDir: z.string().exactOptional(),
  /** How many models stay loaded, those used last. */
  warmModels: z.int().positive(),
  /** A model that must open before the process is ready. */
  tries: z.string().exactOptional(),
});

/** What a painter process is told when it is made, as JSON in its last argument. */
export const painterSettingsSchema = settingsSchema.readonly();
export type PainterSettings = z.output<typeof painterSettingsSchema>;

const bytes = z.custom<Uint8Array>((value) => value instanceof Uint8Array);
const share = z.number().min(0).max(1);

/** Parent → painter process, over IPC with `serialization: 'advanced'` (structured clone). */
export const painterCommandSchema = z.discriminatedUnion('type', [
  z.strictObject({
    type: z.literal('paint'),
    job: z.string(),
    request: paintRequestSchema,
    /** Bytes of the pictures the request names, by sha256; foreign: decoded only in the painter. */
    images: z.map(z.string(), bytes).readonly(),
    /** How surely a given picture may show adult content, 0…1, before the job is refused; unlimited when absent. */
    adultLimit: share.exactOptional(),
    /** A saved state (`.easel`) to continue from. */
    state: bytes.exactOptional(),
  }),
  z.strictObject({ type: z.literal('cancel'), job: z.string() }),
  /** Send the running job's state and leave. */
  z.strictObject({ type: z.literal('stop') }),
]);
export type PainterCommand = z.output<typeof painterCommandSchema>;

const count = z.int().nonnegative();
const ms = z.number().nonnegative();
/** A painting that lost its numbers says so. */
const loss = z.number().or(z.nan());
const side = z.int().positive();
const picture = z.strictObject({
  format: z.enum(FORMATS),
  width: side,
  height: side,
  bytes,
  adult: share.exactOptional(),
});

const eventSchema = z.discriminatedUnion('type', [
  z.strictObject({
    type: z.literal('started'),
    provider: z.string(),
    device: z.string(),
    steps: count,
    firstStep: count,
    cached: z.boolean(),
  }),
  z.strictObject({ type: z.literal('step'), step: count, steps: count, loss, ms }),
  z.strictObject({ type: z.literal('frame'), step: count, picture }),
  z.strictObject({
    ...{ type: z.literal('done'), picture, step: count, loss, seconds: ms },
    ended: z.enum(ENDINGS),
  }),
  z.strictObject({
    type: z.literal('error'),
    kind: z.enum(['user', 'fault']),
    message: z.string(),
    refusal: refusalSchema.exactOptional(),
  }),
]) satisfies z.ZodType<PaintEvent<EncodedPicture>>;

/** Painter process → parent. */
export const painterReportSchema = z.discriminatedUnion('type', [
  z.strictObject({ type: z.literal('ready'), provider: z.string(), device: z.string() }),
  /** Instead of `ready`, from a process that cannot work and leaves: why, in one sentence. */
  z.strictObject({ type: z.literal('unfit'), message: z.string() }),
  z.strictObject({ type: z.literal('event'), job: z.string(), event: eventSchema }),
  z.strictObject({ type: z.literal('state'), job: z.string(), step: count, bytes }),
  /** Sent at least every two seconds, between steps too. */
  z.strictObject({
    type: z.literal('beat'),
    /** Resident memory, bytes. */
    rss: z.number().nonnegative(),
  }),
]);
export type PainterReport = z.output<typeof painterReportSchema>;
