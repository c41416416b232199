import { float32, GraphBuilder, type Tensor, type Value } from 'onnx-gradients/graph';
import { describe, expect, it } from 'vitest';
import { runGraph } from '../../../packages/onnx-gradients/test/support/run-graph.js';
import { adam, adamRates } from '../../../src/paint/graphs/adam.js';
import { clampGradient, clampToUnit } from '../../../src/paint/graphs/clamp.js';
import { normalise, toUnit } from '../../../src/paint/graphs/networks.js';
import { quantise } from '../../../src/paint/graphs/quantise.js';
import { codebookRange } from '../../../src/paint/graphs/update.js';
import { adamCorrections, learningRateAt, phasesOf } from '../../../src/paint/step/schedule.js';

async function evaluate(
  inputs: Readonly<Record<string, Tensor>>,
  emit: (b: GraphBuilder, values: Readonly<Record<string, Value>>) => Readonly<Record<string, Value>>,
): Promise<Readonly<Record<string, number[]>>> {
  const b = new GraphBuilder();
  const values = Object.fromEntries(
    Object.entries(inputs).map(([name, { elementType, shape }]) => [
      name,
      b.input(name, { elementType, shape }),
    ]),
  );
  for (const [name, value] of Object.entries(emit(b, values))) b.output(value, name);
  const results = await runGraph(b.build('piece'), inputs);
  return Object.fromEntries(Object.entries(results).map(([name, { data }]) => [name, [...data].map(Number)]));
}

describe('quantise', () => {
  it('puts the nearest codebook row into every cell, also where another has a larger product', async () => {
    // [10, 10] has the largest product with everything positive; ‖z‖² keeps it from winning.
    const codebook = float32([3, 2], [10, 10, 1, 0, 0, 1]);
    const latent = float32([1, 2, 1, 3], [0.9, 0.2, 8, 0.1, 2, 7]);
    const { q } = await evaluate({ latent }, (b, { latent: z }) => {
      if (!z) throw new Error('no latent');
      return { q: quantise(b, z, b.constant(codebook)) };
    });
    expect(q).toEqual([1, 0, 10, 0, 1, 10]);
  });
});

describe('clampGradient', () => {
  it('lets through what does not push a saturated value further out', async () => {
    const x = float32([6], [-0.5, -0.5, 0.5, 0.5, 1.5, 1.5]);
    // Descent moves against the gradient: a positive one lowers the value.
    const gradient = float32([6], [1, -1, 1, -1, 1, -1]);
    const { kept } = await evaluate({ x, gradient }, (b, { x: value, gradient: g }) => {
      if (!value || !g) throw new Error('no input');
      return { kept: clampGradient(b, { x: value, clamped: clampToUnit(b, value), gradient: g }) };
    });
    expect(kept).toEqual([0, -1, 1, -1, 1, 0]);
  });
});

describe('adam', () => {
  it('follows the algorithm over several steps', async () => {
    const b = new GraphBuilder();
    const input = (name: string) => b.input(name, { elementType: 'float32', shape: [2] });
    const state = { latent: input('latent'), first: input('first'), second: input('second') };
    const next = adam(b, { state, gradient: input('gradient'), rates: adamRates(b) });
    for (const [name, value] of Object.entries(next)) b.output(value, `${name}.next`);
    const model = b.build('adam');
    let [z, m, v] = [
      [1, -2],
      [0, 0],
      [0, 0],
    ];
    let fed = { latent: float32([2], z), first: float32([2], m), second: float32([2], v) };
    for (const [index, gradient] of [
      [0.5, -3],
      [0.1, 2],
      [-1, 0],
    ].entries()) {
      const t = index + 1;
      const [firstCorrection, secondCorrection] = adamCorrections(t);
      const results = await runGraph(model, {
        ...fed,
        gradient: float32([2], gradient),
        'adam.learningRate': float32([], [0.1]),
        'adam.firstCorrection': float32([], [firstCorrection]),
        'adam.secondCorrection': float32([], [secondCorrection]),
      });
      m = m.map((old, i) => 0.9 * old + 0.1 * (gradient[i] ?? 0));
      v = v.map((old, i) => 0.999 * old + 0.001 * (gradient[i] ?? 0) ** 2);
      z = z.map((old, i) => {
        const [mHat, vHat] = [(m[i] ?? 0) / (1 - 0.9 ** t), (v[i] ?? 0) / (1 - 0.999 ** t)];
        return old - (0.1 * mHat) / (Math.sqrt(vHat) + 1e-8);
      });
      const taken = (name: string) => float32([2], results[name]?.data as Float32Array); // float32 by construction
      fed = { latent: taken('latent.next'), first: taken('first.next'), second: taken('second.next') };
      for (const [i, expected] of z.entries()) expect(Number(fed.latent.data[i])).toBeCloseTo(expected, 5);
    }
  });
});

