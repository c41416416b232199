import type { CodeTransformerConfig, VqganConfig } from '../../src/contracts/architectures.js';
import type { DiscriminatorShape } from '../../src/train/graphs/discriminator.js';
import { PRESETS } from '../../src/train/presets.js';

/** A training step: forward, backward by all weights, AdamW. */
export type StepCase =
  | {
      readonly network: 'vqgan';
      readonly config: VqganConfig;
      readonly side: number;
      readonly discriminator?: DiscriminatorShape;
    }
  | { readonly network: 'transformer'; readonly config: CodeTransformerConfig };

/** The gradient of a convolution's kernel alone, `times` of them in a row; `side` is the pictures' before it. */
export interface KernelCase {
  readonly network: 'kernel';
  readonly from: number;
  readonly to: number;
  readonly kernel: number;
  readonly stride: number;
  readonly side: number;
  readonly times: number;
}

export type TrainCase = {
  readonly title: string;
  readonly batch: number;
  /** Left out where little time is to be taken. */
  readonly isLong?: true;
} & (StepCase | KernelCase);

const { small, medium } = PRESETS;
const transformer = { width: 256, layers: 6, heads: 8, textLayers: 1, context: 16, vocabulary: 1000 };

export const CASES: readonly TrainCase[] = [
  { title: 'VQGAN small, 64²', network: 'vqgan', config: small.vqgan.config, batch: 8, side: 64 },
  {
    ...{ title: 'VQGAN small, 64², with discriminator and λ', network: 'vqgan', config: small.vqgan.config },
    ...{ batch: 8, side: 64, discriminator: small.vqgan.discriminator },
  },
  {
    ...{ title: 'VQGAN medium, 64²', network: 'vqgan', config: medium.vqgan.config, batch: 8, side: 64 },
    isLong: true,
  },
  {
    ...{ title: 'transformer 6 × 256, 256 codes of 1,024', network: 'transformer', batch: 8 },
    config: { ...transformer, codes: 1024, grid: [16, 16] },
  },
  kernel([128, 128], 3, 1, 64),
  kernel([128, 128], 3, 1, 32),
  kernel([256, 256], 3, 1, 16),
  kernel([32, 32], 3, 1, 64),
  kernel([64, 64], 3, 1, 32),
  kernel([3, 64], 3, 1, 64),
  kernel([64, 3], 3, 1, 64),
  kernel([64, 128], 3, 2, 64),
  kernel([64, 128], 4, 2, 32),
  kernel([128, 256], 1, 1, 32),
];

function kernel(
  [from, to]: readonly [number, number],
  size: number,
  stride: number,
  side: number,
): TrainCase {
  const step = stride === 1 ? '' : `, stride ${stride}`;
  return {
    title: `kernel gradient ${from} → ${to}, ${size} × ${size}${step}, ${side}²`,
    ...{ network: 'kernel', batch: 8, from, to, kernel: size, stride, side, times: 8 },
  };
}
