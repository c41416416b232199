import {
  type Dimension,
  decodeHalf,
  encodeModel,
  float32,
  type Graph,
  inline,
  type Model,
  type Node,
  type Tensor,
  type Value,
} from 'onnx-gradients/graph';
import type { Network } from '../../zoo/architectures/weight-source.js';

/** A network from an ONNX file whose weights can be given anew each time. */
export interface TrainableFile {
  /** Its parameters as the file has them, float32, by the names that the network declares. */
  readonly parameters: ReadonlyMap<string, Tensor>;
  readonly emit: (network: Network, input: Value) => Value;
  /** The file with other parameters. */
  readonly with: (values: (name: string) => Tensor) => Uint8Array;
}

/** Operands that are weights: statistics of a BatchNormalization stay what they are. */
const WEIGHTS: Readonly<Record<string, readonly number[]>> = {
  Conv: [1, 2],
  ConvTranspose: [1, 2],
  Gemm: [1, 2],
  MatMul: [0, 1],
  BatchNormalization: [1, 2],
  InstanceNormalization: [1, 2],
  GroupNormalization: [1, 2],
  LayerNormalization: [1, 2],
  Add: [0, 1],
  Mul: [0, 1],
};

export interface TrainableFileOptions {
  readonly input: string;
  readonly output: string;
  /** Put before the names of its parameters. */
  readonly prefix: string;
}

/** Splits a model into its weights and the rest. Weights stored in half precision and cast are trained as float32. */
export function trainableFile(model: Model, { input, output, prefix }: TrainableFileOptions): TrainableFile {
  const widened = withFloatWeights(model.graph);
  const names = weightsOf(widened);
  const parameters = new Map(
    // weightsOf names initializers of float32
    names.map((name) => [prefix + name, widened.initializers.get(name) as Tensor] as const),
  );
  const isWeight = new Set(names);
  const left = new Map([...widened.initializers].filter(([name]) => !isWeight.has(name)));
  const open: Model = {
    ...model,
    graph: {
      ...widened,
      initializers: left,
      inputs: [
        ...widened.inputs.filter(({ name }) => !isWeight.has(name)).map((info) => anyBatch(info)),
        ...names.map((name) => ({ name, elementType: 'float32' as const })),
      ],
    },
  };
  return {
    parameters,
    emit: (network, given) => {
      const declared = names.map((name) => {
        const { shape = [] } = parameters.get(prefix + name) ?? {};
        return [name, network.declare?.(prefix + name, shape)] as const;
      });
      const inputs = Object.fromEntries(declared.flatMap(([name, value]) => (value ? [[name, value]] : [])));
      const outputs = inline(network.builder, open, { inputs: { ...inputs, [input]: given }, prefix });
      const value = outputs[output];
      if (!value) throw new Error(`The file has no output "${output}".`);
      return value;
    },
    with: (values) => {
      const initializers = new Map([...left, ...names.map((name) => [name, values(prefix + name)] as const)]);
      return encodeModel({ ...model, graph: { ...widened, initializers } });
    },
  };
}

const anyBatch = <Info extends { readonly shape?: readonly Dimension[] }>(info: Info): Info =>
  info.shape ? { ...info, shape: info.shape.map((size, axis) => (axis === 0 ? 'batch' : size)) } : info;

/** The graph with casts of stored weights to float32 carried out. */
function withFloatWeights(graph: Graph): Graph {
  const initializers = new Map(graph.initializers);
  const nodes: Node[] = [];
  for (const node of graph.nodes) {
    const [from = ''] = node.inputs;
    const [to = ''] = node.outputs;
    const stored = graph.initializers.get(from);
    const target = node.attributes['to'];
    const isWidening =
      node.opType === 'Cast' &&
      stored?.elementType === 'float16' &&
      target?.kind === 'int' &&
      Number(target.value) === 1;
    if (!isWidening) {
      nodes.push(node);
      continue;
    }
    initializers.set(to, float32(stored.shape, decodeHalf(stored.data as Uint16Array))); // its type was just asked
  }
  const used = new Set(nodes.flatMap(({ inputs }) => inputs));
  return {
    ...graph,
    nodes,
    initializers: new Map([...initializers].filter(([name]) => used.has(name))),
  };
}

/** Initializers that are weights, in the order in which the nodes read them. */
function weightsOf({ nodes, initializers }: Graph): readonly string[] {
  const found = nodes.flatMap(({ opType, inputs }) =>
    (WEIGHTS[opType] ?? []).flatMap((place) => {
      const tensor = initializers.get(inputs[place] ?? '');
      const isArray = tensor?.elementType === 'float32' && tensor.shape.length > 0;
      return isArray ? [inputs[place] as string] : []; // an initializer's name
    }),
  );
  return [...new Set(found)];
}
