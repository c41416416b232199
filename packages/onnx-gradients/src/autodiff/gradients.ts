import type { GraphBuilder, Value } from '../onnx/builder.js';
import { isFloat } from '../onnx/element-type.js';
import { type Node, WORKING_OPSET } from '../onnx/graph.js';
import { reasonOf } from '../onnx/model-error.js';
import * as ops from '../onnx/ops.js';
import { activeValues } from './active.js';
import { broadcastsTo, type SumToShape, sumToShape } from './broadcast.js';
import { expand, sameShape } from './emit.js';
import { GradientStore } from './gradient-store.js';
import { NotDifferentiable } from './not-differentiable.js';
import { entryOf } from './operators.js';

export interface GradientRequest {
  /** Values whose cotangents are given (dL/dvalue, same shape), e.g. the loss with a scalar 1. */
  readonly of: readonly { readonly value: Value; readonly cotangent: Value }[];
  readonly wrt: readonly Value[];
  /** Values that count as constants: no gradient passes them (`detach` and `stop_gradient` elsewhere). */
  readonly stop?: readonly Value[];
}

/**
 * Emits reverse-mode gradient nodes into the builder and returns dL/dw for every wanted w, of w's shape; undefined
 * where no float path leads from w to a target.
 *
 * The walk is the textbook one (Griewank and Walther, "Evaluating Derivatives", chapter 3): nodes in reverse order of
 * evaluation, each handing its outputs' gradients through its rule to its inputs, contributions added. Only values
 * between a wanted value and a target get work.
 *
 * @throws naming operator, node and opset when an operator on such a path has no gradient rule.
 */
export function gradients(
  builder: GraphBuilder,
  { of, wrt, stop = [] }: GradientRequest,
): readonly (Value | undefined)[] {
  for (const { name, type } of wrt) {
    if (!isFloat(type.elementType)) {
      throw new Error(`Expected "${name}" to be a float value, got ${type.elementType}: it has no gradient.`);
    }
  }
  // A rule that would compute with a wanted constant now would cut it off from later derivatives.
  for (const value of wrt) builder.vary(value);
  const severed = severedFrom(builder, wrt);
  // The rules append to the builder's nodes while this list is walked.
  const forward = [...builder.nodes];
  const known = new Set(forward);
  const find = (name: string) => builder.value(name);
  const active = activeValues(forward, [...wrt, ...[...severed.keys()].map(find)], {
    find,
    stopped: new Set(stop.map(({ name }) => name)),
  });
  const requested = new Set(wrt.map(({ name }) => name));
  const readers = readersOf(forward);
  const store = new GradientStore(builder);
  for (const { value, cotangent } of of) {
    if (cotangent.type.elementType !== value.type.elementType) {
      const [got, expected] = [cotangent.type.elementType, value.type.elementType];
      throw new Error(`Expected a ${expected} cotangent for "${value.name}", got ${got}.`);
    }
    if (!broadcastsTo(cotangent.type.shape, value.type.shape)) {
      const [got, expected] = [cotangent.type.shape.join(', '), value.type.shape.join(', ')];
      throw new Error(`Expected a cotangent of shape [${expected}] for "${value.name}", got [${got}].`);
    }
    if (active.has(value.name)) store.add(value, cotangent);
  }
  for (const node of forward.toReversed()) {
    if (node.outputs.some((name) => store.has(name)))
      passThrough({ builder, node, forward: known, active, requested, store, readers });
  }
  for (const [name, weight] of severed) {
    if (store.has(name))
      throw new NotDifferentiable(
        `Cannot differentiate by "${weight}": "${name}" was computed from it while the graph was built, so that this part of the gradient would be missing; name it in \`variables\` of the GraphBuilder.`,
      );
  }
  return wrt.map(({ name, type }) => {
    const gradient = store.get(name);
    return gradient && expand(builder, gradient, type.shape);
  });
}

/** Constants that were computed from wanted ones, by name, with the name of that wanted one. */
function severedFrom(builder: GraphBuilder, wrt: readonly Value[]): ReadonlyMap<string, string> {
  return new Map(
    wrt.flatMap((value) => [...builder.foldedFrom(value)].map((name) => [name, value.name] as const)),
  );
}

