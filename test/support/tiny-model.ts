import { mkdir, readFile, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { type Manifest, manifestSchema } from '../../src/contracts/manifest.js';
import { GraphBuilder, string, type Value } from '../../src/onnx/builder.js';
import { writeModel } from '../../src/onnx/codec/write-model.js';
import type { Dimension, Model } from '../../src/onnx/graph.js';
import * as op from '../../src/onnx/ops.js';
import { elementCount, float32, type Shape } from '../../src/onnx/tensor.js';
import { sha256 } from '../../src/zoo/sha256.js';

const DIM = 8;
const CODES = 32;
const EMBEDDING = 12;
const CONTEXT = 8;
const SIZE = 16;
const WORDS = ['<pad>', '<eos>', '<unk>', 'a', 'red', 'blue', 'apple', 'castle', 'fog', 'on', 'background'];

export interface TinyModelOptions {
  readonly name?: string;
  /** CLIPs with different weights; 1 by default. */
  readonly clips?: number;
  readonly seed?: number;
}

/**
 * Writes a complete model into a folder: a convolutional VQGAN of factor 8 with an encoder, CLIP towers and a tokenizer,
 * all with random weights. It paints nothing one would recognise, but in the same way as a real one: 32 × 32 pixels take
 * milliseconds a step.
 */
export async function writeTinyModel(folder: string, options: TinyModelOptions = {}): Promise<Manifest> {
  const { name = 'tiny', clips = 1, seed = 1 } = options;
  await mkdir(folder, { recursive: true });
  const numbers = uniformNumbers(seed);
  const writeGraph = async (file: string, model: Model) => writeModel(join(folder, file), model);
  await writeGraph('decoder.onnx', decoder(numbers));
  await writeGraph('encoder.onnx', encoder(numbers));
  await writeFile(join(folder, 'codebook.f32'), new Uint8Array(numbers([CODES, DIM], 1).data.buffer));
  await writeFile(join(folder, 'tokenizer.json'), JSON.stringify(tokenizer()));
  for (let index = 0; index < clips; index += 1) {
    await writeGraph(`clip-image-${index}.onnx`, imageTower(numbers));
    await writeGraph(`clip-text-${index}.onnx`, textTower(numbers));
  }
  const manifest = await manifestOf({ folder, name, clips });
  await writeFile(join(folder, 'manifest.json'), JSON.stringify(manifest));
  return manifest;
}

/** Makes float32 tensors of uniform numbers in ±scale; each call goes on in the same stream. */
type Numbers = (shape: Shape, scale: number) => ReturnType<typeof float32>;

function uniformNumbers(seed: number): Numbers {
  let state = seed;
  return (shape, scale) => {
    const values = Float32Array.from({ length: elementCount(shape) }, () => {
      state = (Math.imul(state, 1664525) + 1013904223) >>> 0;
      return scale * ((state / 2 ** 32) * 2 - 1);
    });
    return float32(shape, values);
  };
}

/** A convolution with a 3 × 3 kernel, scaled so that activations keep their size. */
function convolve(
  b: GraphBuilder,
  x: Value,
  { out, numbers, strides = [1, 1] }: { out: number; numbers: Numbers; strides?: readonly number[] },
): Value {
  const channels = x.type.shape[1] ?? 1;
  const kernel = b.constant(numbers([out, channels, 3, 3], Math.sqrt(3 / (9 * channels))), 'kernel');
  const bias = b.constant(numbers([out], 0.1), 'bias');
  return op.conv(b, x, kernel, { bias, pads: [1, 1, 1, 1], strides });
}

const swish = (b: GraphBuilder, x: Value) => op.mul(b, x, op.sigmoid(b, x));

/** z [1, dim, h, w] → image [1, 3, 8h, 8w]. */
function decoder(numbers: Numbers): Model {
  const b = new GraphBuilder();
  let x = b.input('z', { elementType: 'float32', shape: [1, DIM, 4, 4] });
  for (const out of [16, 8, 8]) {
    x = swish(b, convolve(b, x, { out, numbers }));
    const attributes = {
      coordinate_transformation_mode: string('asymmetric'),
      nearest_mode: string('floor'),
    };
    x = op.resize(b, x, { scales: [1, 1, 2, 2], mode: 'nearest', attributes });
  }
  b.output(convolve(b, x, { out: 3, numbers }), 'image');
  return withDimensions(b.build('decoder'), {
    inputs: [[1, DIM, 'h', 'w']],
    outputs: [[1, 3, 'height', 'width']],
  });
}

/** image [1, 3, 8h, 8w] → z [1, dim, h, w]. */
function encoder(numbers: Numbers): Model {
  const b = new GraphBuilder();
  let x = b.input('image', { elementType: 'float32', shape: [1, 3, 32, 32] });
  for (const out of [8, 8, 16]) x = swish(b, convolve(b, x, { out, numbers, strides: [2, 2] }));
  b.output(convolve(b, x, { out: DIM, numbers }), 'z');
  return withDimensions(b.build('encoder'), {
    inputs: [[1, 3, 'height', 'width']],
    outputs: [[1, DIM, 'h', 'w']],
  });
}

/** pixels [n, 3, size, size] → embedding [n, width]. */
function imageTower(numbers: Numbers): Model {
  const b = new GraphBuilder();
  let x = b.input('pixels', { elementType: 'float32', shape: [2, 3, SIZE, SIZE] });
  for (const out of [8, 16]) x = swish(b, convolve(b, x, { out, numbers, strides: [2, 2] }));
  const pooled = op.reduceMean(b, x, [2, 3], false);
  const projection = b.constant(numbers([16, EMBEDDING], 0.5), 'projection');
  b.output(op.matMul(b, pooled, projection), 'embedding');
  return withDimensions(b.build('image'), {
    inputs: [['n', 3, SIZE, SIZE]],
    outputs: [['n', EMBEDDING]],
  });
}

/** ids [n, context] → embedding [n, width]: the mean of the words' vectors. */
function textTower(numbers: Numbers): Model {
  const b = new GraphBuilder();
  const ids = b.input('ids', { elementType: 'int64', shape: [2, CONTEXT] });
  const table = b.constant(numbers([WORDS.length, EMBEDDING], 1), 'words');
  b.output(op.reduceMean(b, op.gather(b, table, ids), [1], false), 'embedding');
  return withDimensions(b.build('text'), { inputs: [['n', CONTEXT]], outputs: [['n', EMBEDDING]] });
}

interface Dimensions {
  readonly inputs: readonly (readonly Dimension[])[];
  readonly outputs: readonly (readonly Dimension[])[];
}

/** The model with the named dimensions that an exported one would have. */
function withDimensions(model: Model, { inputs, outputs }: Dimensions): Model {
  const named = (values: Model['graph']['inputs'], shapes: Dimensions['inputs']) =>
    values.map((value, index) => ({ ...value, shape: shapes[index] ?? [] }));
  const { graph } = model;
  return {
    ...model,
    graph: { ...graph, inputs: named(graph.inputs, inputs), outputs: named(graph.outputs, outputs) },
  };
}

function tokenizer() {
  return {
    version: '1.0',
    added_tokens: [],
    normalizer: { type: 'Lowercase' },
    pre_tokenizer: { type: 'Split', pattern: { Regex: '[a-z]+' }, behavior: 'Removed', invert: true },
    post_processor: null,
    decoder: null,
    model: {
      type: 'WordPiece',
      unk_token: '<unk>',
      continuing_subword_prefix: '##',
      vocab: Object.fromEntries(WORDS.map((word, id) => [word, id])),
    },
  };
}

async function manifestOf({ folder, name, clips }: { folder: string; name: string; clips: number }) {
  const towers = Array.from({ length: clips }, (_, index) => ({
    image: {
      ...{ file: `clip-image-${index}.onnx`, input: 'pixels', output: 'embedding', size: SIZE },
      ...{ mean: [0.5, 0.4, 0.3], std: [0.3, 0.25, 0.2], range: [0, 1] },
    },
    text: { file: `clip-text-${index}.onnx`, input: 'ids', output: 'embedding', context: CONTEXT },
    tokenizer: { file: 'tokenizer.json' },
    weight: 1 + index,
  }));
  const files = [
    ...['decoder.onnx', 'encoder.onnx', 'codebook.f32', 'tokenizer.json'],
    ...towers.flatMap(({ image, text }) => [image.file, text.file]),
  ];
  const described = await Promise.all(
    files.map(async (file) => {
      const bytes = await readFile(join(folder, file));
      return [file, { bytes: bytes.length, sha256: sha256(bytes), dtype: 'float32' }] as const;
    }),
  );
  const manifest = {
    ...{ format: 1, name, title: 'Tiny', licence: 'MIT', source: 'random numbers' },
    vqgan: {
      ...{ factor: 8, codes: CODES, dim: DIM, range: [-1, 1] },
      decoder: { file: 'decoder.onnx', input: 'z', output: 'image' },
      encoder: { file: 'encoder.onnx', input: 'image', output: 'z' },
      codebook: { file: 'codebook.f32' },
    },
    clips: towers,
    defaults: { width: 32, height: 32, steps: 5, cutouts: 4, learningRate: 0.15, start: 'noise' },
    suggestions: ['a red apple'],
    files: Object.fromEntries(described),
  };
  return manifestSchema.parse(manifest);
}
