import { join } from 'node:path';
import { encodeModel, float32, GraphBuilder } from 'onnx-gradients/graph';
import { openSafetensors } from '../checkpoints/safetensors/read-safetensors.js';
import type { Picture } from '../contracts/picture.js';
import { packageRoot } from '../package-root.js';
import type { Runtime, Session } from '../runtime/runtime.js';
import { type RdnConfig, rdn, reachOf } from '../zoo/architectures/rdn.js';
import { cutTile, pasteTile, tilesOf } from './tiles.js';

/** Factors that a network was trained for. */
export const LEARNED_FACTORS = [2, 4] as const;
export type LearnedFactor = (typeof LEARNED_FACTORS)[number];

export interface Upscaler {
  /** A picture of any size, `factor` times as wide and high. */
  enlarge(picture: Picture, factor: LearnedFactor): Promise<Picture>;
  release(): Promise<void>;
}

/** Pixels of a tile that count: a picture of the embedded model's size is one tile. */
const CORE = 128;
const SLIM = { width: 64, growth: 4, blocks: 2, layers: 1 } as const;

/**
 * Enlarges pictures with the embedded ESRGAN-slim networks (a residual dense network each), opened when first wanted. Tiles
 * overlap by what the network can see, so that nobody sees where they meet; memory does not grow with the picture.
 */
export function createUpscaler(runtime: Runtime): Upscaler {
  const sessions = new Map<LearnedFactor, Promise<Session>>();
  const sessionFor = (factor: LearnedFactor) => {
    const session = sessions.get(factor) ?? runtime.open({ model: tileGraph({ ...SLIM, factor }) });
    sessions.set(factor, session);
    return session;
  };
  return {
    async enlarge(picture, factor) {
      const session = await sessionFor(factor);
      const [width, height] = [picture.width * factor, picture.height * factor];
      const enlarged: Picture = { width, height, pixels: new Uint8Array(3 * width * height) };
      const margin = reachOf({ ...SLIM, factor });
      const side = CORE + 2 * margin;
      for (const tile of tilesOf(picture, CORE)) {
        const cut = float32([1, 3, side, side], cutTile(picture, tile, { core: CORE, margin }));
        const { enlarged: result } = await session.run({ picture: cut });
        if (!result) throw new Error('Expected the upscaler to give an enlarged tile.');
        const planes = result.data as Float32Array; // float32 by the graph's type
        pasteTile(enlarged, tile, { planes, core: CORE, margin, factor });
      }
      return enlarged;
    },
    async release() {
      for (const session of sessions.values()) await (await session).release();
      sessions.clear();
    },
  };
}

function tileGraph(config: RdnConfig): Uint8Array {
  const side = CORE + 2 * reachOf(config);
  const file = openSafetensors(
    join(packageRoot(), 'models', 'upscaling', `esrgan-slim-x${config.factor}.safetensors`),
  );
  try {
    const builder = new GraphBuilder();
    const weights = (name: string) => {
      const tensor = file.tensors.get(name);
      if (!tensor) throw new Error(`The upscaler's weights lack ${name}.`);
      return tensor.read();
    };
    const picture = builder.input('picture', { elementType: 'float32', shape: [1, 3, side, side] });
    builder.output(rdn({ builder, weights }, picture, config), 'enlarged');
    return encodeModel(builder.build(`esrgan-slim-x${config.factor}`));
  } finally {
    file.close();
  }
}
