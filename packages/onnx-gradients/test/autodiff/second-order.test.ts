import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { differentiateModel, hessianProductModel } from '../../src/autodiff/differentiate-model.js';
import { readModel } from '../../src/onnx/codec/read-model.js';
import { float32, type Tensor } from '../../src/onnx/tensor.js';
import { model, node, value } from '../onnx/support/models.js';
import { FIXTURES } from '../support/folders.js';
import { runGraph } from '../support/run-graph.js';

/** What training/reference/second_order_fixtures.py writes: tensors of float64, as base64, little-endian. */
interface Stored {
  readonly given: Readonly<Record<string, Packed>>;
  readonly gradient: Readonly<Record<string, Packed>>;
  readonly hessian: Readonly<Record<string, Packed>>;
  readonly errorsOfFloat32: Readonly<Record<'gradient' | 'hessian', Readonly<Record<string, number>>>>;
}

interface Packed {
  readonly shape: readonly number[];
  readonly base64: string;
}

const folder = join(FIXTURES, 'second-order');
const names = readdirSync(folder).flatMap((file) => (file.endsWith('.json') ? [file.slice(0, -5)] : []));
/** Two or three roundings of float32: closer than that, one order of adding is not better than another. */
const ROUNDING = 1.5e-7;

const numbers = ({ base64 }: Packed): readonly number[] => {
  const bytes = Buffer.from(base64, 'base64');
  return Array.from({ length: bytes.length / 8 }, (_, index) => bytes.readDoubleLE(8 * index));
};

/** ‖got − exact‖ / ‖exact‖. */
function error(got: Tensor | undefined, packed: Packed): number {
  const exact = numbers(packed);
  if (!got || got.data.length !== exact.length) return Number.POSITIVE_INFINITY;
  const norm = (values: readonly number[]) => Math.hypot(...values);
  return norm(exact.map((value, index) => Number(got.data[index]) - value)) / norm(exact);
}

const inputsOf = (given: Stored['given'], wanted: (name: string) => boolean) =>
  Object.fromEntries(
    Object.entries(given)
      .map(
        ([name, packed]) =>
          [name === 'cotangent' ? 'cotangent/output' : name, float32(packed.shape, numbers(packed))] as const,
      )
      .filter(([name]) => wanted(name)),
  );

describe.each(names)('%s is at most twice as far from float64 as PyTorch in float32', (name) => {
  const stored = JSON.parse(readFileSync(join(folder, `${name}.json`), 'utf8')) as Stored; // by our own script
  const network = readModel(join(folder, `${name}.onnx`));
  const wrt = Object.keys(stored.gradient);

  function expectClose(kind: 'gradient' | 'hessian', results: Readonly<Record<string, Tensor>>): void {
    for (const [wanted, packed] of Object.entries(stored[kind])) {
      const theirs = stored.errorsOfFloat32[kind][wanted] ?? 0;
      const ours = error(results[`${kind}/${wanted}`], packed);
      expect(ours, `${kind} by ${wanted}, PyTorch ${theirs}`).toBeLessThan(2 * Math.max(theirs, ROUNDING));
    }
  }

  it('by its gradient', async () => {
    const inputs = inputsOf(stored.given, (input) => !input.startsWith('vector/'));
    expectClose('gradient', await runGraph(differentiateModel(network, { of: 'output', wrt }), inputs));
  });

  it('by its second derivatives times a vector', async () => {
    const inputs = inputsOf(stored.given, () => true);
    expectClose('hessian', await runGraph(hessianProductModel(network, { of: 'output', wrt }), inputs));
  });
});

describe('the second derivative of Σ a² + 3b', () => {
  const linear = model({
    inputs: [value('a', [3]), value('b', [2])],
    outputs: [value('y', [])],
    initializers: new Map([['three', float32([], [3])]]),
    nodes: [
      node('ReduceSumSquare', ['a'], ['square'], { keepdims: { kind: 'int', value: 0 } }),
      node('ReduceSum', ['b'], ['sum'], { keepdims: { kind: 'int', value: 0 } }),
      node('Mul', ['sum', 'three'], ['tripled']),
      node('Add', ['square', 'tripled'], ['y']),
    ],
  });

  it('is 2v by a and zero by b', async () => {
    const product = hessianProductModel(linear, { of: 'y', wrt: ['a', 'b'] });
    const results = await runGraph(product, {
      a: float32([3], [1, 2, 3]),
      b: float32([2], [5, 6]),
      'vector/a': float32([3], [1, -1, 4]),
      'vector/b': float32([2], [1, 1]),
    });
    expect(Array.from(results['hessian/a']?.data ?? [], Number)).toEqual([2, -2, 8]);
    expect(Array.from(results['hessian/b']?.data ?? [], Number)).toEqual([0, 0]);
  });
});
