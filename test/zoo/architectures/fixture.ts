import { readFileSync } from 'node:fs';
import {
  encodeModel,
  float32,
  GraphBuilder,
  int64,
  type Model,
  type Tensor,
  toNumbers,
  type Value,
} from 'onnx-gradients/graph';
import ort from 'onnxruntime-node';
import { randomWeights } from '../../../src/zoo/architectures/random-weights.js';
import type { Network, WeightSource } from '../../../src/zoo/architectures/weight-source.js';

export interface PackedTensor {
  readonly shape: readonly number[];
  /** Base64 of little-endian values. */
  readonly float32?: string;
  readonly int64?: readonly number[];
}

/** What training/reference/architectures_fixtures.py writes. */
interface FixtureFile<Config> {
  readonly seed: number;
  /** How far what goes into normalisations lies from zero. */
  readonly rough: number;
  readonly config: Config;
  readonly parameters: Readonly<Record<string, readonly number[]>>;
  readonly input: PackedTensor;
  readonly output: PackedTensor;
  /** How far PyTorch's own single precision is from `output`, relative. */
  readonly singleError: number;
  readonly cotangent?: PackedTensor;
  readonly gradient?: PackedTensor;
  readonly singleGradientError?: number;
}

export function readFixture<Config>(name: string): FixtureFile<Config> {
  const path = new URL(`fixtures/${name}.json`, import.meta.url);
  return JSON.parse(readFileSync(path, 'utf8')) as FixtureFile<Config>; // written by our own script
}

export function unpacked(packed: PackedTensor | undefined): Tensor {
  if (packed?.int64) return int64(packed.shape, packed.int64);
  if (!packed?.float32) throw new Error('This fixture lacks the tensor asked for.');
  const bytes = Buffer.from(packed.float32, 'base64');
  const values = Array.from({ length: bytes.length / 4 }, (_, index) => bytes.readFloatLE(4 * index));
  return float32(packed.shape, values);
}

/** A source that notes which parameters were asked for, with their shapes. */
export function recording(source: WeightSource) {
  const asked: Record<string, readonly number[]> = {};
  const weights: WeightSource = (name, shape) => {
    asked[name] = shape;
    return source(name, shape);
  };
  return { weights, asked };
}

export type Draw = (network: Network, input: Value) => Value;

/** Random weights whose activations lie far from zero before normalisations, as `fill` of the script makes them. */
export function roughened(source: WeightSource, rough: number): WeightSource {
  return (name, shape) => {
    const tensor = source(name, shape);
    if (!/\.(conv_in|conv1)\.bias$/.test(name)) return tensor;
    return float32(
      shape,
      toNumbers(tensor).map((value) => value + rough),
    );
  };
}

/** Builds a network around one input of the tensor's type. */
export function drawn(
  input: Tensor,
  { seed, rough }: { readonly seed: number; readonly rough: number },
  draw: Draw,
) {
  const builder = new GraphBuilder();
  const { weights, asked } = recording(roughened(randomWeights(seed), rough));
  const given = builder.input('input', input);
  const output = draw({ builder, weights }, given);
  return { builder, given, output, asked };
}

/** Runs a model on the processor. */
export async function run(model: Model, feeds: Readonly<Record<string, Tensor>>) {
  const session = await ort.InferenceSession.create(encodeModel(model), {
    intraOpNumThreads: 1,
    logSeverityLevel: 3,
  });
  const entries = Object.entries(feeds).map(([name, { elementType, data, shape }]) => {
    if (elementType !== 'float32' && elementType !== 'int64')
      throw new Error(`No ${elementType} in these tests.`);
    return [name, new ort.Tensor(elementType, data, shape)] as const;
  });
  const results = await session.run(Object.fromEntries(entries));
  await session.release();
  return Object.fromEntries(
    Object.entries(results).map(([name, { data, dims }]) => [name, float32(dims, data as Float32Array)]), // all are float
  );
}

/** ‖got − expected‖ / ‖expected‖. */
export function relativeError(got: Tensor | undefined, expected: Tensor): number {
  if (got?.shape.join() !== expected.shape.join()) {
    throw new Error(`Expected shape [${expected.shape}], got [${got?.shape}].`);
  }
  let difference = 0;
  let norm = 0;
  for (let index = 0; index < expected.data.length; index += 1) {
    const value = Number(expected.data[index]);
    difference += (Number(got.data[index]) - value) ** 2;
    norm += value ** 2;
  }
  return Math.sqrt(difference / norm);
}
