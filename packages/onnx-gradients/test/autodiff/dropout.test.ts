import { describe, expect, it } from 'vitest';
import { gradients } from '../../src/autodiff/gradients.js';
import { GraphBuilder } from '../../src/onnx/builder.js';
import { bool, float32, toNumbers } from '../../src/onnx/tensor.js';
import { runGraph } from '../support/run-graph.js';

const COUNT = 40;
const ones = new Array<number>(COUNT).fill(1);

/** A Dropout of ones, and the gradient of Σ 2y beside it. */
async function dropped({ ratio, trains }: { readonly ratio?: number; readonly trains: boolean }) {
  const b = new GraphBuilder();
  const x = b.input('x', { elementType: 'float32', shape: [COUNT] });
  const training = b.input('training', { elementType: 'bool', shape: [] });
  const [y, mask] = b.emit({
    opType: 'Dropout',
    inputs: [x, ratio === undefined ? undefined : b.scalar(ratio), training],
    outputs: 2,
  });
  if (!y || !mask) throw new Error('Dropout has two outputs.');
  const [gradient] = gradients(b, { of: [{ value: y, cotangent: b.scalar(2) }], wrt: [x] });
  if (!gradient) throw new Error('Dropout has a gradient.');
  b.output(y, 'y');
  b.output(gradient, 'gradient');
  const results = await runGraph(b.build('dropout'), {
    x: float32([COUNT], ones),
    training: bool([], [trains]),
  });
  const [values, found] = [results['y'], results['gradient']].map((tensor) =>
    tensor ? toNumbers(tensor) : [],
  );
  return { values: values ?? [], found: found ?? [] };
}

describe('Dropout that trains', () => {
  it.each([
    [0.25, 1 / 0.75],
    [undefined, 2],
  ] as const)('with ratio %s passes on what it kept, scaled as it was', async (ratio, kept) => {
    const { values, found } = await dropped({ trains: true, ...(ratio && { ratio }) });
    expect(new Set(values.map((value) => value > 0)).size).toBe(2);
    values.forEach((value, i) => {
      expect(found[i]).toBeCloseTo(value === 0 ? 0 : 2 * kept, 5);
    });
  });

  it('passes on everything where it is told at run time not to', async () => {
    const { found } = await dropped({ ratio: 0.25, trains: false });
    expect(found).toEqual(ones.map(() => 2));
  });
});
