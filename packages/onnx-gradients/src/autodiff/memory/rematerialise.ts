import { GraphBuilder, type Value } from '../../onnx/builder.js';
import type { ElementType } from '../../onnx/element-type.js';
import type { Dimension, Model, Node } from '../../onnx/graph.js';
import * as ops from '../../onnx/ops.js';
import { reshape, scale, slice } from '../emit.js';
import { earlyOperands, isView, keptValues } from './kept-values.js';
import { type Lifetimes, lifetimesOf, type Start } from './lifetimes.js';

/**
 * The same graph with less of it alive at a time: a value that is cheap to compute is computed again next to a late use
 * instead of being kept for it.
 *
 * Gradients are why: the backward pass reads activations made long before. Chen et al. 2016 ("Training deep nets with
 * sublinear memory cost") recompute whole segments; here only element-wise work is done twice, next to the convolutions
 * and matrix products between two uses almost nothing, and every product stays as it is.
 *
 * ONNX Runtime orders nodes itself and merges equal ones, which would undo this. So each recomputed chain takes in a
 * zero made from the value that its user waits for (0·g, one element): it can neither run before that value exists nor
 * equal another node.
 */
export function rematerialise(model: Model): Model {
  const { graph } = model;
  const b = new GraphBuilder({ reserved: graph.nodes.flatMap((node) => node.outputs) });
  for (const { name, elementType, shape } of graph.inputs)
    b.input(name, staticType(name, elementType, shape));
  for (const [name, tensor] of graph.initializers) b.constant(tensor, name);
  const rewriting = new Rewriting(model, b);
  for (const node of graph.nodes) rewriting.add(node);
  for (const { name } of graph.outputs) b.output(b.value(name));
  // Where every reader got a copy, the original is not computed at all.
  return { ...model, graph: b.build(graph.name).graph };
}

function staticType(name: string, elementType: ElementType | undefined, shape: readonly Dimension[] = []) {
  const sizes = shape.filter((dimension) => typeof dimension === 'number');
  if (!elementType || sizes.length !== shape.length)
    throw new Error(`Expected input "${name}" to have a static type.`);
  return { elementType, shape: sizes };
}

/** Which operand the zero may be added to without another pass, if that operand is small. */
const SHIFTABLE: Readonly<Record<string, readonly number[]>> = {
  Add: [0, 1],
  BatchNormalization: [2],
  Div: [0, 1],
  Mul: [0, 1],
  Sub: [0, 1],
};

class Rewriting {
  readonly #b: GraphBuilder;
  readonly #lifetimes: Lifetimes;
  readonly #kept: ReadonlySet<string>;
  /** Copies by the original's name and the time: one serves all uses between two products. */
  readonly #copies = new Map<string, string>();
  readonly #originals = new Map<string, string>();
  /** Copies that depend on what was awaited. */
  readonly #tied = new Set<string>();
  /** The scalar zero of each time. */
  readonly #zeros = new Map<number, Value>();

  constructor(model: Model, builder: GraphBuilder) {
    this.#b = builder;
    this.#lifetimes = lifetimesOf(model);
    this.#kept = keptValues(model.graph, this.#lifetimes);
  }

  /** Appends a node, reading copies in place of values that are not kept for it. */
  add(node: Node): void {
    const start = this.#lifetimes.startOf(node);
    const early = new Set(earlyOperands(node, this.#lifetimes).filter((name) => !this.#kept.has(name)));
    const inputs = node.inputs.map((name) => (start && early.has(name) ? this.#copy(name, start) : name));
    this.#b.adopt({ ...node, inputs });
  }

  /** Emits the chain that computes a value again and returns the copy's name. */
  #copy(name: string, start: Start): string {
    const key = `${name}@${start.time}`;
    const known = this.#copies.get(key);
    if (known !== undefined) return known;
    const node = this.#lifetimes.producerOf(name);
    if (!node) throw new Error(`"${name}" is not computed in this graph.`);
    const inputs = node.inputs.map((input) =>
      this.#lifetimes.isLarge(input) && !this.#kept.has(input) ? this.#copy(input, start) : input,
    );
    const isTied = inputs.some((input) => this.#tied.has(input));
    const operands = isTied || isView(node) ? inputs : this.#tie({ ...node, inputs }, start);
    const [value] = this.#b.emit({
      ...node,
      inputs: operands.map((operand) => (operand === '' ? undefined : this.#b.value(operand))),
      outputs: 1,
      name: this.#b.freshName(`${name}/again`),
    });
    if (!value) throw new Error(`"${name}" has no value.`);
    const copy = value.name;
    this.#copies.set(key, copy);
    this.#originals.set(copy, name);
    if (isTied || !isView(node)) this.#tied.add(copy);
    return copy;
  }

  /** The operands of a node, one of them shifted by the zero: a small one where possible, for that costs nothing. */
  #tie({ opType, inputs }: Node, start: Start): readonly string[] {
    const isFloat = (name = '') =>
      this.#lifetimes.typeOf(this.#originals.get(name) ?? name)?.elementType === 'float32';
    const isSmall = (name = '') =>
      isFloat(name) && !this.#lifetimes.isLarge(this.#originals.get(name) ?? name);
    const small = SHIFTABLE[opType]?.find((index) => isSmall(inputs[index]));
    const index = small ?? inputs.findIndex((input) => isFloat(input));
    return inputs.map((input, position) => (position === index ? this.#shifted(input, start) : input));
  }

  #shifted(name: string, start: Start): string {
    return ops.add(this.#b, this.#b.value(name), this.#zero(start)).name;
  }

  /** 0·g of the awaited value's first element, a scalar. */
  #zero({ time, awaited }: Start): Value {
    const known = this.#zeros.get(time);
    if (known) return known;
    const b = this.#b;
    const value = b.value(awaited);
    const first = slice(
      b,
      value,
      value.type.shape.map((_, axis) => ({ axis, start: 0, end: 1 })),
    );
    const zero = scale(b, reshape(b, first, []), 0);
    this.#zeros.set(time, zero);
    return zero;
  }
}
