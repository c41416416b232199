import {
  elementCount,
  encodeModel,
  float32,
  GraphBuilder,
  type Model,
  type Shape,
} from 'onnx-gradients/graph';
import * as op from 'onnx-gradients/ops';
import {
  decodeGraph,
  fusedStepGraph,
  guidanceGraph,
  updateGraph,
} from '../../src/paint/graphs/step-graphs.js';
import { readNetworks } from '../../src/paint/step/open-stepper.js';
import { chunksOf } from '../../src/paint/step/stepper.js';
import { createRuntime } from '../../src/runtime/create-runtime.js';
import { loadModel } from '../../src/zoo/load-model.js';
import { productsOf } from '../gradients/products.js';
import { median } from './median.js';

/** Multiply–accumulates of a step. */
export interface Arithmetic {
  readonly convolution: number;
  readonly matrix: number;
}

/** What the machine can do, in GFLOP/s. */
export interface Floor {
  readonly convolution: number;
  readonly matrix: number;
}

/** How long a step's arithmetic takes at the machine's best rates, in milliseconds. */
export function floorMs(arithmetic: Arithmetic, floor: Floor): number {
  return (
    (2 * arithmetic.convolution) / floor.convolution / 1e6 + (2 * arithmetic.matrix) / floor.matrix / 1e6
  );
}

/** The arithmetic of one step of the pocket model at its own size. */
export async function stepArithmetic({
  cutouts,
  chunk,
}: {
  cutouts: number;
  chunk: number;
}): Promise<Arithmetic> {
  const model = await loadModel({ name: 'pocket' });
  const { vqgan, defaults } = model.manifest;
  const networks = await readNetworks(model, { clips: [0] });
  const [clip] = networks.clips;
  if (!clip) throw new Error('The pocket model has a CLIP.');
  const { width, height } = defaults;
  const shape = { dim: vqgan.dim, rows: height / vqgan.factor, columns: width / vqgan.factor };
  const graphs: { model: Model; times: number }[] =
    chunk >= cutouts
      ? [{ model: fusedStepGraph(networks, { shape, clip, cutouts }), times: 1 }]
      : [
          { model: decodeGraph(networks, shape), times: 1 },
          ...chunksOf(cutouts, chunk).map(([from, to]) => ({
            model: guidanceGraph(clip, { height, width, cutouts: to - from }),
            times: 1,
          })),
          { model: updateGraph(networks, { shape, height, width }), times: 1 },
        ];
  const products = productsOf(graphs);
  const macs = (isConvolution: boolean) =>
    products
      .filter(({ node }) => node.opType.startsWith('Conv') === isConvolution)
      .reduce((sum, product) => sum + product.times * product.macs, 0);
  return { convolution: macs(true), matrix: macs(false) };
}

/** Opens the two graphs that stand for the machine's best: a 3 × 3 convolution over 128 channels and a product of 1536². */
export async function openFloor(threads: number) {
  const runtime = createRuntime({ provider: 'cpu', threads });
  const convolution = await open([1, 128, 128, 128], [128, 128, 3, 3], (b, x, w) =>
    op.conv(b, x, w, { pads: [1, 1, 1, 1] }),
  );
  const matrix = await open([1536, 1536], [1536, 1536], op.matMul);

  async function open(shape: Shape, weights: Shape, emit: typeof op.matMul) {
    const b = new GraphBuilder();
    const x = b.input('x', { elementType: 'float32', shape });
    const noise = (length: number) =>
      Float32Array.from({ length }, (_, index) => ((index * 0x9e3779b1) >>> 0) / 2 ** 33);
    const y = emit(b, x, b.constant(float32(weights, noise(elementCount(weights)))));
    b.output(
      op.reduceMean(
        b,
        y,
        y.type.shape.map((_, axis) => axis),
        false,
      ),
      'mean',
    );
    const model = b.build('floor');
    const [product] = productsOf([{ model, times: 1 }]);
    const session = await runtime.open({ model: encodeModel(model) });
    const feeds = { x: float32(shape, noise(elementCount(shape))) };
    const flop = 2 * (product?.macs ?? 0);
    return { flop, run: () => session.run(feeds), close: () => session.release() };
  }

  const rate = async ({ flop, run }: typeof convolution) => {
    const times: number[] = [];
    for (let index = 0; index < 12; index += 1) {
      const start = performance.now();
      await run();
      // The first runs fill caches and lay out memory.
      if (index >= 3) times.push(performance.now() - start);
    }
    return flop / median(times) / 1e6;
  };
  return {
    measure: async (): Promise<Floor> => ({
      convolution: await rate(convolution),
      matrix: await rate(matrix),
    }),
    close: async () => {
      await convolution.close();
      await matrix.close();
    },
  };
}
