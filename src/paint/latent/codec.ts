import { encodeModel, float32, GraphBuilder, type Tensor } from 'onnx-gradients/graph';
import * as op from 'onnx-gradients/ops';
import type { Picture } from '../../contracts/picture.js';
import type { Runtime, Session } from '../../runtime/runtime.js';
import { readCodebook } from '../../zoo/codebook.js';
import type { LoadedModel } from '../../zoo/load-model.js';
import { nearestCodes } from '../graphs/quantise.js';
import { decodeGraph } from '../graphs/step-graphs.js';
import { openCached } from '../sessions/open-cached.js';
import { readNetworks } from '../step/open-stepper.js';
import { type Grid, isSameGrid, latentOfCodes } from './codes.js';
import { createEncoder } from './encoder.js';
import { pictureFromPlanes } from './resize-picture.js';

/** Turns pictures into code indices and back: x̂ = G(q(E(x))) (Esser et al. 2021). */
export interface Codec {
  /** Whether the model has an encoder. */
  readonly canEncode: boolean;
  /** The code indices of a picture (cut to the grid's shape), in raster order; the session for the last grid stays open. */
  encode(picture: Picture, grid: Grid): Promise<Int32Array>;
  /** The picture of codes; the session for the last grid stays open. */
  decode(codes: Int32Array, grid: Grid): Promise<Picture>;
  release(): Promise<void>;
}

/**
 * A codec for a model.
 *
 * @throws UserError when a file of the model is damaged, or on encoding when it has no encoder.
 */
export async function createCodec(model: LoadedModel, runtime: Runtime): Promise<Codec> {
  const { dim, factor } = model.manifest.vqgan;
  const codebook = await readCodebook(model);
  const encoder = createEncoder(model, runtime);
  let decoder: { readonly session: Session; readonly grid: Grid } | undefined;
  let quantiser: { readonly session: Session; readonly grid: Grid } | undefined;
  const quantiserFor = async (grid: Grid): Promise<Session> => {
    if (quantiser && isSameGrid(quantiser.grid, grid)) return quantiser.session;
    await quantiser?.session.release();
    quantiser = undefined;
    const session = await runtime.open({ model: encodeModel(quantiseGraph(codebook, grid)), onCpu: true });
    quantiser = { session, grid };
    return session;
  };
  const releaseDecoder = async () => {
    const { session } = decoder ?? {};
    decoder = undefined;
    await session?.release();
  };
  const decoderFor = async (grid: Grid): Promise<Session> => {
    const { rows, columns } = grid;
    if (decoder && isSameGrid(decoder.grid, grid)) return decoder.session;
    await releaseDecoder();
    const { opened } = await openCached<Session>({
      ...{ model, runtime, key: ['decode', rows, columns], names: ['decode'] },
      build: async () => ({
        decode: decodeGraph(await readNetworks(model, { clips: [] }), { dim, ...grid }),
      }),
      open: (session) => session('decode'),
    });
    decoder = { session: opened, grid };
    return opened;
  };
  return {
    canEncode: encoder.exists,
    release: async () => {
      await releaseDecoder();
      await quantiser?.session.release();
      quantiser = undefined;
      await encoder.release();
    },
    encode: async (picture, grid) => {
      const latent = await encoder.encode(picture, grid);
      const session = await quantiserFor(grid);
      const results = await session.run({ latent: float32([1, dim, grid.rows, grid.columns], latent) });
      return Int32Array.from(results['codes']?.data ?? [], Number);
    },
    decode: async (codes, grid) => {
      const { rows, columns } = grid;
      const session = await decoderFor(grid);
      const latent = float32([1, dim, rows, columns], latentOfCodes(codes, codebook));
      const results = await session.run({ latent });
      const planes = results['picture']?.data;
      if (!(planes instanceof Float32Array)) throw new Error('The decoder must give a float32 picture.');
      return pictureFromPlanes(planes, columns * factor, rows * factor);
    },
  };
}

function quantiseGraph(codebook: Tensor, { rows, columns }: Grid) {
  const b = new GraphBuilder();
  const [, dim = 1] = codebook.shape;
  const latent = b.input('latent', { elementType: 'float32', shape: [1, dim, rows, columns] });
  const cells = op.reshape(b, op.transpose(b, latent, [0, 2, 3, 1]), [rows * columns, dim]);
  b.output(nearestCodes(b, cells, b.constant(codebook, 'codebook')), 'codes');
  return b.build('quantise');
}
