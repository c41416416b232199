import { int, ints, string } from '../../../../src/onnx/builder.js';
import type { Attributes } from '../../../../src/onnx/graph.js';
import type { CONVOLUTION } from '../../../../src/onnx/shapes/convolution.js';
import type { POOLING } from '../../../../src/onnx/shapes/pooling.js';
import { floats, type Sampler, shapeOf } from '../node-sample.js';
import type { Random } from '../random.js';

interface WindowLimits {
  readonly dilations: boolean;
  /** Pads must be smaller than the kernel, as pooling demands. */
  readonly smallPads: boolean;
}

/** Strides, dilations and either pads or an automatic choice of them. */
function windowAttributes(r: Random, kernel: readonly number[], limits: WindowLimits): Attributes {
  const most = (i: number) => (limits.smallPads ? (kernel[i % kernel.length] ?? 1) - 1 : 3);
  const pads = Array.from({ length: 2 * kernel.length }, (_, i) => r.int(0, most(i)));
  const autoPad = r.pick(['NOTSET', 'NOTSET', 'SAME_UPPER', 'SAME_LOWER', 'VALID']);
  // ONNX Runtime takes no automatic padding together with dilations.
  const dilations = limits.dilations &&
    autoPad === 'NOTSET' && { dilations: ints(kernel.map(() => r.int(1, 2))) };
  return {
    kernel_shape: ints(kernel),
    // Its pools call the pads of SAME negative where a stride skips more than the kernel sees.
    ...(r.bool() && { strides: ints(kernel.map((k) => r.int(1, autoPad.startsWith('SAME') ? k : 3))) }),
    ...dilations,
    ...(autoPad === 'NOTSET' ? { pads: ints(pads) } : { auto_pad: string(autoPad) }),
  };
}

const conv: Sampler = (r) => {
  const rank = r.int(1, 3);
  const group = r.int(1, 3);
  const kernel = shapeOf(r, rank, 1, 3);
  const features = group * r.int(1, 2);
  const perGroup = r.int(1, 2);
  const x = floats(r, [r.int(1, 2), group * perGroup, ...shapeOf(r, rank, 5, 8)]);
  const w = floats(r, [features, perGroup, ...kernel]);
  return {
    inputs: [x, w, ...(r.bool() ? [floats(r, [features])] : [])],
    attributes: { ...windowAttributes(r, kernel, { dilations: true, smallPads: false }), group: int(group) },
  };
};

const convTranspose: Sampler = (r) => {
  const rank = r.int(1, 3);
  const group = r.int(1, 3);
  const kernel = shapeOf(r, rank, 1, 4);
  const [perGroupIn, perGroup] = [r.int(1, 2), r.int(1, 2)];
  const x = floats(r, [r.int(1, 2), group * perGroupIn, ...shapeOf(r, rank, 4, 6)]);
  const w = floats(r, [group * perGroupIn, perGroup, ...kernel]);
  const strides = kernel.map(() => r.int(1, 3));
  const padding = r.pick(['pads', 'pads', 'output_padding', 'output_shape', 'SAME_UPPER', 'SAME_LOWER']);
  const variants: Readonly<Record<string, Attributes>> = {
    pads: { pads: ints(Array.from({ length: 2 * rank }, () => r.int(0, 1))) },
    output_padding: { output_padding: ints(strides.map((stride) => r.int(0, stride - 1))) },
    output_shape: { output_shape: ints(x.shape.slice(2).map((size, i) => size * (strides[i] ?? 1))) },
    SAME_UPPER: { auto_pad: string('SAME_UPPER') },
    SAME_LOWER: { auto_pad: string('SAME_LOWER') },
  };
  return {
    inputs: [x, w, ...(r.bool() ? [floats(r, [group * perGroup])] : [])],
    attributes: {
      group: int(group),
      strides: ints(strides),
      kernel_shape: ints(kernel),
      ...variants[padding],
    },
  };
};

const pool =
  (extra: (r: Random) => Attributes, dilations: boolean, outputs = 1): Sampler =>
  (r) => {
    const rank = r.int(1, 3);
    const kernel = shapeOf(r, rank, 1, 3);
    return {
      inputs: [floats(r, [r.int(1, 2), r.int(1, 3), ...shapeOf(r, rank, 5, 8)])],
      attributes: { ...windowAttributes(r, kernel, { dilations, smallPads: true }), ...extra(r) },
      outputs,
    };
  };

const globalPool: Sampler = (r) => ({ inputs: [floats(r, shapeOf(r, r.int(3, 5)))] });
const powerOf = (r: Random): Attributes => (r.bool() ? { p: int(r.int(1, 3)) } : {});
const ceilMode = (r: Random): Attributes => ({ ceil_mode: int(r.int(0, 1)) });

export const WINDOW_SAMPLERS: Readonly<Record<keyof typeof CONVOLUTION | keyof typeof POOLING, Sampler>> = {
  AveragePool: pool((r) => ({ ...ceilMode(r), count_include_pad: int(r.int(0, 1)) }), false),
  Conv: conv,
  ConvTranspose: convTranspose,
  GlobalAveragePool: globalPool,
  GlobalLpPool: (r) => ({ ...globalPool(r), attributes: powerOf(r) }),
  GlobalMaxPool: globalPool,
  LpPool: pool(powerOf, false),
  MaxPool: pool(ceilMode, true, 2),
};
