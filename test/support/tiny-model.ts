import { mkdir, readFile, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import {
  type Dimension,
  elementCount,
  float32,
  GraphBuilder,
  int64,
  type Model,
  type Shape,
  string,
  type Value,
} from 'onnx-gradients/graph';
import { writeModel } from 'onnx-gradients/node';
import * as op from 'onnx-gradients/ops';
import type { Manifest } from '../../src/contracts/manifest.js';
import { manifestSchema } from '../../src/contracts/manifest-schema.js';
import { sha256 } from '../../src/zoo/sha256.js';

const DIM = 8;
const CODES = 32;
const EMBEDDING = 12;
const CONTEXT = 8;
const SIZE = 16;
/** Cells of the prior's 4 × 4 grid. */
const POSITIONS = 16;
const WORDS = ['<pad>', '<eos>', '<unk>', 'a', 'red', 'blue', 'apple', 'castle', 'fog', 'on', 'background'];

export interface TinyModelOptions {
  readonly name?: string;
  /** The weights of its CLIPs; [1] by default. */
  readonly clips?: readonly number[];
  readonly seed?: number;
  /** With a prior whose sample is known: see `priorStep`. */
  readonly prior?: boolean;
  /** Lets the prior draw any code, not only the likeliest. */
  readonly wild?: boolean;
}

/**
 * Writes a complete model into a folder: a convolutional VQGAN of factor 8 with an encoder, CLIP towers and a tokenizer,
 * all with random weights. It paints nothing one would recognise, but in the same way as a real one: 32 × 32 pixels take
 * milliseconds a step.
 */
export async function writeTinyModel(folder: string, options: TinyModelOptions = {}): Promise<Manifest> {
  const { name = 'tiny', clips = [1], seed = 1, prior = false, wild = false } = options;
  await mkdir(folder, { recursive: true });
  const numbers = uniformNumbers(seed);
  const writeGraph = async (file: string, model: Model) => writeModel(join(folder, file), model);
  await writeGraph('decoder.onnx', decoder(numbers));
  await writeGraph('encoder.onnx', encoder(numbers));
  await writeFile(join(folder, 'codebook.f32'), new Uint8Array(numbers([CODES, DIM], 1).data.buffer));
  await writeFile(join(folder, 'tokenizer.json'), JSON.stringify(tinyTokenizer()));
  for (const index of clips.keys()) {
    await writeGraph(`clip-image-${index}.onnx`, imageTower(numbers));
    await writeGraph(`clip-text-${index}.onnx`, textTower(numbers));
  }
  if (prior) {
    await writeGraph('prior-plan.onnx', priorPlan());
    await writeGraph('prior-step.onnx', priorStep());
  }
  const manifest = await manifestOf({ folder, name, clips, prior, wild });
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

/** ids [2, context] → plan [2, 16, 1]: how many castles, counted twice, and apples a text has, at every position. */
function priorPlan(): Model {
  const b = new GraphBuilder();
  const ids = b.input('ids', { elementType: 'int64', shape: [2, CONTEXT] });
  const counts = WORDS.map((word) => ['', 'apple', 'castle'].indexOf(word)).map((count) =>
    Math.max(count, 0),
  );
  const offsets = op.reduceSum(b, op.gather(b, b.constant(float32([WORDS.length], counts)), ids), [1]);
  b.output(op.expand(b, op.unsqueeze(b, offsets, [2]), [2, POSITIONS, 1]), 'plan');
  return b.build('plan');
}

/**
 * A step whose likeliest code is how many positions lie before (counted in the cache) plus the plan's offset:
 * logits −(code − position − offset)². With guidance g the likeliest is position + g·offset.
 */
function priorStep(): Model {
  const b = new GraphBuilder();
  const near = b.input('near', { elementType: 'int64', shape: [2, 3] });
  const position = b.input('position', { elementType: 'int64', shape: [1] });
  const plan = b.input('plan', { elementType: 'float32', shape: [2, 1] });
  const past = b.input('past', { elementType: 'float32', shape: [1, 2, 2, 1, POSITIONS, 1] });
  const places = b.constant(int64([1, 1, 1, 1, POSITIONS, 1], [...new Array(POSITIONS).keys()]));
  const before = op.cast(b, op.less(b, places, position), 'float32');
  const count = op.reduceSum(b, op.mul(b, past, before), [0, 1, 3, 4, 5], false);
  const unused = op.mul(b, op.reduceSum(b, op.cast(b, near, 'float32'), [1]), b.scalar(0));
  const target = op.add(b, op.add(b, op.unsqueeze(b, op.mul(b, count, b.scalar(0.5)), [1]), plan), unused);
  const distance = op.sub(b, b.constant(float32([1, CODES], [...new Array(CODES).keys()])), target);
  b.output(op.neg(b, op.mul(b, distance, distance)), 'logits');
  const one = op.unsqueeze(b, op.add(b, op.mul(b, plan, b.scalar(0)), b.scalar(1)), [0, 1, 3, 4]);
  b.output(op.concat(b, [one, one], 1), 'present');
  return withDimensions(b.build('step'), {
    inputs: [['rows', 3], [1], ['rows', 1], [1, 2, 'rows', 1, POSITIONS, 1]],
    outputs: [
      ['rows', CODES],
      [1, 2, 'rows', 1, 1, 1],
    ],
  });
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

/** Knows the words above. */
export function tinyTokenizer() {
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

interface Facts {
  readonly folder: string;
  readonly name: string;
  readonly clips: readonly number[];
  readonly prior: boolean;
  readonly wild: boolean;
}

const PRIOR = {
  file: 'prior-step.onnx',
  grid: [4, 4],
  conditioning: {
    ...{ file: 'prior-plan.onnx', input: 'ids', output: 'plan', width: 1, empty: new Array(CONTEXT).fill(0) },
    guidance: 3,
  },
  cache: {
    inputs: { codes: 'near', position: 'position', plan: 'plan', past: 'past' },
    outputs: { logits: 'logits', present: 'present' },
    ...{ outside: CODES, layers: 1, rows: 2, heads: 1, size: 1 },
  },
};

async function manifestOf({ folder, name, clips, prior, wild }: Facts) {
  const chance = wild ? { temperature: 1000, topK: CODES } : { temperature: 1, topK: 1 };
  const towers = clips.map((weight, index) => ({
    image: {
      ...{ file: `clip-image-${index}.onnx`, input: 'pixels', output: 'embedding', size: SIZE },
      ...{ mean: [0.5, 0.4, 0.3], std: [0.3, 0.25, 0.2], range: [0, 1] },
    },
    text: { file: `clip-text-${index}.onnx`, input: 'ids', output: 'embedding', context: CONTEXT },
    tokenizer: { file: 'tokenizer.json' },
    weight,
  }));
  const files = [
    ...['decoder.onnx', 'encoder.onnx', 'codebook.f32', 'tokenizer.json'],
    ...towers.flatMap(({ image, text }) => [image.file, text.file]),
    ...(prior ? [PRIOR.file, PRIOR.conditioning.file] : []),
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
    ...(prior && { prior: { ...PRIOR, conditioning: { ...PRIOR.conditioning, ...chance } } }),
    defaults: { width: 32, height: 32, steps: 5, cutouts: 4, learningRate: 0.15, start: 'noise' },
    suggestions: ['a red apple'],
    files: Object.fromEntries(described),
  };
  return manifestSchema.parse(manifest);
}
