import { float32 } from 'onnx-gradients/graph';
import { decodeGraph } from '../../paint/graphs/step-graphs.js';
import type { PaintNetworks } from '../../paint/graphs/networks.js';
import { inHalf } from '../../paint/graphs/in-half.js';
import { createCodec } from '../../paint/latent/codec.js';
import { latentOfCodes } from '../../paint/latent/codes.js';
import { openCached } from '../../paint/sessions/open-cached.js';
import { readNetworks } from '../../paint/step/open-stepper.js';
import type { Runtime, Session } from '../../runtime/runtime.js';
import { readCodebook } from '../../zoo/codebook.js';
import type { LoadedModel } from '../../zoo/load-model.js';
import { drawScene } from './test-pictures.js';

/** Cells a side: a picture of a quarter of the usual size shows what rounding does. */
const SIDE = 8;
/** Above this no eye tells two pictures apart. */
const LEAST_DECIBELS = 45;

/**
 * Whether a decoder paints the same picture in half precision: not where a product leaves its range, or roundings add up.
 */
export async function worksInHalf(model: LoadedModel, runtime: Runtime): Promise<boolean> {
  const { dim, factor } = model.manifest.vqgan;
  const grid = { rows: SIDE, columns: SIDE };
  const codec = await createCodec(model, runtime);
  const codes = await codec.encode(drawScene(SIDE * factor, SIDE * factor), grid);
  await codec.release();
  const latent = latentOfCodes(codes, await readCodebook(model));
  // By files, so that weights are never whole in memory twice.
  const decode = async (name: string, change: (networks: PaintNetworks) => PaintNetworks) => {
    const { opened: session } = await openCached<Session>({
      ...{ model, runtime, key: ['check', name], names: ['decode'], onCpu: true },
      build: async () => ({
        decode: decodeGraph(change(await readNetworks(model, { clips: [] })), { dim, ...grid }),
      }),
      open: (open) => open('decode'),
    });
    try {
      const { picture } = await session.run({ latent: float32([1, dim, SIDE, SIDE], latent) });
      if (!(picture?.data instanceof Float32Array)) throw new Error('The decoder gives no picture.');
      return picture.data;
    } finally {
      await session.release();
    }
  };
  const single = await decode('single', (networks) => networks);
  const half = await decode('half', (networks) => ({
    ...networks,
    decode: inHalf(networks.decode, { keepsRounding: true }),
  }));
  const squares = single.reduce((sum, value, index) => sum + (value - (half[index] ?? 0)) ** 2, 0);
  return -10 * Math.log10(squares / single.length) >= LEAST_DECIBELS;
}
