import { float32 } from 'onnx-gradients/graph';
import type { TrainVqganRequest } from '../../contracts/train-request.js';
import type { ClipNetwork } from '../../paint/graphs/networks.js';
import { randomFromSeed } from '../../paint/random.js';
import { type Codebook, countUse, followCells, restartDead } from '../codebook.js';
import { CODEBOOK, type StartingPoint } from '../codec/trainable-codec.js';
import { exportVqgan } from '../export/export-vqgan.js';
import { NAMES, vqganStep } from '../graphs/vqgan-step.js';
import { initialise } from '../initialise.js';
import { rateAt } from '../optimisers/schedule.js';
import { openFolder } from '../pictures/open-folder.js';
import { createPictureBatches } from '../pictures/picture-batches.js';
import { seedFor, splitExamples } from '../pictures/split.js';
import type { OpenedStage, Stage } from '../stage.js';
import { createTrainee, numberOf, type Trainee } from '../steppers/host-step.js';
import { openStepper as openOwnStepper } from '../steppers/open-stepper.js';
import type { Learner, Stepper } from '../steppers/stepper.js';
import type { StageContext } from './context.js';
import { readTower } from './read-tower.js';
import { readStartingPoint } from './starting-point.js';
import { openVqganMeasure } from './vqgan-measure.js';
import { planVqgan, type VqganPlan } from './vqgan-options.js';

const ADAM = { beta1: 0.5, beta2: 0.9, epsilon: 1e-8, decay: 0.01 } as const;
const COMMITMENT = 0.25;
const LONGEST_GRADIENT = 1;
const AVERAGE = 0.995;
/** Pictures are kept this much larger than the crops drawn from them. */
const ROOM = 1.125;
/** Dead codes are moved at these steps and then every so many; at first nearly all are dead. */
const FIRST_RESTARTS: readonly number[] = [2, 5, 10, 20];
const RESTART_EVERY = 40;
/** In the last part of a run no code is moved any more: the decoder has to learn where they are. */
const RESTART_UNTIL = 0.8;

/** Stage one: encoder, codebook and decoder, and from a step on the discriminator (Esser et al. 2021, section 3.1). */
export async function openVqganStage(
  request: TrainVqganRequest,
  { runtime, onSkipped, openStepper = openOwnStepper }: StageContext,
): Promise<OpenedStage> {
  const start =
    request.from === undefined ? undefined : await readStartingPoint(request.from, request.dataDir);
  const plan = planVqgan(request, start?.codec);
  const { side, batch, codec } = plan;
  const folder = await openFolder({
    folder: request.pictures,
    side: Math.ceil(side * ROOM),
    smallest: side / 2,
    onSkipped,
  });
  const split = splitExamples(folder.names.length, request.seed);
  const training = split.training;
  const batches = createPictureBatches({
    folder,
    training,
    batch,
    side,
    seed: request.seed,
    flip: request.flip,
    colours: request.colours,
  });
  const tower =
    request.perceptual === undefined ? undefined : await readTower(request.perceptual, request.dataDir);
  const graphOf = (isAdversarial: boolean) =>
    vqganStep({ ...stepOptions(request, plan, tower), ...(isAdversarial && adversarial(request, plan)) });

  const graph = graphOf(false);
  const generator = createTrainee(graph.layout);
  const average = new Float32Array(graph.layout.size);
  const book = codebookOf(plan, generator);
  begin(generator, average, book, { seed: request.seed, start });
  const adversary = await createAdversary(graphOf, plan, request.seed);
  const measure = await openVqganMeasure({
    runtime,
    codec,
    side,
    folder,
    split,
    weights: average,
    layout: graph.layout,
  });

  const limits = { adam: ADAM, longest: LONGEST_GRADIENT };
  const learner: Learner = {
    ...{ trainee: generator, ...limits, average: { values: average, decay: AVERAGE }, shared: [CODEBOOK] },
  };
  let open: { readonly isAdversarial: boolean; readonly stepper: Stepper } | undefined;
  const stepperFor = async (isAdversarial: boolean): Promise<Stepper> => {
    if (open?.isAdversarial === isAdversarial) return open.stepper;
    await open?.stepper.settle();
    await open?.stepper.release();
    const learners = isAdversarial && adversary ? [learner, { trainee: adversary, ...limits }] : [learner];
    const { model } = isAdversarial ? graphOf(true) : graph;
    open = { isAdversarial, stepper: await openStepper({ runtime, model, learners }) };
    return open.stepper;
  };

  const stage: Stage = {
    pictures: training.length,
    heldOut: split.heldOut.length,
    parameters: graph.layout.size,
    batch,
    settings: {
      config: codec.identity,
      side,
      batch,
      seed: request.seed,
      pictures: folder.names.length,
      codebook: plan.codebook,
      adversarial: request.adversarial,
      perceptual: request.perceptual ?? null,
      ...(request.colours > 0 && { colours: request.colours }),
    },
    state: {
      weights: generator.weights,
      first: generator.first,
      second: generator.second,
      average,
      use: book.use,
      sums: book.sums,
      ...(adversary && {
        'discriminator/weights': adversary.weights,
        'discriminator/first': adversary.first,
        'discriminator/second': adversary.second,
      }),
    },
    step: async (step) => {
      const isAdversarial = step >= plan.adversarialFrom;
      const pictures = await batches.of(step - 1);
      const rate = rateAt(step, {
        peak: plan.rate,
        warmUp: Math.min(50, plan.steps / 10),
        steps: plan.steps,
        floor: 0.1,
      });
      const stepper = await stepperFor(isAdversarial);
      const { outputs, norms } = await stepper.step(
        { [NAMES.picture]: float32([batch, 3, side, side], pictures) },
        [step, step - plan.adversarialFrom + 1].map((count) => ({ count, learningRate: rate })),
      );
      const [norm = Number.NaN] = norms;
      const assignment = {
        cells: outputs[NAMES.cells]?.data as Float32Array, // declared so by the graph
        indices: Array.from(outputs[NAMES.indices]?.data as BigInt64Array, Number),
      };
      if (plan.codebook === 'ema') followCells(book, assignment);
      else countUse(book, assignment);
      const isDue = FIRST_RESTARTS.includes(step) || step % RESTART_EVERY === 0;
      if (isDue && step <= plan.steps * RESTART_UNTIL) {
        const restarted = restartDead(book, assignment, randomFromSeed(seedFor(request.seed, step, 3)));
        forget(generator, restarted, codec.width);
      }
      const losses = Object.fromEntries(
        Object.entries(outputs)
          .filter(([name]) => name.startsWith(NAMES.loss))
          .map(([name, value]) => [name.slice(NAMES.loss.length), numberOf(value)]),
      );
      return { losses, rate, norm };
    },
    settle: async () => {
      await open?.stepper.settle();
      // A running mean of codes that moved is no code: painting must have those that the encoder was pulled to.
      codesOf(generator.layout, average).set(book.rows);
    },
    measure: () => measure.run(),
    export: (step) =>
      exportVqgan({
        ...{ out: request.out, step, codec, side, clip: request.clip, dataDir: request.dataDir },
        layout: graph.layout,
        weights: average,
      }),
    release: async () => {
      await open?.stepper.release();
      await measure.release();
    },
  };
  return { stage, steps: plan.steps };
}

