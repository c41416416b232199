import { intAttribute, intsAttribute, optionalInt } from '../attributes.js';
import { normalizeAxis } from '../axes.js';
import { int } from '../builder.js';
import { logSoftmax, reshape, softmax } from '../ops.js';
import { elementCount } from '../tensor.js';
import { type Call, type Conversion, inputOf, keep, without } from './call.js';

/** Squeeze and Unsqueeze before 13, reductions before 18 (ReduceSum before 13): axes were an attribute. */
const axesToInput: Conversion = (call) => {
  const axes = intsAttribute(call.node, 'axes');
  if (!axes) return keep(call);
  return keep(call, {
    inputs: [inputOf(call, 0), call.b.int64s(axes)],
    attributes: without(call.node.attributes, 'axes'),
  });
};

/** Split before 13 had its sizes as an attribute; before 18 equal parts needed no `num_outputs`. */
const split: Conversion = (call) => {
  const { b, node } = call;
  const x = inputOf(call, 0);
  const axis = normalizeAxis(intAttribute(node, 'axis', 0), x.type.shape.length);
  const total = x.type.shape[axis] ?? 0;
  const attributes = { axis: int(axis) };
  if (call.inputs[1]) return keep(call, { attributes });
  const stated = intsAttribute(node, 'split');
  const count = optionalInt(node, 'num_outputs') ?? node.outputs.length;
  const part = Math.ceil(total / count);
  const sizes = stated ?? node.outputs.map((_, i) => (i < count - 1 ? part : total - part * i));
  return keep(call, { inputs: [x, b.int64s(sizes)], attributes });
};

/** Before 13 softmax flattened its input to [before axis, from axis on] and worked on the rows; axis was 1. */
function flattened(call: Call, apply: typeof softmax): readonly (Call['inputs'][number] | undefined)[] {
  const x = inputOf(call, 0);
  const { shape } = x.type;
  if (call.opset >= 13) return [apply(call.b, x, intAttribute(call.node, 'axis', -1))];
  const axis = normalizeAxis(intAttribute(call.node, 'axis', 1), shape.length);
  if (axis === shape.length - 1) return [apply(call.b, x, -1)];
  const rows = [elementCount(shape.slice(0, axis)), elementCount(shape.slice(axis))];
  return [reshape(call.b, apply(call.b, reshape(call.b, x, rows), -1), shape)];
}

const hardmax: typeof softmax = (b, x, axis = -1) => b.op('Hardmax', [x], { axis: int(axis) });

export const AXES: Readonly<Record<string, Conversion>> = {
  Hardmax: (call) => flattened(call, hardmax),
  LogSoftmax: (call) => flattened(call, logSoftmax),
  ReduceL1: axesToInput,
  ReduceL2: axesToInput,
  ReduceLogSum: axesToInput,
  ReduceLogSumExp: axesToInput,
  ReduceMax: axesToInput,
  ReduceMean: axesToInput,
  ReduceMin: axesToInput,
  ReduceProd: axesToInput,
  ReduceSum: axesToInput,
  ReduceSumSquare: axesToInput,
  Softmax: (call) => flattened(call, softmax),
  Split: split,
  Squeeze: axesToInput,
  Unsqueeze: axesToInput,
};
