import type { Model, Node } from '../onnx/graph.js';
import { float32, int64, type Tensor } from '../onnx/tensor.js';
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
  const rewriting = new Rewriting(model);
  for (const node of model.graph.nodes) rewriting.add(node);
  const { initializers } = rewriting;
  return { ...model, graph: { ...model.graph, nodes: needed(rewriting.nodes, model), initializers } };
}

/** Nodes that an output needs: where every reader got a copy, the original is not computed at all. */
function needed(nodes: readonly Node[], { graph }: Model): readonly Node[] {
  const read = new Set(graph.outputs.map(({ name }) => name));
  const kept = nodes.toReversed().filter((node) => {
    const isRead = node.outputs.some((name) => read.has(name));
    if (isRead) for (const name of node.inputs) read.add(name);
    return isRead;
  });
  return kept.reverse();
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
  readonly nodes: Node[] = [];
  readonly initializers: Map<string, Tensor>;
  readonly #lifetimes: Lifetimes;
  readonly #kept: ReadonlySet<string>;
  /** Copies by the original's name and the time: one serves all uses between two products. */
  readonly #copies = new Map<string, string>();
  readonly #originals = new Map<string, string>();
  /** Copies that depend on what was awaited. */
  readonly #tied = new Set<string>();
  /** The scalar zero of each time. */
  readonly #zeros = new Map<number, string>();
  readonly #taken: Set<string>;

  constructor(model: Model) {
    this.#lifetimes = lifetimesOf(model);
    this.#kept = keptValues(model.graph, this.#lifetimes);
    const { inputs, initializers, nodes } = model.graph;
    this.initializers = new Map(initializers);
    const made = nodes.flatMap((node) => [node.name, ...node.outputs]);
    this.#taken = new Set([...inputs.map(({ name }) => name), ...initializers.keys(), ...made]);
  }

  /** Appends a node, reading copies in place of values that are not kept for it. */
  add(node: Node): void {
    const start = this.#lifetimes.startOf(node);
    const early = new Set(earlyOperands(node, this.#lifetimes).filter((name) => !this.#kept.has(name)));
    const inputs = node.inputs.map((name) => (start && early.has(name) ? this.#copy(name, start) : name));
    this.nodes.push({ ...node, inputs });
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
    const copy = this.#fresh(`${name}/again`);
    const operands = isTied || isView(node) ? inputs : this.#tie({ ...node, inputs }, start);
    this.nodes.push({ ...node, name: copy, inputs: operands, outputs: [copy] });
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
    return inputs.map((input, position) =>
      position === index ? this.#node('Add', [input, this.#zero(start)], `${input}/tied`) : input,
    );
  }

  /** 0·g of the awaited value's first element, a scalar. */
  #zero({ time, awaited }: Start): string {
    const known = this.#zeros.get(time);
    if (known !== undefined) return known;
    const rank = this.#lifetimes.typeOf(awaited)?.shape.length ?? 0;
    const row = (value: number) => this.#constant(int64([rank], new Array<number>(rank).fill(value)));
    const first = this.#node('Slice', [awaited, row(0), row(1)], `${awaited}/first`);
    const scalar = this.#node('Reshape', [first, this.#constant(int64([0], []))], `${awaited}/scalar`);
    const zero = this.#node('Mul', [scalar, this.#constant(float32([], [0]))], `${awaited}/zero`);
    this.#zeros.set(time, zero);
    return zero;
  }

  #node(opType: string, inputs: readonly string[], stem: string): string {
    const name = this.#fresh(stem);
    this.nodes.push({ name, opType, domain: '', inputs, outputs: [name], attributes: {} });
    return name;
  }

  #constant(tensor: Tensor): string {
    const name = this.#fresh('rematerialise');
    this.initializers.set(name, tensor);
    return name;
  }

  #fresh(stem: string): string {
    let name = stem;
    for (let count = 1; this.#taken.has(name); count += 1) name = `${stem}_${count}`;
    this.#taken.add(name);
    return name;
  }
}
