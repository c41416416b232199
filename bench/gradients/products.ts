import {
  elementCount,
  float32,
  GraphBuilder,
  type Model,
  type Node,
  type Shape,
  type Value,
  type ValueInfo,
  valueTypes,
} from 'onnx-gradients/graph';
import * as op from 'onnx-gradients/ops';

/** A convolution or matrix product of a graph, with how often it occurs at these shapes. */
export interface Product {
  readonly node: Node;
  readonly operands: readonly { readonly shape: Shape; readonly isConstant: boolean }[];
  readonly times: number;
  /** Multiply–accumulates of one occurrence. */
  readonly macs: number;
}

const KINDS: ReadonlySet<string> = new Set(['Conv', 'ConvTranspose', 'Gemm', 'MatMul']);

/** The products of graphs that run so many times each; equal ones once. */
export function productsOf(
  graphs: readonly { readonly model: Model; readonly times: number }[],
): readonly Product[] {
  const products = new Map<string, Product>();
  for (const { model, times } of graphs) {
    const types = valueTypes(model);
    for (const node of model.graph.nodes.filter(({ opType }) => KINDS.has(opType))) {
      const operands = node.inputs.map((name) => ({
        shape: fixed(types.get(name)),
        isConstant: model.graph.initializers.has(name),
      }));
      const key = JSON.stringify([node.opType, node.attributes, operands]);
      const known = products.get(key)?.times ?? 0;
      const macs = macsOf(
        node,
        operands.map(({ shape }) => shape),
        fixed(types.get(node.outputs[0] ?? '')),
      );
      products.set(key, { node, operands, times: known + times, macs });
    }
  }
  return [...products.values()];
}

function fixed(info: ValueInfo | undefined): Shape {
  const shape = info?.shape?.filter((dimension) => typeof dimension === 'number');
  if (!shape || shape.length !== info?.shape?.length)
    throw new Error(`The shape of ${info?.name} is not fixed.`);
  return shape;
}

/** Every element of the output (for ConvTranspose: of the input) meets as many others as one row of the kernel has. */
function macsOf({ opType, attributes }: Node, [x = [], w = []]: readonly Shape[], output: Shape): number {
  if (opType === 'Conv') return elementCount(output) * elementCount(w.slice(1));
  if (opType === 'ConvTranspose') return elementCount(x) * elementCount(w.slice(1));
  const isTransposed = attributes['transA']?.kind === 'int' && attributes['transA'].value === 1;
  return elementCount(output) * ((isTransposed ? x.at(-2) : x.at(-1)) ?? 1);
}

/** A graph of this one product, its constants constant there too; one element of the result comes out. */
export function alone({ node, operands }: Product, name: string): Model {
  const b = new GraphBuilder();
  const values = operands.map(({ shape, isConstant }, index): Value => {
    if (!isConstant) return b.input(`operand${index}`, { elementType: 'float32', shape });
    const data = Float32Array.from(
      { length: elementCount(shape) },
      (_, i) => ((i * 0x9e3779b1) >>> 0) / 2 ** 33,
    );
    return b.constant(float32(shape, data));
  });
  const result = b.op(node.opType, values, node.attributes);
  const axes = result.type.shape.map((_, axis) => axis);
  const one = op.slice(b, result, { starts: axes.map(() => 0), ends: axes.map(() => 1), axes });
  b.output(one, 'one');
  return b.build(name);
}
