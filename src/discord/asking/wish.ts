import { randomInt } from 'node:crypto';
import type { Manifest } from '../../contracts/manifest.js';
import { LIMITS, type PaintRequest, paintRequestSchema } from '../../contracts/paint-request.js';
import { parsePrompts } from '../../contracts/prompt-syntax.js';
import { UserError } from '../../errors.js';
import { SHOWN_SIDE } from '../messages/post.js';

export const ASPECTS = ['square', 'portrait', 'landscape'] as const;
export type Aspect = (typeof ASPECTS)[number];
export const QUALITIES = ['draft', 'normal', 'fine'] as const;
export type Quality = (typeof QUALITIES)[number];

/** What somebody asked for; everything but the prompt has a default. */
export interface Wish {
  readonly prompt: string;
  readonly aspect?: Aspect | undefined;
  readonly quality?: Quality | undefined;
  readonly steps?: number | undefined;
  readonly seed?: number | undefined;
}

export interface Studio {
  readonly manifest: Manifest;
  /** What this server allows, within what the contract does. */
  readonly limits: { readonly steps: number; readonly side: number };
  /** As often as a channel could show one. */
  readonly frameEveryMs: number;
}

/** A share of the model's own number of steps and cutouts. */
const EFFORT = {
  draft: { steps: 0.4, cutouts: 0.5 },
  normal: { steps: 1, cutouts: 1 },
  fine: { steps: 2, cutouts: 1.5 },
} as const satisfies Record<Quality, { steps: number; cutouts: number }>;

/** Width over height; the area stays about the model's, so that every shape takes about as long. */
const SHAPES = { square: 1, portrait: 2 / 3, landscape: 3 / 2 } as const satisfies Record<Aspect, number>;

/** A seed nobody chose. */
export function freshSeed(): number {
  return randomInt(LIMITS.seed.max + 1);
}

/**
 * A wish as a complete request for the model.
 *
 * @throws UserError when the prompt cannot be read or a limit is passed.
 */
export function composeRequest(wish: Wish, { manifest, limits, frameEveryMs }: Studio): PaintRequest {
  const { aspect = 'square', quality = 'normal' } = wish;
  const { defaults } = manifest;
  if (wish.steps !== undefined && wish.steps > limits.steps) {
    throw new UserError(`Expected \`steps\` to be between 1 and ${limits.steps}, got \`${wish.steps}\`.`);
  }
  const size = sizeFor(manifest, SHAPES[aspect], limits.side);
  const request = paintRequestSchema.safeParse({
    version: 1,
    prompts: parsePrompts(wish.prompt),
    model: manifest.name,
    ...size,
    steps: wish.steps ?? Math.min(limits.steps, scaled(defaults.steps, EFFORT[quality].steps)),
    seed: wish.seed ?? freshSeed(),
    start: defaults.start,
    cutouts: Math.min(LIMITS.cutouts.max, scaled(defaults.cutouts, EFFORT[quality].cutouts)),
    learningRate: defaults.learningRate,
    frames: { everyMs: frameEveryMs },
    upscale: upscaleFor(size),
  } satisfies Partial<Record<keyof PaintRequest, unknown>>);
  if (request.success) return request.data;
  const [issue] = request.error.issues;
  throw new UserError(
    `Expected a different \`${issue?.path.join('.') ?? 'prompt'}\`: ${issue?.message ?? ''}`,
  );
}

function scaled(value: number, share: number): number {
  return Math.max(1, Math.round(value * share));
}

/** Whole latent cells, the nearest to the wanted shape, within the server's longest side. */
function sizeFor({ vqgan: { factor }, defaults }: Manifest, ratio: number, maxSide: number) {
  const area = defaults.width * defaults.height;
  const fewest = Math.ceil(LIMITS.side.min / factor);
  const most = Math.floor(maxSide / factor);
  const side = (pixels: number) => factor * Math.max(fewest, Math.min(most, Math.round(pixels / factor)));
  return { width: side(Math.sqrt(area * ratio)), height: side(Math.sqrt(area / ratio)) };
}

/** The smallest enlargement after which the shorter side fills a message. */
function upscaleFor({ width, height }: { readonly width: number; readonly height: number }): 1 | 2 | 4 {
  const short = Math.min(width, height);
  if (short >= SHOWN_SIDE) return 1;
  return short * 2 >= SHOWN_SIDE ? 2 : 4;
}
