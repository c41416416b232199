import { float32, GraphBuilder } from 'onnx-gradients/graph';
import * as op from 'onnx-gradients/ops';
import { describe, expect, it } from 'vitest';
import { runGraph } from '../../../packages/onnx-gradients/test/support/run-graph.js';
import type { ClipResnetConfig, ClipVitConfig } from '../../../src/contracts/architectures.js';
import { inHalf } from '../../../src/paint/graphs/in-half.js';
import { liftedGradient } from '../../../src/paint/graphs/lifted-gradient.js';
import { clipImageTower } from '../../../src/zoo/architectures/clip-image.js';
import { clipResnetTower } from '../../../src/zoo/architectures/clip-resnet.js';
import { randomWeights } from '../../../src/zoo/architectures/random-weights.js';
import type { EmitNetwork } from '../../../src/zoo/network.js';
import { readFixture, relativeError, unpacked } from '../../zoo/architectures/fixture.js';

const TOWERS: Readonly<Record<string, (config: unknown, seed: number) => EmitNetwork>> = {
  // The fixtures' configurations are those of the functions beside their names.
  'clip-image': (config, seed) => (builder, pixels) =>
    clipImageTower({ builder, weights: randomWeights(seed) }, { config: config as ClipVitConfig, pixels }),
  'clip-resnet': (config, seed) => (builder, pixels) =>
    clipResnetTower(
      { builder, weights: randomWeights(seed) },
      { config: config as ClipResnetConfig, pixels },
    ),
};

/** Half precision has 11 bits; a tower of a few layers adds up some of their roundings. */
const ROUNDING = 5e-3;
/** Gradients change besides where a rectifier near 0 tips over. */
const GRADIENT_ROUNDING = 5e-2;

describe.each(Object.entries(TOWERS))('%s in half precision', (name, towerOf) => {
  const fixture = readFixture(name);
  const input = unpacked(fixture.input);

  it('gives what double precision gives, rounded', async () => {
    const b = new GraphBuilder();
    b.output(
      inHalf(towerOf(fixture.config, fixture.seed), { keepsRounding: true })(b, b.input('input', input)),
      'output',
    );
    const { output } = await runGraph(b.build('tower'), { input });
    const error = relativeError(output, unpacked(fixture.output));
    expect(error).toBeLessThan(ROUNDING);
    // It is really half precision.
    expect(error).toBeGreaterThan(1e-5);
  });

  it('gives the gradient too, lifted and let down again', async () => {
    const b = new GraphBuilder();
    const pixels = b.input('input', input);
    const value = inHalf(towerOf(fixture.config, fixture.seed))(b, pixels);
    const cotangent = b.input('cotangent', value.type);
    const gradient = liftedGradient(b, { value, cotangent, wrt: pixels, isHalf: true });
    if (!gradient) throw new Error('The tower does not depend on its pixels.');
    b.output(gradient, 'gradient');
    const results = await runGraph(b.build('tower'), { input, cotangent: unpacked(fixture.cotangent) });
    const error = relativeError(results['gradient'], unpacked(fixture.gradient));
    expect(error).toBeLessThan(GRADIENT_ROUNDING);
    expect(error).toBeGreaterThan(1e-5);
  });
});

it('leaves the range of half precision where a processor keeps every rounding', async () => {
  const outputOf = async (keepsRounding: boolean) => {
    const b = new GraphBuilder();
    const given = b.input('input', { elementType: 'float32', shape: [1, 1] });
    const twofold = inHalf((inside, x) => op.matMul(inside, x, inside.constant(float32([1, 1], [2]))), {
      keepsRounding,
    });
    b.output(twofold(b, given), 'output');
    const { output } = await runGraph(b.build('twofold'), { input: float32([1, 1], [60000]) });
    return output?.data[0];
  };
  expect(await outputOf(true)).toBe(Number.POSITIVE_INFINITY);
  expect(await outputOf(false)).toBe(120000);
});
