import type { CodeTransformerConfig } from '../../contracts/architectures.js';
import type { Manifest } from '../../contracts/manifest.js';
import type { TrainTransformerRequest } from '../../contracts/train-request.js';
import { UserError } from '../../errors.js';
import type { Words } from '../captions/read-words.js';
import { PRESETS } from '../presets.js';

export interface TransformerPlan {
  readonly config: CodeTransformerConfig;
  readonly side: number;
  readonly batch: number;
  readonly steps: number;
  readonly rate: number;
}

/** What a request for a transformer comes to, for the codes of a model. @throws UserError when numbers do not fit. */
export function planTransformer(
  request: TrainTransformerRequest,
  { vqgan, defaults }: Manifest,
  { vocabulary, context }: Words,
): TransformerPlan {
  const { width, layers, heads, textLayers, ...preset } = PRESETS[request.preset].transformer;
  const side = request.side ?? Math.min(defaults.width, defaults.height);
  const { factor, codes } = vqgan;
  if (side % factor !== 0 || side < 4 * factor) {
    throw new UserError(
      `Expected \`--side\` to be a multiple of ${factor} and at least ${4 * factor}, got \`${side}\`.`,
    );
  }
  const places = side / factor;
  return {
    config: { width, layers, heads, textLayers, context, vocabulary, codes, grid: [places, places] },
    side,
    batch: request.batch ?? preset.batch,
    steps: request.steps ?? preset.steps,
    rate: request.rate ?? preset.rate,
  };
}
