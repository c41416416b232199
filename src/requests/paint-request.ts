import { z } from 'zod';
import { UserError } from '../errors.js';
import { RequestError } from './complaint.js';
import { PICTURE, whole } from './kinds.js';
import { PROMPT_LIMITS, promptWeight } from './prompt-limits.js';
import { imagePromptSchema } from './weighted-picture.js';
import { COUNT, FIELDS, type FieldSchemas, SHORTHANDS, SIDE, STEPS } from './options.js';

/** How often a painting can be asked to go on. */
const MOST_LEGS = 64;

/** A text to paint towards (weight > 0) or away from (weight < 0). */
export const promptSchema = z.strictObject({
  text: z.string().trim().min(1).max(PROMPT_LIMITS.characters),
  weight: promptWeight.default(1),
  /** The distance (θ²/2, signed by the weight) under which this prompt stops pulling. */
  stop: z.number().optional(),
  /** Its place in a story, from 0; prompts without one belong to every chapter. */
  chapter: z.int().min(0).max(PROMPT_LIMITS.prompts).optional(),
});

/**
 * What to paint, complete: with the model's manifest hash it determines the picture (contract v1). Most of its fields
 * are options, told in `options.ts`. Images are named by sha256 in the store, never by path or URL.
 */
export const paintRequestSchema = z.strictObject({
  version: z.literal(1),
  prompts: z.array(promptSchema).max(PROMPT_LIMITS.prompts),
  imagePrompts: z.array(imagePromptSchema).max(PROMPT_LIMITS.prompts).default([]),
  model: z.string().regex(/^[a-z0-9][a-z0-9._-]*$/i),
  /** Pixels; multiples of the model's factor. */
  width: whole(SIDE).schema,
  height: whole(SIDE).schema,
  ...fieldSchemas(),
  /** So many pictures on one sheet, their seeds counted up; one when absent. See `sheet.ts`. */
  count: whole({ min: 2, max: COUNT.max }).schema.optional(),
  /** At which steps it had been finished before more were asked for, ascending; see `more-steps.ts`. */
  legs: z.array(whole(STEPS).schema).min(1).max(MOST_LEGS).optional(),
  /** The picture to start from (share kept, 0…1) and to stay near (pull, a loss weight). */
  init: z
    .strictObject({
      image: PICTURE.schema,
      strength: SHORTHANDS.strength.kind.schema,
      pull: SHORTHANDS.pull.kind.schema,
      /** Where it lies; over the whole canvas when absent. Anywhere else it is kept, and the rest is painted. */
      place: SHORTHANDS.place.kind.schema.optional(),
      /** Where to paint: white. Elsewhere the picture is kept. */
      mask: PICTURE.schema.optional(),
    })
    .optional(),
  /** A journey: how far the picture moves, and after how many steps each time. */
  drift: z
    .strictObject({
      zoom: SHORTHANDS.zoom.kind.schema,
      x: SHORTHANDS.panX.kind.schema,
      y: SHORTHANDS.panY.kind.schema,
      every: SHORTHANDS.driftEvery.kind.schema,
    })
    .optional(),
  /** A picture whose colours to paint with, and how strongly. */
  palette: z.strictObject({ image: PICTURE.schema, pull: SHORTHANDS.palettePull.kind.schema }).optional(),
  frames: z.strictObject({ everySteps: z.int().min(1).optional(), everyMs: z.int().min(1).optional() }),
});

export type PaintRequest = z.output<typeof paintRequestSchema>;
export type Prompt = z.output<typeof promptSchema>;

/**
 * A request that somebody else wrote, or that was put together.
 *
 * @throws UserError "Expected `steps` to be a whole number between 1 and 2000, got `0`."
 */
export function readRequest(value: unknown): PaintRequest {
  const read = paintRequestSchema.safeParse(value);
  if (read.success) return inOrder(read.data);
  const [issue] = read.error.issues;
  const path = issue?.path ?? [];
  const got = path.reduce<unknown>((part, key) => (part as Record<PropertyKey, unknown>)?.[key], value);
  throw new RequestError({
    ...{ kind: 'wrongField', field: path.join('.') || 'request', got: JSON.stringify(got) },
    sentence: issue?.message ?? 'something else',
  });
}

/** @throws UserError when the legs do not follow one another. */
function inOrder(request: PaintRequest): PaintRequest {
  const ends = [...(request.legs ?? []), request.steps];
  if (ends.every((end, index) => index === 0 || end > (ends[index - 1] ?? 0))) return request;
  throw new UserError(
    `Expected \`legs\` to ascend and end before step ${request.steps}, got \`${request.legs}\`.`,
  );
}

function fieldSchemas(): FieldSchemas {
  // Object.entries forgets which schema belongs to which name.
  return Object.fromEntries(Object.entries(FIELDS).map(([name, { field }]) => [name, field])) as FieldSchemas;
}
