import { randomInt } from 'node:crypto';
import type { Manifest } from '../contracts/manifest.js';
import { LIMITS, type PaintRequest, type Prompt, paintRequestSchema } from '../contracts/paint-request.js';
import { UserError } from '../errors.js';

/** What somebody typed; everything but the prompts has a default in the manifest. */
export interface Wish {
  readonly prompts: readonly Prompt[];
  readonly imagePrompts?: PaintRequest['imagePrompts'] | undefined;
  readonly size?: { readonly width: number; readonly height: number } | undefined;
  readonly steps?: number | undefined;
  readonly seed?: number | undefined;
  readonly start?: PaintRequest['start'] | undefined;
  readonly init?: PaintRequest['init'] | undefined;
  readonly cutouts?: number | undefined;
  readonly chunk?: number | undefined;
  readonly learningRate?: number | undefined;
  readonly ema?: number | undefined;
  readonly coarse?: number | undefined;
  readonly every?: number | undefined;
  readonly upscale?: 1 | 2 | 4 | undefined;
}

/**
 * A wish as a complete request for a model; a seed nobody chose is drawn.
 *
 * @throws UserError when a value is out of range.
 */
export function composeRequest(wish: Wish, { name, defaults }: Manifest): PaintRequest {
  const { prompts, imagePrompts = [], size = defaults, init, every } = wish;
  const parsed = paintRequestSchema.safeParse({
    version: 1,
    ...{ prompts, imagePrompts, model: name, width: size.width, height: size.height },
    steps: wish.steps ?? defaults.steps,
    seed: wish.seed ?? randomInt(LIMITS.seed.max + 1),
    start: wish.start ?? (init ? 'picture' : defaults.start),
    cutouts: wish.cutouts ?? defaults.cutouts,
    learningRate: wish.learningRate ?? defaults.learningRate,
    frames: every === undefined ? {} : { everySteps: every },
    upscale: wish.upscale ?? 1,
    ...present({ init, chunk: wish.chunk, ema: wish.ema, coarse: wish.coarse }),
  });
  if (parsed.success) return parsed.data;
  const [issue] = parsed.error.issues;
  throw new UserError(`Expected another \`${issue?.path.join('.') ?? 'request'}\`: ${issue?.message ?? ''}`);
}

/** The entries that are not undefined. */
function present(values: Readonly<Record<string, unknown>>): Readonly<Record<string, unknown>> {
  return Object.fromEntries(Object.entries(values).filter(([, value]) => value !== undefined));
}