describe('bringing pixels to another range', () => {
  it('maps the decoder’s range to 0…1', async () => {
    const x = float32([4], [-1, 0, 1, 3]);
    const { unit } = await evaluate({ x }, (b, { x: value }) => {
      if (!value) throw new Error('no input');
      return { unit: toUnit(b, value, [-1, 3]) };
    });
    expect(unit).toEqual([0, 0.25, 0.5, 1]);
  });

  it('normalises 0…1 as CLIP wants it: to its range, then by mean and deviation of each channel', async () => {
    const x = float32([1, 3, 1, 2], [0, 1, 0, 1, 0.5, 0.5]);
    const clip = {
      size: 1,
      range: [-1, 3],
      mean: [1, 0.5, -1],
      std: [2, 0.5, 4],
      image: () => fail(),
    } as const;
    const { pixels } = await evaluate({ x }, (b, { x: value }) => {
      if (!value) throw new Error('no input');
      return { pixels: normalise(b, value, clip) };
    });
    expect(pixels).toEqual([-1, 1, -3, 5, 0.5, 0.5]);
  });
});

function fail(): never {
  throw new Error('The tower is not asked.');
}

describe('codebookRange', () => {
  it('is the least and greatest value of each channel', () => {
    const { low, high } = codebookRange(float32([3, 2], [1, -5, 4, 0, -2, 7]));
    expect([[...low.data], [...high.data], low.shape]).toEqual([
      [-2, -5],
      [4, 7],
      [1, 2, 1, 1],
    ]);
  });
});

describe('the schedule', () => {
  it('lets the learning rate fall from full to a tenth, never rising', () => {
    const rates = Array.from({ length: 50 }, (_, index) => learningRateAt(index + 1, { steps: 50 }, 0.2));
    expect(rates[0]).toBeCloseTo(0.2);
    expect(rates.at(-1)).toBeCloseTo(0.02);
    for (const [index, rate] of rates.entries()) expect(rate).toBeLessThanOrEqual(rates[index - 1] ?? 1);
    expect(learningRateAt(1, { steps: 1 }, 0.2)).toBe(0.2);
  });

  it('leaves the learning rates of a leg as they were when more steps follow', () => {
    const rates = (request: { steps: number; legs?: number[] }) =>
      Array.from({ length: request.steps }, (_, index) => learningRateAt(index + 1, request, 1));
    const longer = rates({ steps: 10, legs: [4, 7] });
    expect(longer.slice(0, 4)).toEqual(rates({ steps: 4 }));
    expect(longer.slice(0, 7)).toEqual(rates({ steps: 7, legs: [4] }));
    expect([longer[4], longer[6], longer[7], longer[9]].map((rate) => rate?.toFixed(3))).toEqual([
      ...['0.500', '0.100', '0.500', '0.100'],
    ]);
  });

  it('stays coarse as long as it was when more steps follow', () => {
    const request = { width: 64, height: 64, steps: 10, coarse: 0.5 } as Parameters<typeof phasesOf>[0];
    const ends = (more: object) => phasesOf({ ...request, ...more }, 8).map(({ lastStep }) => lastStep);
    expect([ends({}), ends({ steps: 30, legs: [10] })]).toEqual([
      [5, 10],
      [5, 30],
    ]);
  });

  it('always leaves at least one step for the full grid', () => {
    const request = { width: 72, height: 40, steps: 10 } as Parameters<typeof phasesOf>[0];
    expect(phasesOf(request, 8)).toEqual([{ rows: 5, columns: 9, firstStep: 1, lastStep: 10 }]);
    expect(phasesOf({ ...request, coarse: 0.99 }, 8)).toEqual([
      { rows: 3, columns: 5, firstStep: 1, lastStep: 9 },
      { rows: 5, columns: 9, firstStep: 10, lastStep: 10 },
    ]);
    expect(phasesOf({ ...request, steps: 1, coarse: 0.9 }, 8)).toHaveLength(1);
  });
});
