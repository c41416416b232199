import {
  encodeHalf,
  fold,
  GraphBuilder,
  inline,
  type Model,
  type Node,
  type Tensor,
} from 'onnx-gradients/graph';
import type { EmitNetwork } from '../../zoo/network.js';

/** Where the time goes; sums and normalisations between them stay in single precision. */
const HALVED: ReadonlySet<string> = new Set(['MatMul', 'Gemm', 'Conv', 'ConvTranspose']);
const FLOAT = 1;
const FLOAT16 = 10;

export interface HalfOptions {
  /**
   * Keeps every rounding where a processor runs the network: ONNX Runtime has no products in half precision there, and leaves
   * out the casts to and fro that it puts around single ones.
   */
  readonly keepsRounding?: boolean;
}

/**
 * The same network with products and convolutions in half precision, their weights too, and all else in single: about twice
 * as fast where a device has units for it, and right where no product leaves ±65504. Its gradient is computed alike.
 */
export function inHalf(emit: EmitNetwork, options: HalfOptions = {}): EmitNetwork {
  return (b, input) => {
    const inside = new GraphBuilder({ fold });
    inside.output(emit(inside, inside.input('input', input.type)), 'output');
    const outputs = inline(b, halved(inside.build('network'), options), {
      inputs: { input },
      prefix: 'half/',
    });
    const { output } = outputs;
    if (!output) throw new Error('The network has no output.');
    return output;
  };
}

/** Casts around every product and convolution of a model in single precision. */
export function halved(model: Model, { keepsRounding = false }: HalfOptions = {}): Model {
  const { graph } = model;
  const initializers = new Map<string, Tensor>();
  const nodes: Node[] = [];
  const cast = new Set<string>();
  /** What is half already and only widened for the rest of the graph. */
  const halves = new Map<string, string>();
  for (const {
    opType,
    inputs: [from = ''],
    outputs: [to = ''],
  } of graph.nodes)
    if (opType === 'Cast' && graph.initializers.get(from)?.elementType === 'float16') halves.set(to, from);
  const asHalf = (name: string): string => {
    const half = `${name}.half`;
    if (name === '' || cast.has(name)) return name === '' ? '' : half;
    cast.add(name);
    const published = halves.get(name);
    if (published !== undefined) return published;
    const constant = graph.initializers.get(name);
    if (constant) initializers.set(half, inHalfPrecision(constant));
    else if (keepsRounding) nodes.push(castNode(name, `${half}.cast`, FLOAT16), kept(`${half}.cast`, half));
    else nodes.push(castNode(name, half, FLOAT16));
    return half;
  };
  for (const node of graph.nodes) {
    if (node.domain !== '' || !HALVED.has(node.opType)) {
      nodes.push(node);
      continue;
    }
    const inputs = node.inputs.map(asHalf);
    const [output = ''] = node.outputs;
    const product = `${output}.product`;
    nodes.push({ ...node, inputs, outputs: [product] });
    if (keepsRounding) nodes.push(kept(product, `${product}.kept`));
    nodes.push(castNode(keepsRounding ? `${product}.kept` : product, output, FLOAT));
  }
  const used = new Set([...nodes.flatMap(({ inputs }) => inputs), ...graph.outputs.map(({ name }) => name)]);
  for (const [name, tensor] of graph.initializers) if (used.has(name)) initializers.set(name, tensor);
  return { ...model, graph: { ...graph, nodes, initializers } };
}

function castNode(from: string, to: string, elementType: number): Node {
  const attributes = { to: { kind: 'int', value: elementType } } as const;
  return { name: `${to}/cast`, opType: 'Cast', domain: '', inputs: [from], outputs: [to], attributes };
}

/** Changes no number, and no cast is left out across it. */
function kept(from: string, to: string): Node {
  const attributes = { axis: { kind: 'int', value: 0 } } as const;
  return { name: `${to}/kept`, opType: 'Concat', domain: '', inputs: [from], outputs: [to], attributes };
}

function inHalfPrecision({ shape, data }: Tensor): Tensor {
  return { elementType: 'float16', shape, data: encodeHalf(data as Float32Array) }; // constants of products are float32
}
