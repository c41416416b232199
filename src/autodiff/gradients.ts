import type { GraphBuilder, Value } from '../onnx/builder.js';
import { isFloat } from '../onnx/element-type.js';
import { type Node, WORKING_OPSET } from '../onnx/graph.js';
import { activeValues } from './active.js';
import { broadcastsTo, sumToShape } from './broadcast.js';
import { expand } from './emit.js';
import { GradientStore } from './gradient-store.js';
import { NotDifferentiable } from './not-differentiable.js';
import { entryOf } from './operators.js';

export interface GradientRequest {
  /** Values whose cotangents are given (dL/dvalue, same shape), e.g. the loss with a scalar 1. */
  readonly of: readonly { readonly value: Value; readonly cotangent: Value }[];
  readonly wrt: readonly Value[];
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
  { of, wrt }: GradientRequest,
): readonly (Value | undefined)[] {
  for (const { name, type } of wrt) {
    if (!isFloat(type.elementType)) {
      throw new Error(`Expected "${name}" to be a float value, got ${type.elementType}: it has no gradient.`);
    }
  }
  // The rules append to the builder's nodes while this list is walked.
  const forward = [...builder.nodes];
  const active = activeValues(forward, wrt, (name) => builder.value(name));
  const requested = new Set(wrt.map(({ name }) => name));
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
      passThrough({ builder, node, active, requested, store });
  }
  return wrt.map(({ name, type }) => {
    const gradient = store.get(name);
    return gradient && expand(builder, gradient, type.shape);
  });
}

interface Step {
  readonly builder: GraphBuilder;
  readonly node: Node;
  readonly active: ReadonlySet<string>;
  readonly requested: ReadonlySet<string>;
  readonly store: GradientStore;
}

/** Hands the gradients of one node's outputs to its inputs. */
function passThrough({ builder, node, active, requested, store }: Step): void {
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
    rule({ builder, node, shapes, inputs, outputs, outputGradients, wanted, requested }),
  );
  explained(node, '', () => checkCount(results, inputs.length));
  results.forEach((gradient, index) => {
    const input = inputs[index];
    if (!gradient || !input || !wanted[index]) return;
    explained(node, ` at input ${index} ("${input.name}")`, () => {
      const to = input.type.shape;
      const from = elementwise ? (outputs[0]?.type.shape ?? to) : gradient.type.shape;
      const needsNoSum = !elementwise && broadcastsTo(gradient.type.shape, to);
      store.add(input, needsNoSum ? gradient : sumToShape({ builder, gradient, from, to }));
    });
  });
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
    const reason = cause instanceof Error ? cause.message : String(cause);
    throw new NotDifferentiable(
      `Cannot differentiate ${node.opType} (node "${node.name}", opset ${WORKING_OPSET})${where}: ${reason}.`,
      { cause },
    );
  }
}
