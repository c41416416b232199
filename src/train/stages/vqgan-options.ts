import type { TrainVqganRequest } from '../../contracts/train-request.js';
import { UserError } from '../../errors.js';
import { vqganCodec } from '../codec/built-codec.js';
import type { TrainableCodec } from '../codec/trainable-codec.js';
import type { DiscriminatorShape } from '../graphs/discriminator.js';
import { PRESETS } from '../presets.js';

/** What a request for a VQGAN comes to, with the preset's numbers where it names none. */
export interface VqganPlan {
  readonly codec: TrainableCodec;
  readonly side: number;
  readonly batch: number;
  readonly steps: number;
  readonly rate: number;
  readonly codebook: 'loss' | 'ema';
  readonly discriminator: DiscriminatorShape;
  /** The first step with the discriminator; none when beyond the last. */
  readonly adversarialFrom: number;
}

/** @param given The networks to go on from, which the preset's give way to. @throws UserError when numbers do not fit. */
export function planVqgan(request: TrainVqganRequest, given?: TrainableCodec): VqganPlan {
  const preset = PRESETS[request.preset].vqgan;
  const side = request.side ?? preset.config.resolution;
  const codes = request.codes ?? preset.config.codes;
  const codec = given ?? vqganCodec({ ...preset.config, codes, resolution: side });
  const { factor } = codec;
  if (side % factor !== 0 || side < 16) {
    throw new UserError(
      `Expected \`--side\` to be a multiple of ${factor} and at least 16, got \`${side}\`.`,
    );
  }
  const steps = request.steps ?? preset.steps;
  const from = request.adversarialFrom ?? Math.round(steps * preset.adversarialFrom) + 1;
  return {
    codec,
    side,
    steps,
    batch: request.batch ?? preset.batch,
    rate: request.rate ?? (given ? preset.rate / 4 : preset.rate),
    codebook: request.codebook ?? preset.codebook,
    discriminator: preset.discriminator,
    adversarialFrom: request.adversarial === 'none' ? Number.POSITIVE_INFINITY : from,
  };
}
