import {
  attributeOf,
  floatAttribute,
  intAttribute,
  intsAttribute,
  requiredInt,
  stringAttribute,
} from '../attributes.js';
import { string, type Value } from '../builder.js';
import type { Attributes } from '../graph.js';
import { type PadMode, pad, slice, topK } from '../ops.js';
import { float32, toNumbers } from '../tensor.js';
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

/** What Upsample and Resize-10 mean at the working opset: pixel x reads ⌊x / scale⌋, where it shrinks ⌈x / scale⌉. */
function asymmetric({ node, b }: Call, scales: Value): Attributes {
  const known = b.constantOf(scales);
  if (!known) throw new Error('Expected `scales` to be constant.');
  const changing = toNumbers(known).filter((scale) => scale !== 1);
  const shrinks = changing.some((scale) => scale < 1);
  if (shrinks && changing.some((scale) => scale > 1))
    throw new Error('Expected scales that all grow or all shrink.');
  return {
    mode: string(stringAttribute(node, 'mode', 'nearest')),
    coordinate_transformation_mode: string('asymmetric'),
    nearest_mode: string(shrinks ? 'ceil' : 'floor'),
  };
}

/** Resize-10 and Upsample (7, 9); Upsample before 9 had its scales as an attribute. */
export const resizeByScales: Conversion = (call) => {
  const { b, node } = call;
  const stated = attributeOf(node, 'scales', 'floats');
  const scales = stated ? b.constant(float32([stated.length], stated)) : inputOf(call, 1);
  return [b.op('Resize', [inputOf(call, 0), undefined, scales], asymmetric(call, scales))];
};

/** Operators whose form before opset 11 differs, or that are gone since. */
export const CLASSICS: Readonly<Record<string, Conversion>> = {
  Clip: clip,
  Scatter: scatter,
  Slice: sliceOfAttributes,
  TopK: topKOfAttributes,
  Upsample: resizeByScales,
};
