import { float32 } from 'onnx-gradients/graph';
import type { Picture } from '../../contracts/picture.js';
import { UserError } from '../../errors.js';
import type { Runtime } from '../../runtime/runtime.js';
import type { LoadedModel } from '../../zoo/load-model.js';
import { readEncoder } from '../../zoo/network.js';
import { createNetworkSession } from '../sessions/network-session.js';
import type { Grid } from './codes.js';
import { coverPlanes } from './resize-picture.js';

/** The VQGAN's encoder E: latents [dim, rows, columns] before quantisation. Opened at its first use. */
export interface Encoder {
  /** Whether the model has one. */
  readonly exists: boolean;
  /** The latent of a picture, cut to the grid's shape. @throws UserError when the model has no encoder. */
  encode(picture: Picture, grid: Grid): Promise<Float32Array>;
  /** The latent of planes [3, H, W] in 0…1 of the grid's own size. */
  encodePlanes(planes: Float32Array, grid: Grid): Promise<Float32Array>;
  release(): Promise<void>;
}

export function createEncoder(model: LoadedModel, runtime: Runtime): Encoder {
  const { encoder, factor, range } = model.manifest.vqgan;
  const { name } = model.manifest;
  const network =
    encoder &&
    createNetworkSession({
      ...{ model, runtime, name: 'encode', reference: encoder },
      read: () => readEncoder(model, encoder),
    });
  const encodePlanes = async (planes: Float32Array, grid: Grid): Promise<Float32Array> => {
    const [low, high] = range;
    if (!network) throw new UserError(`The model ${name} has no encoder, so it cannot start from a picture.`);
    const picture = planes.map((value) => low + value * (high - low));
    const { data } = await network.run(float32([1, 3, grid.rows * factor, grid.columns * factor], picture));
    if (!(data instanceof Float32Array)) throw new Error('The encoder must give a float32 latent.');
    return data;
  };
  return {
    exists: encoder !== undefined,
    encode: (picture, grid) =>
      encodePlanes(coverPlanes(picture, grid.columns * factor, grid.rows * factor), grid),
    encodePlanes,
    release: async () => network?.release(),
  };
}
