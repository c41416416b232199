import { describe, expect, it } from 'vitest';
import { differentiateModel } from '../../../src/autodiff/differentiate-model.js';
import { gradients } from '../../../src/autodiff/gradients.js';
import { float, GraphBuilder, int, ints, string } from '../../../src/onnx/builder.js';
import type { Attributes } from '../../../src/onnx/graph.js';
import * as ops from '../../../src/onnx/ops.js';
import { prepareModel } from '../../../src/onnx/prepare-model.js';
import { elementCount, float32, type Shape, type Tensor } from '../../../src/onnx/tensor.js';
import { model, node, value } from '../../onnx/support/models.js';
import { type Random, seeded } from '../../onnx/support/random.js';
import { runGraph } from '../../support/run-graph.js';

interface Setting {
  readonly shape: Shape;
  readonly scales?: readonly number[];
  readonly sizes?: readonly number[];
  readonly region?: readonly number[];
  readonly attributes: Attributes;
}

const noise = (r: Random, shape: Shape): Tensor =>
  float32(
    shape,
    Float32Array.from({ length: elementCount(shape) }, () => r.next() * 2 - 1),
  );

const dot = (one: Tensor | undefined, other: Tensor | undefined) =>
  Array.from(one?.data as Float32Array).reduce((sum, x, i) => sum + x * Number(other?.data[i]), 0);

/** Resize is linear, so ⟨c, R·x⟩ = ⟨Rᵀ·c, x⟩ for any x and c; undefined where ONNX Runtime refuses the setting. */
async function bothSides({ shape, scales, sizes, region, attributes }: Setting, r: Random) {
  const b = new GraphBuilder();
  const x = b.input('x', { elementType: 'float32', shape });
  const extent = sizes ? [undefined, b.int64s(sizes)] : [b.float32s(scales ?? [])];
  const y = b.op('Resize', [x, region && b.float32s(region), ...extent], attributes);
  const c = b.input('c', y.type);
  b.output(y, 'y');
  const feeds = { x: noise(r, shape), c: noise(r, y.type.shape) };
  let forward: Readonly<Record<string, Tensor>>;
  try {
    forward = await runGraph(b.build('forward'), feeds);
  } catch {
    return undefined;
  }
  const [dx] = gradients(b, { of: [{ value: y, cotangent: c }], wrt: [x] });
  if (!dx) throw new Error('No gradient.');
  b.output(dx, 'dx');
  const backward = await runGraph(b.build('gradient'), feeds);
  return { primal: dot(forward['y'], feeds.c), dual: dot(backward['dx'], feeds.x) };
}

const COORDINATES = [
  'half_pixel',
  'half_pixel_symmetric',
  'pytorch_half_pixel',
  'align_corners',
  'asymmetric',
  'tf_half_pixel_for_nn',
  'tf_crop_and_resize',
];
const SCALES = [1, 1.0001, 1.2, 3.05, 0.9, 0.5, 2, 3, 1.5, 0.33, 2.7, 0.25];

function drawSetting(r: Random, mode: string, coordinates: string): Setting {
  const crops = coordinates === 'tf_crop_and_resize';
  const attributes: Record<string, Attributes[string]> = {
    mode: string(mode),
    coordinate_transformation_mode: string(coordinates),
    nearest_mode: string(r.pick(['round_prefer_floor', 'round_prefer_ceil', 'floor', 'ceil'])),
    axes: ints([2, 3]),
  };
  if (mode !== 'nearest' && !crops && r.bool()) attributes['antialias'] = int(1);
  if (mode === 'cubic' && r.bool()) attributes['exclude_outside'] = int(1);
  if (mode === 'cubic' && r.bool()) attributes['cubic_coeff_a'] = float(-0.5);
  const shape = [1, 2, r.int(1, 12), r.int(1, 12)];
  const region = crops ? { region: [0.1, 0.2, 0.9, 0.7] } : {};
  if (r.bool()) return { shape, scales: [r.pick(SCALES), r.pick(SCALES)], attributes, ...region };
  attributes['keep_aspect_ratio_policy'] = string(r.pick(['stretch', 'not_larger', 'not_smaller']));
  return { shape, sizes: [r.int(1, 15), r.int(1, 15)], attributes, ...region };
}

