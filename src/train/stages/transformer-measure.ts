import { encodeModel } from 'onnx-gradients/graph';
import type { CodeTransformerConfig } from '../../contracts/architectures.js';
import type { PriorReference } from '../../contracts/manifest.js';
import type { Picture } from '../../contracts/picture.js';
import type { Codec } from '../../paint/latent/codec.js';
import { randomFromSeed } from '../../paint/random.js';
import { buildPrior } from '../../paint/start/build-prior.js';
import { createPrior } from '../../paint/start/create-prior.js';
import type { Runtime } from '../../runtime/runtime.js';
import type { WeightSource } from '../../zoo/architectures/weight-source.js';
import type { Tokenize } from '../../zoo/tokenizer.js';
import { transformerLikelihood } from '../graphs/transformer-step.js';
import { type Layout, viewsOf } from '../parameters.js';
import { codeFeeds } from '../pictures/code-batches.js';
import type { CodeExamples } from '../pictures/code-examples.js';
import { type Split, seedFor } from '../pictures/split.js';
import { pictureSheet } from '../report/sheet.js';
import type { Measured } from '../stage.js';
import { numberOf } from '../steppers/host-step.js';

/** Pictures measured on where none could be kept aside. */
const FALLBACK = 8;
const SHOWN = 6;

export interface TransformerMeasureOptions {
  readonly runtime: Runtime;
  readonly config: CodeTransformerConfig;
  readonly sampling: Extract<PriorReference, { readonly sampling: unknown }>['sampling'];
  readonly layout: Layout;
  /** Read anew at every measure. */
  readonly weights: Float32Array;
  readonly codec: Codec;
  readonly examples: CodeExamples;
  readonly captionsOf: (example: number) => readonly string[];
  readonly tokenize: Tokenize;
  readonly split: Split;
  readonly seed: number;
}

/** How unlikely held-out pictures are, with their words and without, and a sheet of samples for their captions below them. */
export async function openTransformerMeasure(options: TransformerMeasureOptions) {
  const { runtime, config, sampling, layout, weights, codec, examples, captionsOf, tokenize, split } =
    options;
  const session = await runtime.open({ model: encodeModel(transformerLikelihood(config, 1)) });
  const chosen = split.heldOut.length > 0 ? split.heldOut : split.training.slice(0, FALLBACK);
  const [rows, columns] = config.grid;
  const natsOf = async (codes: Int32Array, text: string) => {
    const feeds = codeFeeds(config, [{ codes, shown: codes, ids: tokenize(text) }]);
    return numberOf((await session.run({ ...viewsOf(layout, weights), ...feeds }))['loss/nats']);
  };
  const sampleFor = async (captions: readonly string[]): Promise<readonly Picture[]> => {
    const networks = buildPrior({ runtime, config, sampling, weights: sourceOf(layout, weights) });
    const prior = createPrior(networks, tokenize);
    const pictures: Picture[] = [];
    for (const [index, text] of captions.entries()) {
      const random = randomFromSeed(seedFor(options.seed, index, 8));
      const [codes] = await prior.sample({ candidates: 1, prompts: [{ text, weight: 1 }], random });
      if (codes) pictures.push(await codec.decode(codes, { rows, columns }));
    }
    await prior.release();
    return pictures;
  };
  return {
    run: async (): Promise<Measured> => {
      let [nats, without] = [0, 0];
      for (const example of chosen) {
        const codes = await examples.codes(example, false);
        const [caption = ''] = captionsOf(example);
        nats += (await natsOf(codes, caption)) / chosen.length;
        without += (await natsOf(codes, '')) / chosen.length;
      }
      const shown = chosen.slice(0, SHOWN);
      const originals: Picture[] = [];
      const captions: string[] = [];
      for (const example of shown) {
        originals.push(await codec.decode(await examples.codes(example, false), { rows, columns }));
        captions.push(captionsOf(example)[0] ?? '');
      }
      const sheet = await pictureSheet([originals, await sampleFor(captions)]);
      return { metrics: { nats, 'nats without words': without }, sheet };
    },
    release: () => session.release(),
  };
}

/** The parameters as they are now, for a graph of constants. */
function sourceOf(layout: Layout, weights: Float32Array): WeightSource {
  const views = viewsOf(layout, weights.slice());
  return (name) => {
    const view = views[name];
    if (!view) throw new Error(`The transformer has no parameter "${name}".`);
    return view;
  };
}
