import { join } from 'node:path';
import { encodeModel, float32, GraphBuilder } from 'onnx-gradients/graph';
import { openSafetensors } from '../checkpoints/safetensors/read-safetensors.js';
import type { Picture } from '../contracts/picture.js';
import { packageRoot } from '../package-root.js';
import type { Runtime, Session } from '../runtime/runtime.js';
import { rdn, reachOf } from '../zoo/architectures/rdn.js';
import { cutTile, pasteTile, tilesOf } from './tiles.js';

/** Factors that the network can give. */
export const LEARNED_FACTORS = [2, 4] as const;
export type LearnedFactor = (typeof LEARNED_FACTORS)[number];

export interface Upscaler {
  /** A picture of any size, `factor` times as wide and high. */
  enlarge(picture: Picture, factor: LearnedFactor): Promise<Picture>;
  release(): Promise<void>;
}

/** Pixels of a tile that count: a picture of the embedded model's size is one tile. */
const CORE = 128;
const SLIM = { width: 64, growth: 4, blocks: 2, layers: 1, factor: 2 } as const;
const MARGIN = reachOf(SLIM);

/**
 * Enlarges pictures with the embedded ESRGAN-slim network (a residual dense network), opened when first wanted. Tiles overlap by what
 * the network can see, so that nobody sees where they meet; memory does not grow with the picture. Four times is twice
 * twice: the network for four repeats every pixel 4 × 4 before its last convolution of 3 × 3, so that the middle four of each
 * block come out alike and lines become stairs.
 */
export function createUpscaler(runtime: Runtime): Upscaler {
  let opening: Promise<Session> | undefined;
  const open = () => {
    opening ??= runtime.open({ model: tileGraph() });
    return opening;
  };
  const doubled = async (picture: Picture): Promise<Picture> => {
    const session = await open();
    const [width, height] = [picture.width * SLIM.factor, picture.height * SLIM.factor];
    const enlarged: Picture = { width, height, pixels: new Uint8Array(3 * width * height) };
    const side = CORE + 2 * MARGIN;
    for (const tile of tilesOf(picture, CORE)) {
      const cut = float32([1, 3, side, side], cutTile(picture, tile, { core: CORE, margin: MARGIN }));
      const { enlarged: result } = await session.run({ picture: cut });
      if (!result) throw new Error('Expected the upscaler to give an enlarged tile.');
      const planes = result.data as Float32Array; // float32 by the graph's type
      pasteTile(enlarged, tile, { planes, core: CORE, margin: MARGIN, factor: SLIM.factor });
    }
    return enlarged;
  };
  return {
    enlarge: async (picture, factor) => (factor === 2 ? doubled(picture) : doubled(await doubled(picture))),
    async release() {
      await (await opening)?.release();
      opening = undefined;
    },
  };
}

function tileGraph(): Uint8Array {
  const side = CORE + 2 * MARGIN;
  const file = openSafetensors(join(packageRoot(), 'models', 'upscaling', 'esrgan-slim-x2.safetensors'));
  try {
    const builder = new GraphBuilder();
    const weights = (name: string) => {
      const tensor = file.tensors.get(name);
      if (!tensor) throw new Error(`The upscaler's weights lack ${name}.`);
      return tensor.read();
    };
    const picture = builder.input('picture', { elementType: 'float32', shape: [1, 3, side, side] });
    builder.output(rdn({ builder, weights }, picture, SLIM), 'enlarged');
    return encodeModel(builder.build('esrgan-slim-x2'));
  } finally {
    file.close();
  }
}