const fixed = (
  shape: Shape,
  scales: readonly number[],
  names: Readonly<Record<string, string>>,
): Setting => ({
  shape,
  scales,
  attributes: Object.fromEntries(Object.entries(names).map(([name, value]) => [name, string(value)])),
});
const TORCH = { coordinate_transformation_mode: 'asymmetric', mode: 'nearest', nearest_mode: 'floor' };

describe('the gradient of Resize is the transpose of what ONNX Runtime computes', () => {
  it.each([
    ['lengths that divide at a scale that is not whole', fixed([1, 2, 10, 10], [1, 1, 3.05, 3.05], TORCH)],
    ['a length that stays at a scale that is not 1', fixed([1, 1, 4, 16], [1, 1, 1.2, 1.2], TORCH)],
    ['lengths that all stay', fixed([1, 1, 4, 4], [1, 1, 1.2, 1.1], TORCH)],
    ['a length that is 9 as a float32 and 8.99 as a double', fixed([1, 1, 10, 10], [1, 1, 0.9, 0.9], TORCH)],
    ['a third spatial axis', fixed([1, 1, 3, 4, 5], [1, 1, 1.7, 1, 2], { ...TORCH, mode: 'linear' })],
  ])('%s', async (_, setting) => {
    const sides = await bothSides(setting, seeded(1));
    expect(sides?.dual).toBeCloseTo(sides?.primal ?? Number.NaN, 3);
  });

  it.each(['nearest', 'linear', 'cubic'].flatMap((mode) => COORDINATES.map((at) => [mode, at] as const)))(
    '%s, %s, at many lengths, scales and sizes',
    async (mode, coordinates) => {
      const r = seeded(mode.length * 100 + coordinates.length);
      let compared = 0;
      for (let i = 0; i < 14; i += 1) {
        const setting = drawSetting(r, mode, coordinates);
        const sides = await bothSides(setting, r);
        if (!sides) continue;
        compared += 1;
        const allowed = 1e-4 * (1 + Math.abs(sides.primal));
        expect(Math.abs(sides.dual - sides.primal), JSON.stringify(setting)).toBeLessThan(allowed);
      }
      expect(compared).toBeGreaterThan(4);
    },
  );
});

describe('a length that shape inference takes for another', () => {
  // 10 · 1.3 is 13 in ONNX Runtime's kernel and 12 in its shape inference, which would refuse the gradient's products.
  it('is stated, as it is computed', async () => {
    const scaled = model({
      inputs: [value('x', [1, 1, 10])],
      outputs: [value('y', [1, 1, 13])],
      initializers: new Map([['scales', float32([3], [1, 1, 1.3])]]),
      nodes: [
        node('Resize', ['x', '', 'scales'], ['r'], { mode: string('linear') }),
        node('Exp', ['r'], ['y']),
      ],
    });
    const feeds = { x: noise(seeded(2), [1, 1, 10]), 'cotangent/y': noise(seeded(3), [1, 1, 13]) };
    const results = await runGraph(differentiateModel(scaled, { of: 'y', wrt: ['x'] }), feeds);
    expect(results['y']?.shape).toEqual([1, 1, 13]);
    expect(results['gradient/x']?.shape).toEqual([1, 1, 10]);
  });

  it('is stated behind the last node of a model as well', () => {
    const scaled = model({
      inputs: [value('x', [1, 1, 10])],
      outputs: [value('y', [1, 1, 13])],
      initializers: new Map([['scales', float32([3], [1, 1, 1.3])]]),
      nodes: [node('Resize', ['x', '', 'scales'], ['y'], { mode: string('linear') })],
    });
    const { graph } = prepareModel(scaled);
    expect(graph.nodes.map(({ opType }) => opType)).toEqual(['Resize', 'Reshape', 'Identity']);
  });

  it('is stated in a graph under construction too', async () => {
    const b = new GraphBuilder();
    const x = b.input('x', { elementType: 'float32', shape: [1, 1, 10] });
    const resized = ops.resize(b, x, { scales: [1, 1, 1.3], mode: 'nearest' });
    b.output(ops.mul(b, resized, b.constant(float32([13], new Float32Array(13)))), 'y');
    const { y } = await runGraph(b.build('resized'), { x: noise(seeded(2), [1, 1, 10]) });
    expect(y?.shape).toEqual([1, 1, 13]);
  });
});
