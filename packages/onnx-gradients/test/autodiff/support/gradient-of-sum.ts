import { scalar } from '../../../src/autodiff/emit.js';
import { gradients } from '../../../src/autodiff/gradients.js';
import type { GraphBuilder, Value } from '../../../src/onnx/builder.js';
import { float32 } from '../../../src/onnx/tensor.js';
import { runGraph } from '../../support/run-graph.js';

/** A float32 input. */
export const float = (b: GraphBuilder, name: string, ...shape: readonly number[]) =>
  b.input(name, { elementType: 'float32', shape });

/** dL/dwrt with L = Σ of a value. */
export function gradientOfSum(b: GraphBuilder, value: Value, wrt: Value): Value | undefined {
  const [gradient] = gradients(b, { of: [{ value, cotangent: scalar(b, value, 1) }], wrt: [wrt] });
  return gradient;
}

/** The elements of a value at the given inputs. */
export async function run(
  b: GraphBuilder,
  value: Value | undefined,
  inputs: Readonly<Record<string, readonly number[]>>,
) {
  if (!value) throw new Error('There is no gradient.');
  b.output(value, 'result');
  const feeds = Object.entries(inputs).map(
    ([name, values]) => [name, float32(b.value(name).type.shape, values)] as const,
  );
  const { result } = await runGraph(b.build('test'), Object.fromEntries(feeds));
  return Array.from(result?.data ?? [], Number);
}
