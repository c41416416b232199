import type { Manifest } from '../../contracts/manifest.js';
import type { TrainClipRequest } from '../../contracts/train-request.js';
import { UserError } from '../../errors.js';
import type { Words } from '../captions/read-words.js';
import type { ClipConfig } from '../graphs/clip-step.js';
import { PRESETS } from '../presets.js';

export interface ClipPlan {
  readonly config: ClipConfig;
  readonly batch: number;
  readonly chunk: number;
  readonly steps: number;
  readonly rate: number;
  /** Side of pictures that go through the model's codes. */
  readonly decodedSide: number;
}

/** What a request for a CLIP comes to. @throws UserError when numbers do not fit. */
export function planClip(
  request: TrainClipRequest,
  { vqgan, defaults, name }: Manifest,
  { vocabulary, context }: Words,
): ClipPlan {
  const { size, patch, embedding, ...preset } = PRESETS[request.preset].clip;
  const transformer = { width: preset.width, layers: preset.layers, heads: preset.heads };
  const batch = request.batch ?? preset.batch;
  const chunk = request.chunk ?? Math.min(batch, preset.chunk);
  if (batch % chunk !== 0) {
    throw new UserError(`Expected \`--batch\` to be a multiple of \`--chunk\` (${chunk}), got \`${batch}\`.`);
  }
  if (batch < 2) throw new UserError('Expected `--batch` to be at least 2: a pair is told from others.');
  if (request.decoded > 0 && !vqgan.encoder) {
    throw new UserError(
      `The model ${name} has no encoder, so pictures cannot be seen decoded; use \`--decoded 0\`.`,
    );
  }
  return {
    config: {
      image: { ...transformer, embedding, size, patch, activation: 'gelu' },
      text: {
        ...transformer,
        embedding,
        context,
        vocabulary,
        hidden: 4 * preset.width,
        activation: 'tanh-gelu',
      },
    },
    ...{ batch, chunk },
    steps: request.steps ?? preset.steps,
    rate: request.rate ?? preset.rate,
    decodedSide: Math.min(defaults.width, defaults.height),
  };
}
