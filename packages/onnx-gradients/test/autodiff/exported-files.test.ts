import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { differentiateModel, hessianProductModel } from '../../src/autodiff/differentiate-model.js';
import { gradients } from '../../src/autodiff/gradients.js';
import { GraphBuilder } from '../../src/onnx/builder.js';
import { readModel } from '../../src/onnx/codec/read-model.js';
import { castTensor } from '../../src/onnx/fold/cast.js';
import { fold } from '../../src/onnx/fold/fold.js';
import * as ops from '../../src/onnx/ops.js';
import { prepareModel } from '../../src/onnx/prepare-model.js';
import { elementCount, float32, type Tensor } from '../../src/onnx/tensor.js';
import { FIXTURES } from '../support/folders.js';
import { runGraph } from '../support/run-graph.js';
import { compareGradients } from './support/file-gradient.js';

const open = (name: string) => readModel(join(FIXTURES, 'engine', `${name}.onnx`));

/** Numbers that repeat nowhere, in the shape of each input; open dimensions are 4. */
function feedsOf(model: ReturnType<typeof open>): Readonly<Record<string, Tensor>> {
  let at = 0.3;
  return Object.fromEntries(
    model.graph.inputs.map(({ name, shape = [] }) => {
      const sizes = shape.map((size) => (typeof size === 'number' ? size : 4));
      const data = Float32Array.from({ length: elementCount(sizes) }, () => {
        at += 1;
        return Math.sin(at * 1.7) * 1.3;
      });
      return [name, float32(sizes, data)];
    }),
  );
}

describe('a file that an exporter wrote', () => {
  it.each([
    ['a weight that is squared and added', '01_l2_penalty', ['x', 'W']],
    ['a weight that is only squared', '01_only_folded', ['x', 'W']],
    ['a weight as it is and squared', '01_squared', ['x', 'W']],
    ['a weight as it is and transposed', '01_tied_transpose', ['x', 'W']],
    ['a nearest Resize by 3.05', '02_from_torch', ['x']],
    ['a nearest Resize whose lengths divide', '02_resize_half_pixel_12', ['x']],
    ['a linear Resize that keeps a length', '03_resize_linear', ['x']],
    ['a nearest Resize that keeps a length', '03_resize_nearest', ['x']],
    ['an operator off the path that nobody knows', '09_side', ['x']],
    ['nodes out of order', '10_unsorted', ['x']],
    ['a class token behind Expand', '14_class_token', ['x', 'c']],
    ['a scale and a bias behind Unsqueeze', '14_groupnorm', ['x', 's', 'b']],
    ['positions behind Gather', '14_position', ['x', 'P']],
    ['weights standardised by a BatchNormalization that trains', '12_std_conv', ['x', 'bias']],
    ['a loss', '13_SoftmaxCrossEntropyLoss', ['x']],
    ['an Einsum that repeats what it sums', '17_einsum', ['a', 'b']],
    ['a OneHot of known positions', '21_repeat_interleave', ['x']],
    ['int64 at the end of its range', '22_value_int', ['x']],
  ])('%s: its gradients are the slopes of what ONNX Runtime computes', async (_, name, wrt) => {
    const model = open(name);
    const compared = await compareGradients(
      model,
      { of: 'y', wrt, dimensions: { batch: 4 } },
      feedsOf(model),
    );
    for (const { numeric, analytic, name: by } of compared)
      expect(Math.abs(analytic - numeric), `${by}: ${numeric}`).toBeLessThan(2e-3 * (1 + Math.abs(numeric)));
  });
});

describe('half precision', () => {
  it('has gradients where the runtime adds in single precision only', async () => {
    const gradientGraph = differentiateModel(open('18_maxpool_f16'), { of: 'y', wrt: ['x'] });
    const half = (shape: readonly number[], values: readonly number[]) =>
      castTensor(float32(shape, values), 'float16');
    const x = half(
      [1, 2, 6, 6],
      Array.from({ length: 72 }, (_, i) => (i * 29) % 37),
    );
    const g = half(
      [1, 2, 3, 3],
      Array.from({ length: 18 }, (_, i) => i + 1),
    );
    const { 'gradient/x': dx } = await runGraph(gradientGraph, { x, 'cotangent/y': g });
    const values = dx ? [...castTensor(dx, 'float32').data].map(Number) : [];
    expect(values.reduce((sum, value) => sum + value, 0)).toBe(171);
    expect(values.filter((value) => value !== 0)).toHaveLength(18);
  });
});

describe('outputs that cannot be brought along', () => {
  it('are left out with a word', () => {
    const warnings: string[] = [];
    const { graph } = differentiateModel(open('09_side'), {
      of: 'y',
      wrt: ['x'],
      onWarning: (sentence) => warnings.push(sentence),
    });
    expect(graph.outputs.map(({ name }) => name)).toEqual(['y', 'gradient/x']);
    expect(warnings).toEqual([
      'The output "u" is left out: QuantizeLinear (node "QuantizeLinear_0", opset 18): The operator is not supported.',
    ]);
  });
});