function stepOptions(
  { perceptualWeight }: TrainVqganRequest,
  { codec, batch, side, codebook }: VqganPlan,
  tower: ClipNetwork | undefined,
) {
  const perceptual = tower && { tower, weight: perceptualWeight };
  return { codec, batch, side, codebook, commitment: COMMITMENT, perceptual };
}

function adversarial(
  { adversarial: kind, adversarialWeight }: TrainVqganRequest,
  { discriminator }: VqganPlan,
) {
  const loss = kind === 'vanilla' ? 'vanilla' : 'hinge';
  return { adversarial: { shape: discriminator, loss, weight: adversarialWeight } } as const;
}

type GraphOf = (isAdversarial: boolean) => ReturnType<typeof vqganStep>;

async function createAdversary(
  graphOf: GraphOf,
  plan: VqganPlan,
  seed: number,
): Promise<Trainee | undefined> {
  if (plan.adversarialFrom > plan.steps) return undefined;
  const { adversary } = graphOf(true);
  if (!adversary) return undefined;
  const trainee = createTrainee(adversary);
  initialise(adversary, trainee.weights, randomFromSeed(seedFor(seed, 0, 5)));
  return trainee;
}

const codesOf = ({ places }: Trainee['layout'], flat: Float32Array): Float32Array => {
  const place = places.get(CODEBOOK);
  if (!place) throw new Error('The network has no codebook.');
  return flat.subarray(place.offset, place.offset + place.length);
};

function codebookOf({ codec: { codes, width } }: VqganPlan, { layout, weights }: Trainee): Codebook {
  return {
    codes,
    width,
    rows: codesOf(layout, weights),
    use: new Float32Array(codes),
    sums: new Float32Array(codes * width),
  };
}

interface Beginning {
  readonly seed: number;
  readonly start: StartingPoint | undefined;
}

function begin(generator: Trainee, average: Float32Array, book: Codebook, { seed, start }: Beginning): void {
  initialise(generator.layout, generator.weights, randomFromSeed(seedFor(seed, 0, 4)));
  for (const [name, { shape, offset }] of generator.layout.places) {
    if (start) generator.weights.set(start.weights(name, shape), offset);
  }
  average.set(generator.weights);
  // Of a fresh codebook no row means anything yet; of one that was trained all do.
  if (start) book.use.fill(1 / book.codes);
  book.sums.set(book.rows.map((value, index) => value * (book.use[Math.floor(index / book.width)] ?? 0)));
}

/** The moments of rows that were moved speak of where they were. */
function forget({ layout, first, second }: Trainee, rows: readonly number[], width: number): void {
  for (const moments of [first, second]) {
    const ofCodes = codesOf(layout, moments);
    for (const row of rows) ofCodes.fill(0, row * width, (row + 1) * width);
  }
}
