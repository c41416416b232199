import { ACTIVATIONS } from './activations.js';
import { ATTENTION } from './attention.js';
import { ATTRIBUTES } from './attributes.js';
import { AXES } from './axes.js';
import { type Conversion, keep } from './call.js';
import { CLASSICS } from './classics.js';
import { CONSTANTS } from './constants.js';
import { CONTROL_FLOW } from './control-flow.js';
import { CUMULATIVE_PRODUCT } from './cumulative-product.js';
import { DEFORMABLE } from './deformable.js';
import { DEQUANTIZATION } from './dequantization.js';
import { FOURIER } from './fourier.js';
import { LOSSES } from './losses.js';
import { NORMALIZATION } from './normalization.js';
import { PLACES } from './places.js';
import { POOLING } from './pooling.js';
import { RECURRENT } from './recurrent.js';
import { RESAMPLING } from './resampling.js';
import { ROTARY } from './rotary-embedding.js';
import { SAMPLING_GRIDS } from './sampling-grids.js';

/** Operators that changed between the opsets that Easel reads, or that the working opset does not have. */
const CONVERSIONS: ReadonlyMap<string, Conversion> = new Map(
  Object.entries({
    ...ACTIVATIONS,
    ...ATTENTION,
    ...ATTRIBUTES,
    ...AXES,
    ...CLASSICS,
    ...CONSTANTS,
    ...CONTROL_FLOW,
    ...CUMULATIVE_PRODUCT,
    ...DEFORMABLE,
    ...DEQUANTIZATION,
    ...FOURIER,
    ...LOSSES,
    ...NORMALIZATION,
    ...PLACES,
    ...POOLING,
    ...RECURRENT,
    ...RESAMPLING,
    ...ROTARY,
    ...SAMPLING_GRIDS,
  }),
);

/** How a node of any supported opset is written at the working one; most mean the same there. */
export function conversionOf(opType: string): Conversion {
  return CONVERSIONS.get(opType) ?? keep;
}

/** The operators that are not simply kept, some of which the working opset does not have. */
export const convertedOperators: readonly string[] = [...CONVERSIONS.keys()];
