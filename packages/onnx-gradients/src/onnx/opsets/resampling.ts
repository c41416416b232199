import { intsAttribute, stringAttribute } from '../attributes.js';
import { string, type Value } from '../builder.js';
import { concat, slice } from '../ops.js';
import { isAsInferred, statedShape } from '../stated-shape.js';
import { type Call, type Conversion, inputOf, keep } from './call.js';
import { padOfAttributes, resizeByScales } from './classics.js';

const isEmpty = (value: Value | undefined) => value?.type.shape[0] === 0;

/**
 * Resize before 13 had to state `roi` and `scales` and left them empty. Coordinate modes that came later
 * (`half_pixel_symmetric`, 19) or went (`tf_half_pixel_for_nn`, 13) ONNX Runtime takes at the working opset too.
 */
const resize: Conversion = (call) => {
  if (call.opset < 11) return resizeByScales(call);
  const inputs = call.inputs.map((input) => (isEmpty(input) ? undefined : input));
  const scales = inputs[2] && numbersAt(call, 2);
  const scaled = { x: inputOf(call, 0), scales: scales ?? [], axes: intsAttribute(call.node, 'axes') };
  if (isAsInferred(scaled)) return keep(call, { inputs });
  return [statedShape(call.b, call.b.op('Resize', inputs, call.node.attributes), scaled)];
};

/** GridSample-20 renamed the modes and took volumes, which ONNX Runtime takes at the working opset too. */
const gridSample: Conversion = (call) => {
  const mode = stringAttribute(call.node, 'mode', 'linear');
  const renamed = { linear: 'bilinear', cubic: 'bicubic' }[mode] ?? mode;
  return keep(call, { attributes: { ...call.node.attributes, mode: string(renamed) } });
};

/** Pad-19 can wrap around, which at 18 is a Concat of slices along each padded axis. */
const pad: Conversion = (call) => {
  if (call.opset < 11) return padOfAttributes(call);
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
