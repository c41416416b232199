import { gradients } from '../../../src/autodiff/gradients.js';
import { GraphBuilder, type Value } from '../../../src/onnx/builder.js';
import type { Shape } from '../../../src/onnx/tensor.js';
import { float } from './gradient-of-sum.js';

export interface Emitted {
  readonly opType: string;
  /** Of the first output. */
  readonly shape: Shape;
}

export interface Differentiable {
  readonly y: Value;
  readonly by: Value;
}

/** The nodes of dL/dby alone, in order, and those that the rules emitted though it does not need them. */
export function emittedFor(build: (b: GraphBuilder) => Differentiable): {
  readonly needed: readonly Emitted[];
  readonly idle: readonly string[];
} {
  const b = new GraphBuilder();
  const { y, by } = build(b);
  const cotangent = b.input('cotangent', y.type);
  const before = b.nodes.length;
  const [gradient] = gradients(b, { of: [{ value: y, cotangent }], wrt: [by] });
  if (!gradient) throw new Error('There is no gradient.');
  const own = b.nodes.slice(before);
  b.output(gradient);
  const kept = new Set(b.build('gradient').graph.nodes.map(({ name }) => name));
  const shapeOf = (name: string | undefined) => b.value(name ?? '').type.shape;
  return {
    needed: own
      .filter(({ name }) => kept.has(name))
      .map(({ opType, outputs }) => ({ opType, shape: shapeOf(outputs[0]) })),
    idle: own.filter(({ name }) => !kept.has(name)).map(({ opType }) => opType),
  };
}

/** The operators of dL/dx, for y = f(x) of one input. */
export function emitted(shape: Shape, build: (b: GraphBuilder, x: Value) => Value): readonly string[] {
  const { needed } = emittedFor((b) => {
    const by = float(b, 'x', ...shape);
    return { y: build(b, by), by };
  });
  return needed.map(({ opType }) => opType);
}
