import type { Manifest } from '../../contracts/manifest.js';
import type { TrainTransformerRequest } from '../../contracts/train-request.js';
import { UserError } from '../../errors.js';
import { randomFromSeed } from '../../paint/random.js';
import { loadModel } from '../../zoo/load-model.js';
import { readWords } from '../captions/read-words.js';
import { exportTransformer } from '../export/export-transformer.js';
import { manifestIn } from '../export/model-folder.js';
import { transformerStep } from '../graphs/transformer-step.js';
import { initialise } from '../initialise.js';
import { rateAt } from '../optimisers/schedule.js';
import { openCaptionedCodes } from '../pictures/captioned-codes.js';
import { createCodeBatches } from '../pictures/code-batches.js';
import { seedFor } from '../pictures/split.js';
import type { OpenedStage, Stage } from '../stage.js';
import { createTrainee, numberOf } from '../steppers/host-step.js';
import { openStepper } from '../steppers/open-stepper.js';
import type { StageContext } from './context.js';
import { openTransformerMeasure } from './transformer-measure.js';
import { planTransformer } from './transformer-options.js';

const ADAM = { beta1: 0.9, beta2: 0.95, epsilon: 1e-8, decay: 0.05 } as const;
const LONGEST_GRADIENT = 1;
const AVERAGE = 0.99;
/**
 * As wide as what the first layers add to them. At the usual 0.02 that drowns them: of 500 pictures the loss stood for 100
 * steps at what each code's frequency tells, 5.5 nats, where it is 3.5 so.
 */
const EMBEDDINGS = 0.3;
const WORDLESS = 0.1;
const NOISE = 0.1;

/** Stage two: a transformer over the codes of a model's pictures, told what they show (Esser et al. 2021, section 3.2). */
export async function openTransformerStage(
  request: TrainTransformerRequest,
  { runtime, onSkipped }: StageContext,
): Promise<OpenedStage> {
  const model = await loadModel({ folder: request.model });
  const { manifest } = model;
  if (!manifest.vqgan.encoder) {
    throw new UserError(
      `Expected a model with an encoder, which turns pictures into codes; ${manifest.name} has none.`,
    );
  }
  await expectSameCodes(request.out, manifest);
  const words = await readWords(model);
  const { tokenize } = words;
  const plan = planTransformer(request, manifest, words);
  const { config, side, batch } = plan;
  const [rows, columns] = config.grid;
  const grid = { rows, columns };
  const learnt = await openCaptionedCodes({ model, runtime, request, side, grid, onSkipped });
  const { folder, captionsOf, split, codec, examples } = learnt;
  const { training } = split;
  const batches = createCodeBatches({
    ...{ config, examples, training, captions: captionsOf, tokenize, batch },
    ...{ seed: request.seed, flip: request.flip, wordless: WORDLESS, noise: NOISE },
  });

  const graph = transformerStep(config, batch);
  const trainee = createTrainee(graph.layout);
  const random = randomFromSeed(seedFor(request.seed, 0, 7));
  initialise(graph.layout, trainee.weights, random, { embeddings: EMBEDDINGS });
  const average = trainee.weights.slice();
  const learner = {
    trainee,
    adam: ADAM,
    longest: LONGEST_GRADIENT,
    average: { values: average, decay: AVERAGE },
  };
  const stepper = await openStepper({ runtime, model: graph.model, learners: [learner] });
  const sampling = {
    empty: Array.from(tokenize(''), Number),
    styles: [''],
    guidance: 2,
    temperature: 1,
    topK: 100,
  };
  const measure = await openTransformerMeasure({
    ...{ runtime, config, sampling, layout: graph.layout, weights: average, codec, examples },
    ...{ captionsOf, tokenize, split, seed: request.seed },
  });
  const stage: Stage = {
    pictures: training.length,
    heldOut: split.heldOut.length,
    parameters: graph.layout.size,
    batch,
    settings: {
      ...{
        config,
        side,
        batch,
        seed: request.seed,
        pictures: folder.names.length,
        captions: request.captions,
      },
      codes: hashOfCodes(manifest),
    },
    state: { weights: trainee.weights, first: trainee.first, second: trainee.second, average },
    step: async (number) => {
      const rate = rateAt(number, {
        ...{ peak: plan.rate, warmUp: Math.min(100, plan.steps / 10), steps: plan.steps, floor: 0.1 },
      });
      const paces = [{ count: number, learningRate: rate }];
      const { outputs, norms } = await stepper.step(await batches.of(number - 1), paces);
      const [norm = Number.NaN] = norms;
      return { losses: { nats: numberOf(outputs['loss/nats']) }, rate, norm };
    },
    settle: () => stepper.settle(),
    measure: () => measure.run(),
    export: (number) =>
      exportTransformer({
        ...{ from: model, out: request.out, step: number, config, sampling, side },
        ...{ layout: graph.layout, weights: average },
      }),
    release: async () => {
      await stepper.release();
      await measure.release();
      await codec.release();
    },
  };
  return { stage, steps: plan.steps };
}

/** What decides which code means what. */
function hashOfCodes({ vqgan: { codebook }, files }: Manifest): string | undefined {
  return files['file' in codebook ? codebook.file : codebook.weights]?.sha256;
}

/** @throws UserError when the folder holds a model with other codes. */
async function expectSameCodes(out: string, manifest: Manifest): Promise<void> {
  const there = await manifestIn(out);
  if (there && hashOfCodes(there) !== hashOfCodes(manifest)) {
    throw new UserError(
      `Expected \`--out\` to be a new folder or a copy of the model ${manifest.name}; ${out} holds a model with other codes.`,
    );
  }
}
