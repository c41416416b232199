import { type Fold, GraphBuilder, type Value } from '../../../src/onnx/builder.js';
import type { Model } from '../../../src/onnx/graph.js';
import { type Tensor, toNumbers } from '../../../src/onnx/tensor.js';
import type { Tensors } from '../../support/run-graph.js';
import type { NodeSample } from './node-sample.js';

export interface SampleModel {
  readonly model: Model;
  readonly feeds: Tensors;
  /** What the shape rule says of each output. */
  readonly outputs: readonly Value[];
}

/** Operands that shapes depend on stay constants; `all` makes every operand one. */
function isConstant(tensor: Tensor, index: number, opType: string): boolean {
  return tensor.elementType === 'int64'
    ? index > 0 || opType === 'ConstantOfShape' || opType === 'Range'
    : index > 1;
}

/** A model of one node, its operands fed as inputs (or constants where the rule needs their value). */
export function sampleModel(
  opType: string,
  sample: NodeSample,
  { allConstant = false, fold }: { readonly allConstant?: boolean; readonly fold?: Fold } = {},
): SampleModel {
  const b = new GraphBuilder(fold ? { fold } : {});
  const feeds: Record<string, Tensor> = {};
  const inputs = sample.inputs.map((tensor, index) => {
    if (!tensor) return undefined;
    if (allConstant || isConstant(tensor, index, opType)) return b.constant(tensor);
    const name = `x${index}`;
    feeds[name] = tensor;
    return b.input(name, { elementType: tensor.elementType, shape: tensor.shape });
  });
  const outputs = b.emit({
    opType,
    inputs,
    outputs: sample.outputs ?? 1,
    ...(sample.attributes && { attributes: sample.attributes }),
  });
  for (const [i, output] of outputs.entries()) b.output(output, `y${i}`);
  return { model: b.build('sample'), feeds, outputs };
}

/** The model with nothing said about its outputs, so that ONNX Runtime infers and computes them by itself. */
export function withoutOutputTypes(model: Model): Model {
  const outputs = model.graph.outputs.map(({ name }) => ({ name }));
  return { ...model, graph: { ...model.graph, outputs } };
}

/** A sample in words, for a failing test's message. */
export function describeSample(opType: string, { inputs, attributes = {} }: NodeSample): string {
  const operands = inputs.map((x) =>
    x ? `${x.elementType}[${x.shape}]${x.data.length <= 8 ? `{${toNumbers(x)}}` : ''}` : '–',
  );
  const settings = Object.entries(attributes).map(
    ([name, { value }]) =>
      `${name}=${typeof value === 'object' && 'data' in value ? toNumbers(value) : JSON.stringify(value)}`,
  );
  return `${opType}(${operands.join(', ')}) ${settings.join(' ')}`;
}
