import { intAttribute } from './attributes.js';
import { normalizeAxis } from './axes.js';
import type { GraphBuilder, Value } from './builder.js';
import type { Node } from './graph.js';
import { concat, reshape, split, unsqueeze } from './ops.js';
import { toNumbers } from './tensor.js';

/** A sequence of tensors whose length is known while the graph is built: nothing of it is left in the graph. */
export type Sequence = readonly Value[];

export interface SequenceCall {
  readonly b: GraphBuilder;
  readonly node: Node;
  readonly values: readonly (Value | undefined)[];
  /** The sequence that input 0 is; undefined where it is a tensor. */
  readonly sequence: Sequence | undefined;
}

function numberAt({ b, values }: SequenceCall, index: number): number | undefined {
  const value = values[index];
  if (!value) return undefined;
  const constant = b.constantOf(value);
  if (constant?.data.length !== 1) throw new Error(`Expected input ${index} to be one constant number.`);
  return Number(constant.data[0]);
}

function valueAt({ values }: SequenceCall, index: number): Value {
  const value = values[index];
  if (!value) throw new Error(`Expected input ${index} to be a tensor.`);
  return value;
}

function sequenceOf({ sequence }: SequenceCall): Sequence {
  if (!sequence) throw new Error('Expected input 0 to be a sequence.');
  return sequence;
}

/** A position in a sequence, from the front; one more than the last where something is put in. */
function position(call: SequenceCall, index: number, length: number): number | undefined {
  const stated = numberAt(call, index);
  return stated === undefined ? undefined : normalizeAxis(stated, length);
}

/** Parts of one size with a smaller last (as torch.chunk), of stated sizes, or single ones without their axis. */
function splitToSequence(call: SequenceCall): Sequence {
  const { b, node } = call;
  const x = valueAt(call, 0);
  const axis = normalizeAxis(intAttribute(node, 'axis', 0), x.type.shape.length);
  const length = x.type.shape[axis] ?? 0;
  const stated = call.values[1];
  const known = stated && b.constantOf(stated);
  if (stated && !known) throw new Error('Expected `split` (input 1) to be constant.');
  const isOneSize = !stated || stated.type.shape.length === 0;
  const size = known ? Number(known.data[0]) : 1;
  if (!(size >= 1)) throw new Error(`Expected parts of at least one element, got ${size}.`);
  const sizes =
    known && !isOneSize
      ? toNumbers(known)
      : Array.from({ length: Math.ceil(length / size) }, (_, i) => Math.min(size, length - i * size));
  const parts = sizes.length === 1 ? [x] : split(b, x, sizes, axis);
  if (stated || intAttribute(node, 'keepdims', 1) === 1) return parts;
  return parts.map((part) => reshape(b, part, x.type.shape.toSpliced(axis, 1)));
}

function concatenated(call: SequenceCall): Value {
  const { b, node } = call;
  const parts = sequenceOf(call);
  const [first] = parts;
  if (!first) throw new Error('Expected a sequence with something in it.');
  const isStacked = intAttribute(node, 'new_axis', 0) === 1;
  const rank = first.type.shape.length + Number(isStacked);
  const axis = normalizeAxis(intAttribute(node, 'axis', 0), rank);
  return concat(b, isStacked ? parts.map((part) => unsqueeze(b, part, [axis])) : parts, axis);
}

function inserted(call: SequenceCall): Sequence {
  const parts = sequenceOf(call);
  return parts.toSpliced(position(call, 2, parts.length + 1) ?? parts.length, 0, valueAt(call, 1));
}

/** What an operator on sequences makes: a sequence or a value. */
export const SEQUENCES: Readonly<Record<string, (call: SequenceCall) => Sequence | Value>> = {
  ConcatFromSequence: concatenated,
  SequenceAt: (call) => {
    const parts = sequenceOf(call);
    const value = parts[position(call, 1, parts.length) ?? 0];
    if (!value) throw new Error('Expected a sequence with something in it.');
    return value;
  },
  SequenceConstruct: (call) => call.values.map((_, index) => valueAt(call, index)),
  SequenceEmpty: () => [],
  SequenceErase: (call) => {
    const parts = sequenceOf(call);
    return parts.toSpliced(position(call, 1, parts.length) ?? parts.length - 1, 1);
  },
  SequenceInsert: inserted,
  SequenceLength: (call) => call.b.int64(sequenceOf(call).length),
  SplitToSequence: splitToSequence,
};
