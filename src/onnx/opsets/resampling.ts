import { stringAttribute } from '../attributes.js';
import { string, type Value } from '../builder.js';
import type { Attributes, Node } from '../graph.js';
import { concat, slice } from '../ops.js';
import { type Call, type Conversion, inputOf, keep } from './call.js';

const isEmpty = (value: Value | undefined) => value?.type.shape[0] === 0;

/**
 * Resize before 13 had to state `roi` and `scales` and left them empty; 19 added `half_pixel_symmetric`, which is
 * `half_pixel` where output / input are exactly the scales, as they are when sizes are given.
 */
const resize: Conversion = (call) => {
  const { node } = call;
  const mode = stringAttribute(node, 'coordinate_transformation_mode', 'half_pixel');
  const inputs = call.inputs.map((input) => (isEmpty(input) ? undefined : input));
  if (mode === 'tf_half_pixel_for_nn') return keep(call, { inputs, attributes: shiftedByHalf(node) });
  if (mode !== 'half_pixel_symmetric') return keep(call, { inputs });
  if (!inputs[3]) throw new Error(`The coordinate mode ${mode} is supported with sizes only.`);
  const attributes = { ...node.attributes, coordinate_transformation_mode: string('half_pixel') };
  return keep(call, { inputs, attributes });
};

/** What rounds u like the named mode rounds u + ½. */
const HALF_EARLIER: Readonly<Record<string, string>> = {
  floor: 'round_prefer_ceil',
  round_prefer_floor: 'ceil',
};

/** Opset 11's `tf_half_pixel_for_nn` lies half a pixel beyond `half_pixel`, so rounding takes that half in. */
function shiftedByHalf(node: Node): Attributes {
  const rounding = stringAttribute(node, 'nearest_mode', 'round_prefer_floor');
  const earlier = HALF_EARLIER[rounding];
  if (stringAttribute(node, 'mode', 'nearest') !== 'nearest' || !earlier)
    throw new Error(`The coordinate mode tf_half_pixel_for_nn is not supported with \`${rounding}\`.`);
  return {
    ...node.attributes,
    coordinate_transformation_mode: string('half_pixel'),
    nearest_mode: string(earlier),
  };
}

/** GridSample-20 renamed the modes and took volumes, which ONNX Runtime takes at the working opset too. */
const gridSample: Conversion = (call) => {
  const mode = stringAttribute(call.node, 'mode', 'linear');
  const renamed = { linear: 'bilinear', cubic: 'bicubic' }[mode] ?? mode;
  return keep(call, { attributes: { ...call.node.attributes, mode: string(renamed) } });
};

/** Pad-19 can wrap around, which at 18 is a Concat of slices along each padded axis. */
const pad: Conversion = (call) => {
  if (stringAttribute(call.node, 'mode', 'constant') !== 'wrap') return keep(call);
  const x = inputOf(call, 0);
  const pads = numbersAt(call, 1) ?? [];
  const axes = numbersAt(call, 3) ?? [...x.type.shape.keys()];
  return [
    axes.reduce((value, axis, i) => {
      const positive = axis < 0 ? axis + x.type.shape.length : axis;
      return wrapAxis(call, value, { axis: positive, begin: pads[i] ?? 0, end: pads[i + axes.length] ?? 0 });
    }, x),
  ];
};

interface WrapAmounts {
  readonly axis: number;
  readonly begin: number;
  readonly end: number;
}

function wrapAxis({ b }: Call, x: Value, { axis, begin, end }: WrapAmounts): Value {
  const size = x.type.shape[axis] ?? 0;
  // Negative pads cut first; what is left is what wraps around.
  const [first, last] = [Math.max(0, -begin), size + Math.min(0, end)];
  if (Math.max(begin, end) > last - first) {
    throw new Error(`Expected wrapping pads of at most ${last - first}, got ${begin} and ${end}.`);
  }
  const part = (start: number, stop: number) => slice(b, x, { starts: [start], ends: [stop], axes: [axis] });
  const middle = last - first < size ? part(first, last) : x;
  const before = begin > 0 ? [part(last - begin, last)] : [];
  return concat(b, [...before, middle, ...(end > 0 ? [part(first, first + end)] : [])], axis);
}

function numbersAt(call: Call, index: number): readonly number[] | undefined {
  const value = call.inputs[index];
  if (!value) return undefined;
  const tensor = call.b.constantOf(value);
  if (!tensor) throw new Error(`Expected input ${index} to be constant.`);
  return Array.from(tensor.data as ArrayLike<number | bigint>, Number); // A union of arrays has no common iterator type.
}

export const RESAMPLING: Readonly<Record<string, Conversion>> = {
  GridSample: gridSample,
  Pad: pad,
  Resize: resize,
};
