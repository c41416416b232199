import { intAttribute, intsAttribute } from '../attributes.js';
import type { GraphBuilder, Value } from '../builder.js';
import { add, concat, div, gridSample, matMul, mul, reshape, split, sub, unsqueeze } from '../ops.js';
import { float32 } from '../tensor.js';
import { castTensor } from '../fold/cast.js';
import { scalarLike } from './activations.js';
import { type Call, type Conversion, inputOf } from './call.js';

/** Taps and places along an axis that are written down. */
const MOST_PLACES = 2 ** 20;

interface Axis {
  readonly kernel: number;
  readonly output: number;
  readonly input: number;
  readonly stride: number;
  readonly dilation: number;
  readonly pad: number;
}

/** Numbers along one axis of four. */
function laid(x: Value, b: GraphBuilder, axis: number, numbers: readonly number[]): Value {
  const shape = [1, 1, 1, 1].with(axis, numbers.length);
  return b.table({ ...x.type, shape }, () => castTensor(float32(shape, numbers), x.type.elementType));
}

const upTo = (count: number) => Array.from({ length: count }, (_, index) => index);

/** Where the taps lie along one axis: their offsets [n, taps, rows, columns] from where they would lie without any. */
function tapPlaces(offsets: Value, axes: readonly [Axis, Axis], which: 0 | 1, b: GraphBuilder): Value {
  const [down, across] = axes;
  const { stride, pad, dilation, output } = axes[which];
  const steps = upTo(down.kernel * across.kernel).map((tap) =>
    which === 0 ? Math.floor(tap / across.kernel) : tap % across.kernel,
  );
  const begins = upTo(output).map((position) => position * stride - pad);
  const taps = laid(
    offsets,
    b,
    1,
    steps.map((step) => step * dilation),
  );
  return add(b, add(b, offsets, taps), laid(offsets, b, which + 2, begins));
}

/** Pixels as GridSample counts them with aligned corners: −1 to 1 from the first centre to the last. */
function normalized(b: GraphBuilder, pixels: Value, length: number): Value {
  // A picture one pixel long is sampled in a grid where pixel 0 lies at −1 and pixel 1 at 1.
  const half = scalarLike(b, pixels, Math.max(length - 1, 1) / 2);
  return sub(b, div(b, pixels, half), scalarLike(b, pixels, 1));
}

function axesOf({ node }: Call, x: Value, w: Value, offset: Value): readonly [Axis, Axis] {
  const [strides, dilations, pads] = ['strides', 'dilations', 'pads'].map((name) =>
    intsAttribute(node, name),
  );
  const axis = (i: 0 | 1): Axis => ({
    kernel: w.type.shape[i + 2] ?? 1,
    output: offset.type.shape[i + 2] ?? 1,
    input: x.type.shape[i + 2] ?? 1,
    stride: strides?.[i] ?? 1,
    dilation: dilations?.[i] ?? 1,
    pad: pads?.[i] ?? 0,
  });
  return [axis(0), axis(1)];
}

/**
 * DeformConv (19) of pictures: every tap of the kernel is sampled where its offset moves it, weighed by its mask, and the
 * taps are multiplied with the kernel.
 */
const deformable: Conversion = (call) => {
  const { b, node, inputs } = call;
  const [x, w, offset] = [inputOf(call, 0), inputOf(call, 1), inputOf(call, 2)];
  if (x.type.shape.length !== 4) throw new Error('Only pictures are supported: four axes.');
  const [n = 1, channels = 1] = x.type.shape;
  const axes = axesOf(call, x, w, offset);
  const [down, across] = axes;
  if (Math.min(down.input, across.input) < 2) throw new Error('Expected pictures of at least 2 × 2 pixels.');
  const taps = down.kernel * across.kernel;
  const longest = Math.max(taps, down.output, across.output);
  if (longest > MOST_PLACES) throw new Error(`Expected at most ${MOST_PLACES} places, got ${longest}.`);
  const places = down.output * across.output;
  const offsetGroups = intAttribute(node, 'offset_group', 1);
  const group = intAttribute(node, 'group', 1);
  const moved = split(
    b,
    reshape(b, offset, [n * offsetGroups, taps, 2, down.output, across.output]),
    [1, 1],
    2,
  ).map((part) => reshape(b, part, [n * offsetGroups, taps, down.output, across.output]));
  const [y, xs] = ([0, 1] as const).map((which) => {
    const part = moved[which];
    if (!part) throw new Error('Expected two offsets a tap.');
    return normalized(b, tapPlaces(part, axes, which, b), axes[which].input);
  });
  if (!y || !xs) throw new Error('Expected two axes.');
  const grid = concat(
    b,
    [xs, y].map((value) => unsqueeze(b, reshape(b, value, [n * offsetGroups, taps, places]), [3])),
    3,
  );
  const perGroup = channels / offsetGroups;
  const pictures = reshape(b, x, [n * offsetGroups, perGroup, down.input, across.input]);
  const sampled = gridSample(b, pictures, grid, { alignCorners: true });
  const mask = inputs[4] && reshape(b, inputs[4], [n * offsetGroups, 1, taps, places]);
  const weighed = mask ? mul(b, sampled, mask) : sampled;
  const features = w.type.shape[0] ?? 1;
  const columns = reshape(b, weighed, [n, group, (channels / group) * taps, places]);
  const kernels = reshape(b, w, [group, features / group, (channels / group) * taps]);
  const result = reshape(b, matMul(b, kernels, columns), [n, features, down.output, across.output]);
  const bias = inputs[3] && reshape(b, inputs[3], [features, 1, 1]);
  return [bias ? add(b, result, bias) : result];
};

export const DEFORMABLE: Readonly<Record<string, Conversion>> = { DeformConv: deformable };