function readersOf(nodes: readonly Node[]): (value: Value) => readonly Node[] {
  const readers = new Map<string, Node[]>();
  for (const node of nodes) {
    for (const name of node.inputs) {
      const known = readers.get(name);
      if (known) known.push(node);
      else readers.set(name, [node]);
    }
  }
  return ({ name }) => readers.get(name) ?? [];
}

interface Step {
  readonly builder: GraphBuilder;
  readonly node: Node;
  /** The nodes that were there before the walk. */
  readonly forward: ReadonlySet<Node>;
  readonly active: ReadonlySet<string>;
  readonly requested: ReadonlySet<string>;
  readonly store: GradientStore;
  readonly readers: (value: Value) => readonly Node[];
}

/** Hands the gradients of one node's outputs to its inputs. */
function passThrough({ builder, node, forward, active, requested, store, readers }: Step): void {
  const wanted = node.inputs.map((name) => active.has(name));
  if (!wanted.includes(true)) return;
  const { rule, elementwise } = differentiable(node);
  const find = (name: string) => (name === '' ? undefined : builder.value(name));
  const inputs = node.inputs.map(find);
  const outputs = node.outputs.map(find);
  const outputGradients = outputs.map((output) => {
    const gradient = output && store.get(output.name);
    // Element-wise rules multiply, and multiplication broadcasts by itself: no need to expand before.
    return gradient && (elementwise ? gradient : expand(builder, gradient, output.type.shape));
  });
  const shapes = {
    node,
    inputs: inputs.map((input) => input?.type),
    constant: (index: number) => builder.constantOf(inputs[index]),
  };
  const results = explained(node, '', () =>
    rule({ builder, node, shapes, inputs, outputs, outputGradients, wanted, requested, readers }),
  );
  explained(node, '', () => checkCount(results, inputs.length));
  results.forEach((gradient, index) => {
    const input = inputs[index];
    if (!gradient || !input || !wanted[index]) return;
    explained(node, ` at input ${index} ("${input.name}")`, () => {
      const to = input.type.shape;
      const from = elementwise ? (outputs[0]?.type.shape ?? to) : gradient.type.shape;
      store.add(input, summed({ builder, gradient, from, to }, forward));
    });
  });
}

/**
 * A gradient summed to its input's shape. What was only just negated is negated after the sum: one pass less over a large
 * array, as where a mean is subtracted.
 */
function summed(sum: SumToShape, forward: ReadonlySet<Node>): Value {
  const { builder, gradient, from, to } = sum;
  const negation = builder.producerOf(gradient);
  const isOurs = negation?.opType === 'Neg' && !forward.has(negation);
  if (!isOurs || sameShape(from, to)) return sumToShape(sum);
  const [positive = ''] = negation.inputs;
  return ops.neg(builder, sumToShape({ ...sum, gradient: builder.value(positive) }));
}

/** A rule that returns more than it has inputs mistakes one for another. */
function checkCount(results: readonly (Value | undefined)[], inputCount: number): void {
  const count = results.findLastIndex((gradient) => gradient !== undefined) + 1;
  if (count > inputCount) throw new Error(`its rule returned ${count} gradients for ${inputCount} input(s)`);
}

function differentiable(node: Node) {
  const entry = entryOf(node);
  if (entry?.kind === 'rule') return entry;
  const operator = node.domain === '' ? node.opType : `${node.domain}.${node.opType}`;
  const reason = entry?.kind === 'refused' ? `: ${entry.reason}` : ': it has no gradient rule';
  throw new NotDifferentiable(
    `Cannot differentiate ${operator} (node "${node.name}", opset ${WORKING_OPSET})${reason}.`,
  );
}

/** Runs one step of the walk; a complaint from within gains the operator, the node and the input. */
function explained<Result>(node: Node, where: string, step: () => Result): Result {
  try {
    return step();
  } catch (cause) {
    const reason = reasonOf(cause).replace(/\.$/, '');
    throw new NotDifferentiable(
      `Cannot differentiate ${node.opType} (node "${node.name}", opset ${WORKING_OPSET})${where}: ${reason}.`,
      { cause },
    );
  }
}
