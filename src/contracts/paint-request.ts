import { z } from 'zod';

/** Bounds every door (command line, Discord, playground) shares; a model or a server may allow less. */
export const LIMITS = {
  promptCharacters: 1000,
  prompts: 16,
  side: { min: 32, max: 2048 },
  steps: { min: 1, max: 2000 },
  cutouts: { min: 1, max: 256 },
  seed: { min: 0, max: 0xffff_ffff },
} as const;

const sha256 = z.string().regex(/^[0-9a-f]{64}$/, 'Expected a sha256 in lower-case hex.');
const weight = z
  .number()
  .refine((value) => Number.isFinite(value) && value !== 0, 'Expected a non-zero weight.');

/** A text to paint towards (weight > 0) or away from (weight < 0). */
export const promptSchema = z.strictObject({
  text: z.string().trim().min(1).max(LIMITS.promptCharacters),
  weight: weight.default(1),
  /** The distance (θ²/2, signed by the weight) under which this prompt stops pulling. */
  stop: z.number().optional(),
});

/**
 * What to paint, complete: with the model's manifest hash it determines the picture (contract v1).
 * Images are named by sha256 in the store, never by path or URL.
 */
export const paintRequestSchema = z.strictObject({
  version: z.literal(1),
  prompts: z.array(promptSchema).max(LIMITS.prompts),
  imagePrompts: z
    .array(z.strictObject({ image: sha256, weight: weight.default(1) }))
    .max(LIMITS.prompts)
    .default([]),
  model: z.string().regex(/^[a-z0-9][a-z0-9._-]*$/i),
  /** Pixels; multiples of the model's factor. */
  width: z.int().min(LIMITS.side.min).max(LIMITS.side.max),
  height: z.int().min(LIMITS.side.min).max(LIMITS.side.max),
  steps: z.int().min(LIMITS.steps.min).max(LIMITS.steps.max),
  seed: z.int().min(LIMITS.seed.min).max(LIMITS.seed.max),
  start: z.enum(['prior', 'noise', 'picture']),
  /** The picture to start from (share kept, 0…1) and to stay near (pull, a loss weight). */
  init: z
    .strictObject({ image: sha256, strength: z.number().min(0).max(1), pull: z.number().min(0) })
    .optional(),
  cutouts: z.int().min(LIMITS.cutouts.min).max(LIMITS.cutouts.max),
  /** Cutouts at a time; all at once when absent. */
  chunk: z.int().min(1).optional(),
  learningRate: z.number().positive().optional(),
  /** Decay of the exponential moving average of the latent; off when absent. */
  ema: z.number().gt(0).lt(1).optional(),
  /** Share of the steps painted on half the grid first. */
  coarse: z.number().gt(0).lt(1).optional(),
  frames: z.strictObject({ everySteps: z.int().min(1).optional(), everyMs: z.int().min(1).optional() }),
  upscale: z.union([z.literal(1), z.literal(2), z.literal(4)]),
});

export type PaintRequest = z.output<typeof paintRequestSchema>;
export type Prompt = z.output<typeof promptSchema>;