describe('a weight that was computed with before', () => {
  it('is refused in a prepared model, and given when it was set apart', async () => {
    const model = open('01_tied_transpose');
    expect(() => differentiateModel(prepareModel(model), { of: 'y', wrt: ['W'] })).toThrow(
      '"W" was in part computed away when the model was prepared; name it in `apart` then, or differentiate the model as it was read.',
    );
    const prepared = prepareModel(model, { apart: ['W'] });
    const feeds = { ...feedsOf(model), 'cotangent/y': float32([2, 3], [1, 2, 3, 4, 5, 6]) };
    const results = await runGraph(differentiateModel(prepared, { of: 'y', wrt: ['W'] }), feeds);
    const direct = await runGraph(differentiateModel(model, { of: 'y', wrt: ['W'] }), feeds);
    expect(results['gradient/W']).toEqual(direct['gradient/W']);
  });

  it('is refused by a folding builder that was not told', () => {
    const b = new GraphBuilder({ fold });
    const w = b.constant(float32([2], [1, 2]), 'w');
    const x = b.input('x', w.type);
    const y = ops.mul(b, x, ops.exp(b, w));
    expect(() => gradients(b, { of: [{ value: y, cotangent: b.float32s([1, 1]) }], wrt: [w] })).toThrow(
      /^Cannot differentiate by "w": "Exp" was computed from it while the graph was built/,
    );
  });

  it('is refused where an earlier gradient turned it round', () => {
    const b = new GraphBuilder();
    const x = b.input('x', { elementType: 'float32', shape: [1, 1, 4, 4] });
    const w = b.constant(float32([1, 1, 3, 3], [1, 2, 3, 4, 5, 6, 7, 8, 9]), 'w');
    const y = ops.conv(b, x, w);
    const [dx] = gradients(b, { of: [{ value: y, cotangent: y }], wrt: [x] });
    if (!dx) throw new Error('No gradient.');
    expect(() => gradients(b, { of: [{ value: dx, cotangent: x }], wrt: [w] })).toThrow(/"w\/flipped"/);
  });
});

describe('values that stop gradients', () => {
  it('let a straight-through estimator be what it was in PyTorch', async () => {
    const model = open('15_straight_through');
    const detached = model.graph.nodes.find(
      ({ opType, outputs }) => opType === 'Sub' && outputs[0] !== '/Sub_output_0',
    );
    const name = detached?.outputs[0] ?? '';
    const gradientGraph = differentiateModel(model, { of: 'y', wrt: ['x'], stop: [name] });
    const x = float32(
      [5, 4],
      Float32Array.from({ length: 20 }, (_, i) => Math.sin(i)),
    );
    const g = float32(
      [5, 4],
      Float32Array.from({ length: 20 }, (_, i) => i),
    );
    const results = await runGraph(gradientGraph, { x, 'cotangent/y': g });
    expect(results['gradient/x']).toEqual(g);
  });

  it('stop at a name that only renames another', async () => {
    const b = new GraphBuilder();
    const x = b.input('x', { elementType: 'float32', shape: [2] });
    b.output(ops.mul(b, x, b.apart(x, 'detached')), 'y');
    const model = b.build('g');
    const feeds = { x: float32([2], [3, 5]), 'cotangent/y': float32([2], [1, 1]) };
    const stopped = await runGraph(
      differentiateModel(model, { of: 'y', wrt: ['x'], stop: ['detached'] }),
      feeds,
    );
    const whole = await runGraph(differentiateModel(model, { of: 'y', wrt: ['x'] }), feeds);
    const inner = await runGraph(differentiateModel(model, { of: 'y', wrt: ['detached'] }), feeds);
    expect([...(stopped['gradient/x']?.data ?? [])]).toEqual([3, 5]);
    expect([...(whole['gradient/x']?.data ?? [])]).toEqual([6, 10]);
    expect([...(inner['gradient/detached']?.data ?? [])]).toEqual([3, 5]);
  });
});

describe('second derivatives', () => {
  it('are the gradient of a gradient graph, under a name that is free', async () => {
    const once = open('11_sin_gradient');
    const twice = differentiateModel(once, { of: 'gradient/x', wrt: ['x', 'x'] });
    expect(twice.graph.outputs.map(({ name }) => name)).toEqual(['y', 'gradient/x', 'gradient/x_1']);
    const ones = float32([3], [1, 1, 1]);
    const x = float32([3], [0.1, 0.5, 2]);
    const results = await runGraph(twice, { x, 'cotangent/y': ones, 'cotangent/gradient/x': ones });
    const got = [...(results['gradient/x_1']?.data ?? [])].map(Number);
    [0.1, 0.5, 2].forEach((at, i) => {
      expect(got[i]).toBeCloseTo(-Math.sin(at), 5);
    });
  });

  it('times a vector are one command', async () => {
    const b = new GraphBuilder();
    const x = b.input('x', { elementType: 'float32', shape: [3] });
    const w = b.constant(float32([3], [2, 3, 4]), 'w');
    b.output(ops.reduceSum(b, ops.mul(b, w, ops.mul(b, ops.mul(b, x, x), x)), undefined, false), 'loss');
    const product = hessianProductModel(b.build('g'), { of: 'loss', wrt: ['x', 'w'] });
    const results = await runGraph(product, {
      x: float32([3], [1, 2, 3]),
      'vector/x': float32([3], [1, 10, 100]),
      'vector/w': float32([3], [0, 0, 1]),
    });
    // L = Σ w·x³: 6wx·v + 3x²·u and 3x²·v.
    expect([...(results['hessian/x']?.data ?? [])]).toEqual([12, 360, 7227]);
    expect([...(results['hessian/w']?.data ?? [])]).toEqual([3, 120, 2700]);
  });
});
