import { stringAttribute } from '../../onnx/attributes.js';
import type { GraphBuilder, Value } from '../../onnx/builder.js';
import * as ops from '../../onnx/ops.js';
import { parseEinsum } from '../../onnx/shapes/einsum.js';
import { expand, reshape, zeros } from '../emit.js';
import { gradientOf, inputAt, type Rule } from '../rule.js';

/** Every operand's gradient is a product of all others. */
const MOST_OPERANDS = 64;

/**
 * y[o] = Σ Π x_j[l_j]: the gradient of operand i is the same sum with g in the operand's place, over all labels that
 * l_i has not. A label of l_i that stands nowhere else was summed freely, so the gradient repeats along it; a label
 * twice in l_i reads a diagonal, so the gradient lies on that diagonal.
 */
export const einsum: Rule = (d) => {
  const { builder: b } = d;
  if (d.inputs.length > MOST_OPERANDS)
    throw new Error(`more than ${MOST_OPERANDS} operands have no gradient`);
  const values = d.inputs.map((_, index) => inputAt(d, index));
  const shapes = values.map(({ type }) => type.shape);
  const { operands, output, sizes } = parseEinsum(stringAttribute(d.node, 'equation', ''), shapes);
  const letter = lettersFor([...sizes.keys()]);
  const term = (labels: readonly string[]) => labels.map(letter).join('');
  return operands.map((labels, index) => {
    if (!d.wanted[index]) return undefined;
    const others = operands.flatMap((other, j) => {
      const value = values[j];
      return j === index || !value ? [] : [{ labels: other, value }];
    });
    const length = (label: string) => shapes[index]?.[labels.indexOf(label)] ?? 1;
    // Labels that are as long elsewhere; one that is 1 there is repeated, one that is 1 here is summed.
    const elsewhere = new Set([
      ...output,
      ...others.flatMap((other) =>
        other.labels.filter((label, axis) => other.value.type.shape[axis] === sizes.get(label)),
      ),
    ]);
    const own = [...new Set(labels)];
    const isReached = (label: string) => elsewhere.has(label) && length(label) === sizes.get(label);
    const equation = `${[output, ...others.map((other) => other.labels)].map(term).join()}->${term(own.filter(isReached))}`;
    const product = ops.einsum(b, equation, [gradientOf(d), ...others.map(({ value }) => value)]);
    const spaced = own.map((label) => (isReached(label) ? length(label) : 1));
    const full = expand(b, reshape(b, product, spaced), own.map(length));
    return onDiagonals(b, full, { labels, length });
  });
};

/** Labels as single letters, also `.0`, `.1`, … (axes of an ellipsis). */
function lettersFor(labels: readonly string[]): (label: string) => string {
  const alphabet = 'abcdefghijklmnopqrstuvwxyzABCDEFGHIJKLMNOPQRSTUVWXYZ';
  return (label) => alphabet.charAt(labels.indexOf(label));
}

interface Diagonals {
  /** The labels of the operand's axes, some repeated; the value has each once, in order of first occurrence. */
  readonly labels: readonly string[];
  readonly length: (label: string) => number;
}

/** Puts a value on the diagonals of an operand with repeated labels: broadcast, times an identity for each repeat. */
function onDiagonals(b: GraphBuilder, value: Value, { labels, length }: Diagonals): Value {
  const first = (label: string) => labels.indexOf(label);
  const isFirst = labels.map((label, axis) => first(label) === axis);
  const base = reshape(
    b,
    value,
    labels.map((label, axis) => (isFirst[axis] ? length(label) : 1)),
  );
  return labels.reduce((rest, label, axis) => {
    if (isFirst[axis]) return rest;
    const size = length(label);
    const shape = labels.map((_, other) => (other === axis || other === first(label) ? size : 1));
    const identity = b.op('EyeLike', [zeros(b, value, [size, size])]);
    return ops.mul(b, rest, reshape(b, identity, shape));
  }, base);
}
