import {
  attributeOf,
  floatAttribute,
  intAttribute,
  intsAttribute,
  requiredInt,
  stringAttribute,
} from '../attributes.js';
import { string, type Value } from '../builder.js';
import { type PadMode, pad, type ResizeOptions, resize, slice, topK } from '../ops.js';
import { toNumbers } from '../tensor.js';
import { scalarLike } from './activations.js';
import { type Call, type Conversion, inputOf, keep } from './call.js';

/** Clip before 11 had its bounds as attributes; the largest numbers stood for none. */
const clip: Conversion = (call) => {
  if (call.opset >= 11) return keep(call);
  const x = inputOf(call, 0);
  const bound = (name: string) => {
    const value = attributeOf(call.node, name, 'float');
    return value === undefined || Math.abs(value) > 3.4e38 ? undefined : scalarLike(call.b, x, value);
  };
  return [call.b.op('Clip', [x, bound('min'), bound('max')])];
};

/** Slice before 10 had everything as attributes. */
const sliceOfAttributes: Conversion = (call) => {
  if (call.opset >= 10) return keep(call);
  const starts = intsAttribute(call.node, 'starts') ?? [];
  const ends = intsAttribute(call.node, 'ends') ?? [];
  const axes = intsAttribute(call.node, 'axes') ?? [...starts.keys()];
  return [slice(call.b, inputOf(call, 0), { starts, ends, axes })];
};

/** Pad before 11 had its amounts and value as attributes. */
export const padOfAttributes: Conversion = (call) => {
  const x = inputOf(call, 0);
  const pads = intsAttribute(call.node, 'pads') ?? [];
  const mode = stringAttribute(call.node, 'mode', 'constant') as PadMode; // ONNX Runtime checks the word.
  return [
    pad(call.b, x, { pads, mode, value: scalarLike(call.b, x, floatAttribute(call.node, 'value', 0)) }),
  ];
};

/** TopK before 10 had k as an attribute; before 11 it gave the largest, in order. */
const topKOfAttributes: Conversion = (call) => {
  if (call.opset >= 10) return keep(call);
  return topK(call.b, inputOf(call, 0), requiredInt(call.node, 'k'), {
    axis: intAttribute(call.node, 'axis', -1),
  });
};

/** Scatter (9) was renamed. */
const scatter: Conversion = ({ b, node, inputs }) => [b.op('ScatterElements', inputs, node.attributes)];

/** Scales that an attribute states (Upsample before 9), or an operand. */
function scalesOf({ b, node, inputs }: Call): readonly number[] {
  const stated = attributeOf(node, 'scales', 'floats');
  if (stated) return stated;
  const known = b.constantOf(inputs[1]);
  if (!known) throw new Error('Expected `scales` to be constant.');
  return toNumbers(known);
}

/**
 * Resize-10 and Upsample (7, 9): pixel x reads ⌊x / scale⌋, along an axis that shrinks ⌈x / scale⌉. One node has one way of
 * rounding, so axes that shrink come after those that grow.
 */
export const resizeByScales: Conversion = (call) => {
  const { b, node } = call;
  const scales = scalesOf(call);
  const [growing, shrinking] = [scales.map((s) => Math.max(s, 1)), scales.map((s) => Math.min(s, 1))];
  const shrinks = shrinking.some((scale) => scale !== 1);
  const grows = !shrinks || growing.some((scale) => scale !== 1);
  const by = (x: Value, own: readonly number[], rounding: string) =>
    resize(b, x, {
      scales: own,
      mode: stringAttribute(node, 'mode', 'nearest') as ResizeOptions['mode'], // ONNX Runtime checks the word.
      attributes: { coordinate_transformation_mode: string('asymmetric'), nearest_mode: string(rounding) },
    });
  const grown = grows ? by(inputOf(call, 0), growing, 'floor') : inputOf(call, 0);
  return [shrinks ? by(grown, shrinking, 'ceil') : grown];
};

/** Operators whose form before opset 11 differs, or that are gone since. */
export const CLASSICS: Readonly<Record<string, Conversion>> = {
  Clip: clip,
  Scatter: scatter,
  Slice: sliceOfAttributes,
  TopK: topKOfAttributes,
  Upsample: resizeByScales,
};
