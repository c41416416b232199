import { mkdtemp, readdir, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { gradients } from 'onnx-gradients';
import { encodeHalf, float32, fold, GraphBuilder, type Model, type Tensor } from 'onnx-gradients/graph';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { writeSafetensors } from '../../src/checkpoints/safetensors/write-safetensors.js';
import { KnownContents } from '../../src/hash-file.js';
import { createRuntime } from '../../src/runtime/create-runtime.js';
import { findGraphs } from '../../src/runtime/graph-cache.js';
import { convolution } from '../../src/zoo/architectures/convolution.js';
import { dense } from '../../src/zoo/architectures/dense.js';
import type { Network } from '../../src/zoo/architectures/weight-source.js';
import type { LoadedModel } from '../../src/zoo/load-model.js';
import { readWeights } from '../../src/zoo/read-weights.js';

/** Large enough to stay in the file: a matrix in half precision, a kernel in single. */
const SHAPES = { 'fc.weight': [256, 256], 'fc.bias': [256], 'conv.weight': [64, 128, 3, 3] };
const KINDS = { 'fc.weight': 'float16', 'fc.bias': 'float16', 'conv.weight': 'float32' } as const;

let folder: string;
let model: LoadedModel;
beforeAll(async () => {
  folder = await mkdtemp(join(tmpdir(), 'easel-weights-'));
  const path = join(folder, 'w.safetensors');
  const tensors = Object.entries(SHAPES).map(([name, shape], index) => {
    const length = shape.reduce((a, b) => a * b, 1);
    const values = Float32Array.from({ length }, (_, i) => Math.sin(i * (1 + index)) / 16);
    const elementType = KINDS[name as keyof typeof KINDS]; // its keys are those of SHAPES
    const data = elementType === 'float16' ? encodeHalf(values) : values;
    return [name, { elementType, shape, read: () => ({ elementType, shape, data }) }] as const;
  });
  await writeSafetensors({ path, tensors: new Map(tensors) });
  model = { manifest: { name: 'test' }, verified: async () => path } as unknown as LoadedModel; // all that is asked for
});
afterAll(() => rm(folder, { recursive: true, force: true }));

/** x → a product and a convolution, with the gradient back to x. */
function draw(source: Omit<Network, 'builder'>): Model {
  const builder = new GraphBuilder({ fold });
  const network = { builder, ...source };
  const x = builder.input('x', { elementType: 'float32', shape: [32, 256] });
  const rows = dense(network, x, { weight: 'fc.weight', bias: 'fc.bias', out: 256 });
  const square = builder.op('Reshape', [rows, builder.int64s([1, 128, 8, 8])]);
  const y = convolution(network, square, { name: 'conv', out: 64, kernel: 3, hasBias: false });
  const cotangent = builder.constant(float32(y.type.shape, new Float32Array(64 * 64).fill(0.5)), 'seed');
  const [gradient] = gradients(builder, { of: [{ value: y, cotangent }], wrt: [x] });
  if (!gradient) throw new Error('Expected a gradient.');
  builder.output(y, 'y');
  builder.output(gradient, 'gradient');
  return builder.build('test');
}

async function run(source: Omit<Network, 'builder'>, cacheDir?: string): Promise<readonly Tensor[]> {
  const { sources } = await findGraphs({
    ...{ cacheDir, secret: new Uint8Array(32), contents: new KnownContents() },
    ...{ group: 'a'.repeat(64), key: [], names: ['g'] as const, build: async () => ({ g: draw(source) }) },
  });
  const session = await createRuntime({ provider: 'cpu', threads: 1 }).open(sources.g);
  const x = float32(
    [32, 256],
    Float32Array.from({ length: 32 * 256 }, (_, i) => Math.cos(i)),
  );
  const results = await session.run({ x });
  await session.release();
  return Object.values(results);
}

test('large weights stay in their file as they are published, forwards and backwards, and give the same numbers', async () => {
  const source = await readWeights(model, 'w.safetensors');
  const expected = await run({ weights: source.weights });
  const linked = await run(source, join(folder, 'cache'));
  expect(linked).toEqual(expected);
  const names = await readdir(join(folder, 'cache', 'graphs', 'a'.repeat(32)));
  expect(names.filter((name) => /^(linked|weights)-/.test(name))).toEqual([
    expect.stringMatching(/^linked-\w+-w\.safetensors$/),
  ]);
});

test('where nothing can be linked they are carried along', async () => {
  const source = await readWeights(model, 'w.safetensors');
  expect(await run(source)).toEqual(await run({ weights: source.weights }));
});

test('a tensor that only its place is asked of is never read', async () => {
  const { stored } = await readWeights(model, 'w.safetensors');
  const tensor = stored?.('conv.weight', SHAPES['conv.weight']);
  await rm(join(folder, 'w.safetensors'));
  expect(tensor?.origin?.path).toBe(join(folder, 'w.safetensors'));
  expect(() => tensor?.data).toThrow(/w\.safetensors/);
});
