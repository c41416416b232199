import { encodeModel, float32, GraphBuilder } from 'onnx-gradients/graph';
import type { PaintRequest } from '../../src/contracts/paint-request.js';
import type { Picture } from '../../src/contracts/picture.js';
import { emitGuidance } from '../../src/paint/graphs/guidance.js';
import { coverPlanes } from '../../src/paint/latent/resize-picture.js';
import { createConditioner } from '../../src/paint/prompts/conditioning.js';
import { randomFromSeed } from '../../src/paint/random.js';
import { readNetworks } from '../../src/paint/step/open-stepper.js';
import { drawReferenceViews } from '../../src/paint/step/draw-reference-views.js';
import type { Runtime } from '../../src/runtime/runtime.js';
import type { LoadedModel } from '../../src/zoo/load-model.js';

const [VIEWS, SEED] = [64, 0x0b5e7];

/** Gives the loss of pictures of one size on cutouts that no painting was shown. */
export interface HeldOut {
  /** The mean of θ²/2 between the cutouts and what the request asks for. */
  lossFor(request: PaintRequest): Promise<(picture: Picture) => Promise<number>>;
  release(): Promise<void>;
}

/** The same 64 cutouts for everybody, drawn as the reference draws its own: noise, turns, tilts and tints included. */
export async function openHeldOut(
  model: LoadedModel,
  runtime: Runtime,
  { width, height }: { readonly width: number; readonly height: number },
): Promise<HeldOut> {
  const [clip] = (await readNetworks(model, { clips: [0] })).clips;
  if (!clip) throw new Error('The model has no CLIP.');
  const b = new GraphBuilder();
  const picture = b.input('picture', { elementType: 'float32', shape: [1, 3, height, width] });
  b.output(emitGuidance(b, { picture, clip, cutouts: VIEWS, effects: { compat: 'crops' } }).loss, 'loss');
  const session = await runtime.open({ model: encodeModel(b.build('held-out')) });
  const drawn = drawReferenceViews(randomFromSeed(SEED), { count: VIEWS, width, height, size: clip.size });
  const views = Object.fromEntries(Object.entries(drawn).map(([name, value]) => [`cutouts.${name}`, value]));
  const conditioner = createConditioner(model, runtime);
  return {
    lossFor: async (request) => {
      const [conditioning] = await conditioner.condition(request, new Map());
      if (!conditioning) throw new Error('A request has a conditioning.');
      const { embeddings, weights, stops } = conditioning;
      const prompts = {
        'prompts.embeddings': embeddings,
        'prompts.weights': weights,
        'prompts.stops': stops,
      };
      const share = float32([], [1 / VIEWS]);
      return async (shown) => {
        const planes = float32([1, 3, height, width], coverPlanes(shown, width, height));
        const { loss } = await session.run({ picture: planes, share, ...views, ...prompts }, ['loss']);
        return Number(loss?.data[0]);
      };
    },
    release: async () => {
      await session.release();
      await conditioner.release();
    },
  };
}
