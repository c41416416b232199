import { readFileSync } from 'node:fs';
import { elementCount, float32, GraphBuilder, int64, type Tensor, toNumbers } from 'onnx-gradients/graph';
import { expect, test } from 'vitest';
import { runGraph } from '../../../packages/onnx-gradients/test/support/run-graph.js';
import type { CodecReference, ImageReference } from '../../../src/contracts/manifest.js';
import { PROMPT_PLACES } from '../../../src/paint/graphs/loss.js';
import type { PaintNetworks } from '../../../src/paint/graphs/networks.js';
import { nearestCodes } from '../../../src/paint/graphs/quantise.js';
import { fusedStepGraph } from '../../../src/paint/graphs/step-graphs.js';
import { ADAM } from '../../../src/paint/step/schedule.js';
import { randomWeights } from '../../../src/zoo/architectures/random-weights.js';
import { type Built, drawDecoder, drawImageTower } from '../../../src/zoo/network.js';
import { type PackedTensor, relativeError, roughened, unpacked } from '../../zoo/architectures/fixture.js';

/** What training/reference/step_fixtures.py writes. */
interface StepFixture {
  readonly seed: number;
  readonly rough: number;
  readonly unitRows: boolean;
  readonly range: readonly [number, number];
  readonly decoder: string;
  readonly vqgan: { readonly codes: number };
  readonly tower: string;
  readonly image: { readonly size: number };
  readonly pixels: { readonly mean: readonly number[]; readonly std: readonly number[] };
  readonly latent: PackedTensor;
  readonly prompts: PackedTensor;
  readonly weights: PackedTensor;
  readonly stops: PackedTensor;
  readonly cutouts: Readonly<Record<string, PackedTensor>>;
  readonly indices: PackedTensor;
  readonly loss: number;
  readonly gradient: PackedTensor;
  readonly singleLossError: number;
  readonly singleGradientError: number;
}

const CASES = ['taming', 'taming-wide', 'rough', 'no-attention', 'gumbel', 'unit-rows', 'maskgit-siglip'];

function readStep(name: string): StepFixture {
  const path = new URL(`fixtures/step-${name}.json`, import.meta.url);
  return JSON.parse(readFileSync(path, 'utf8')) as StepFixture; // written by our own script
}

function codebookOf({ seed, vqgan, unitRows }: StepFixture, dim: number): Tensor {
  const codebook = randomWeights(seed)('codebook', [vqgan.codes, dim]);
  if (!unitRows) return codebook;
  const rows = toNumbers(codebook);
  const lengths = Array.from({ length: vqgan.codes }, (_, row) =>
    Math.hypot(...rows.slice(row * dim, (row + 1) * dim)),
  );
  return float32(
    codebook.shape,
    rows.map((value, index) => value / (lengths[Math.floor(index / dim)] ?? 1)),
  );
}

/** The networks that a manifest with these settings would draw. */
function networksOf(step: StepFixture, codebook: Tensor): PaintNetworks {
  const { decoder, vqgan, tower, image, pixels, range, seed, rough } = step;
  const codec = { architecture: decoder, config: vqgan, weights: '' } as unknown as Built<CodecReference>; // by its script
  const shown = { architecture: tower, config: image, weights: '' } as unknown as Built<ImageReference>; // likewise
  const random = randomWeights(seed);
  return {
    decode: (builder, latent) => drawDecoder({ builder, weights: roughened(random, rough) }, codec, latent),
    range,
    codebook,
    clips: [
      {
        image: (builder, views) => drawImageTower({ builder, weights: random }, shown, views),
        ...{ size: image.size, range: [0, 1], ...pixels },
      },
    ],
  };
}

/** Rows of a tensor, followed by as many of one value as there are places. */
function placed(packed: PackedTensor, value: number): Tensor {
  const { shape, data } = unpacked(packed);
  const [, ...rest] = shape;
  const padded = [PROMPT_PLACES, ...rest];
  const values = new Float32Array(elementCount(padded)).fill(value);
  values.set(data as Float32Array); // fixtures of prompts are float32
  return float32(padded, values);
}

test.each(CASES)('a step with %s is as near to double precision as PyTorch is', async (name) => {
  const step = readStep(name);
  const latent = unpacked(step.latent);
  const [, dim = 0, rows = 0, columns = 0] = latent.shape;
  const networks = networksOf(step, codebookOf(step, dim));
  const [clip] = networks.clips;
  if (!clip) throw new Error('A step has a CLIP.');
  const cutouts = Object.entries(step.cutouts).map(
    ([key, packed]) => [`cutouts.${key}`, unpacked(packed)] as const,
  );
  const count = cutouts[0]?.[1].shape[0] ?? 0;
  const graph = fusedStepGraph(networks, { shape: { dim, rows, columns }, clip, cutouts: count });
  const zero = float32(latent.shape, new Float32Array(latent.data.length));
  const number = (value: number) => float32([], [value]);
  const results = await runGraph(graph, {
    ...{ latent, first: zero, second: zero, anchor: zero, pull: number(0) },
    ...{ 'adam.learningRate': number(0.1), 'adam.firstCorrection': number(1) },
    ...{ 'adam.secondCorrection': number(1), share: number(1 / count) },
    'prompts.embeddings': placed(step.prompts, 0),
    'prompts.weights': placed(step.weights, 0),
    'prompts.stops': placed(step.stops, -1e9),
    ...Object.fromEntries(cutouts),
  });
  const loss = Number(results['loss']?.data[0]);
  // One number says little of its rounding: a few last digits are allowed whatever PyTorch had by luck.
  expect(Math.abs(loss / step.loss - 1)).toBeLessThan(Math.max(2 * step.singleLossError, 8e-7));
  // The first moment of a first step is the gradient, shrunk.
  const moment = results['first.next'];
  const gradient = float32(
    latent.shape,
    toNumbers(moment ?? zero).map((value) => value / (1 - ADAM.beta1)),
  );
  const error = relativeError(gradient, unpacked(step.gradient));
  expect(error).toBeLessThan(2 * step.singleGradientError);
});

test.each(CASES)('the quantiser of %s chooses the codes that double precision does', async (name) => {
  const step = readStep(name);
  const latent = unpacked(step.latent);
  const [, dim = 0, rows = 0, columns = 0] = latent.shape;
  const values = toNumbers(latent);
  const places = rows * columns;
  const cells = Array.from({ length: places * dim }, (_, index) => {
    const [place, channel] = [Math.floor(index / dim), index % dim];
    return values[channel * places + place] ?? Number.NaN;
  });
  const b = new GraphBuilder();
  const input = b.input('cells', { elementType: 'float32', shape: [places, dim] });
  b.output(nearestCodes(b, input, b.constant(codebookOf(step, dim))), 'indices');
  const { indices } = await runGraph(b.build('nearest'), { cells: float32([places, dim], cells) });
  expect(indices).toEqual(int64([places], [...(step.indices.int64 ?? [])]));
});
