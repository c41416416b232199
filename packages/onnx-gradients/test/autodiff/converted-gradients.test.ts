import { expect, test } from 'vitest';
import { differentiateModel, UnknownValue } from '../../src/autodiff/differentiate-model.js';
import type { Model } from '../../src/onnx/graph.js';
import { float32, type Tensor, toNumbers } from '../../src/onnx/tensor.js';
import { modelOf, ROWS } from '../onnx/opsets/all-rows.js';
import { type Random, seeded, seedOf } from '../onnx/support/random.js';
import { openGraph, runGraph, type Tensors } from '../support/run-graph.js';

const STEP = 1e-2;
const TOLERANCE = 3e-3;

interface Case {
  readonly model: Model;
  readonly feeds: Tensors;
  readonly wrt: readonly string[];
  readonly of: string;
  readonly target: Tensor;
  readonly random: Random;
}

const drawn = (random: Random, count: number) => Array.from({ length: count }, () => 2 * random.next() - 1);

const dot = (one: readonly number[], other: readonly number[]) =>
  one.reduce((sum, value, i) => sum + value * (other[i] ?? 0), 0);

/** Differences of the node as its own opset writes it, so that what it is read as is part of what is tried. */
async function compare({ model, feeds, wrt, of, target, random }: Case): Promise<void> {
  // Of a single number the plain gradient is given.
  const weights = target.data.length === 1 ? [1] : drawn(random, target.data.length);
  const directions = new Map(wrt.map((name) => [name, drawn(random, feeds[name]?.data.length ?? 0)]));
  const node = await openGraph(model);
  const loss = async (t: number) => {
    const moved = Object.entries(feeds).map(([name, x]): [string, Tensor] => {
      const along = directions.get(name);
      return [
        name,
        along
          ? float32(
              x.shape,
              toNumbers(x).map((value, i) => value + t * (along[i] ?? 0)),
            )
          : x,
      ];
    });
    return dot(toNumbers((await node.run(Object.fromEntries(moved)))[of] ?? target), weights);
  };
  const slope = async (h: number) =>
    (8 * ((await loss(h)) - (await loss(-h))) - ((await loss(2 * h)) - (await loss(-2 * h)))) / (12 * h);
  const slopes = [await slope(STEP), await slope(STEP / 2)];
  await node.close();
  const cotangent = weights.length > 1 && { [`cotangent/${of}`]: float32(target.shape, weights) };
  const results = await runGraph(differentiateModel(model, { of, wrt }), { ...feeds, ...cotangent });
  const terms = wrt.map((name) =>
    dot(toNumbers(results[`gradient/${name}`] ?? target), directions.get(name) ?? []),
  );
  const analytic = terms.reduce((sum, term) => sum + term, 0);
  const off = Math.min(...slopes.map((value) => Math.abs(value - analytic)));
  expect(off, `${of}: ${slopes} expected, got ${analytic}`).toBeLessThan(
    TOLERANCE * (Math.hypot(...terms) + 1),
  );
}

test.each(ROWS)(
  'the gradient of $title (opset $opset) equals differences of the node itself',
  async (row) => {
    const { model, feeds } = modelOf(row);
    const random = seeded(seedOf(`${row.title} ${row.opset}`));
    const wrt = Object.keys(feeds).filter((name) => feeds[name]?.elementType === 'float32');
    const here = await runGraph(model, feeds);
    const outputs = Object.keys(here).filter((name) => here[name]?.elementType === 'float32');
    for (const of of new Set([outputs[0], outputs.at(-1)])) {
      const target = here[of ?? ''];
      if (!of || !target || wrt.length === 0) continue;
      await compare({ model, feeds, wrt, of, target, random }).catch((error) => {
        // What an output does not depend on is said.
        if (!(error instanceof UnknownValue)) throw error;
      });
    }
  },
);
