import type { Tensor } from 'onnx-gradients/graph';
import type { Picture } from '../../contracts/picture.js';
import { readCodebook } from '../../zoo/codebook.js';
import type { LoadedModel } from '../../zoo/load-model.js';
import type { PaintJob } from '../api.js';
import type { Stage } from '../canvas/stage.js';
import { freshOn, onGrid, type Painting } from '../latent/painting.js';
import type { Conditioner, Conditioning } from '../prompts/conditioning.js';
import { type Random, randomFromSeed } from '../random.js';
import { conditioningsAt } from '../step/chapters.js';
import { type Ends, endsOf, type Phase } from '../step/schedule.js';
import type { Starter } from './create-starter.js';
import { latentOfState } from './latent-of-state.js';
import { shaken, warped } from './varied.js';
import { withChange } from './with-change.js';

/** What a painting keeps from its first step to its last. */
export interface Setting {
  readonly phases: readonly Phase[];
  readonly stage: Stage;
  readonly conditionings: readonly Conditioning[];
}

/** What a beginning is made with. */
export interface BeginningTools {
  readonly model: LoadedModel;
  readonly starter: Starter;
  readonly conditioner: Conditioner;
  /** The picture of a painting on a phase's grid. */
  show(painting: Painting, phase: Phase, stage: Stage): Promise<Picture>;
}

/** How one painting begins, and how it goes from one grid onto the next. */
export interface Beginning {
  /** What is painted first: on the first of the grids, where it grows a coarse view of what belongs on the last one. */
  begin(): Promise<Painting>;
  /** The painting's latent on the grid of the next phase. */
  ontoGrid(painting: Painting, next: Phase): Promise<Float32Array>;
}

export function createBeginning(job: PaintJob, setting: Setting, tools: BeginningTools): Beginning {
  const { request, states } = job;
  const { phases, stage, conditionings } = setting;
  const { model, starter, conditioner, show } = tools;
  const { manifest, manifestHash } = model;
  const [first, last] = endsOf(phases);
  /** Whether the prior's details wait for the full grid. */
  const grows = phases.length > 1 && request.start === 'prior' && starter.canEncode;
  /** What the prior drew on the full grid; drawn again where an earlier painting is gone on with. */
  let drawn: Painting | undefined;

  async function begin(): Promise<Painting> {
    if (!grows) return drawBest(first);
    drawn = await drawBest(last);
    return { ...drawn, step: 0, ...(await coarsened(drawn, { first, last })) };
  }

  async function ontoGrid(painting: Painting, next: Phase): Promise<Float32Array> {
    return grows ? refined(painting) : onGrid(painting.latent, painting, next);
  }

  async function coarsened(whole: Painting, ends: Ends) {
    const picture = await show(whole, ends.last, stage);
    return freshOn(ends.first, await starter.encode(picture, ends.first), request);
  }

  /** The last grid's latent: what the prior drew there, changed as the painting has changed since its coarse beginning. */
  async function refined(painting: Painting): Promise<Float32Array> {
    drawn ??= await drawBest(last);
    const coarse = { ...painting, ...(await coarsened(drawn, { first, last })) };
    const before = await show({ ...coarse, step: 0 }, first, stage);
    const after = await show(painting, first, stage);
    const picture = await show(drawn, last, stage);
    return starter.encode(withChange(picture, { before, after }), last);
  }

  /** The start that CLIP likes best on a grid; the same whenever it is asked for. */
  async function drawBest(phase: Phase): Promise<Painting> {
    const paintings = await drawAll(phase);
    let [best] = paintings;
    if (!best) throw new Error('A start gives at least one latent.');
    if (paintings.length === 1) return best;
    let least = Number.POSITIVE_INFINITY;
    const weighed = conditioningsAt(conditionings, { step: 1, request });
    for (const painting of paintings) {
      const distance = await conditioner.distance(await show(painting, phase, stage), weighed);
      if (distance < least) [least, best] = [distance, painting];
    }
    return best;
  }

  async function drawAll(phase: Phase): Promise<readonly Painting[]> {
    const random = randomFromSeed(request.seed);
    const codebook = await readCodebook(model);
    const latent = latentOfState(states?.get(request.init?.image ?? ''), { manifestHash, grid: phase });
    const { mask } = stage;
    const isBegunWith = mask !== undefined || (request.start === 'picture' && !latent);
    const init = isBegunWith ? stage.init() : undefined;
    const latents = await starter.begin({ request, init, mask, latent, grid: phase, random, codebook });
    const paintings: Painting[] = [];
    for (const start of latents) {
      const painting: Painting = {
        ...{ request, manifestHash, dim: manifest.vqgan.dim, step: phase.firstStep - 1, loss: Number.NaN },
        ...freshOn(phase, start, request),
        random: random.state(),
      };
      const begun = await recoloured(await varied(painting, { phase, random, codebook }), phase);
      paintings.push({ ...begun, random: random.state() });
    }
    return paintings;
  }

  /** A beginning as far from its picture as was asked for: first what is seen is moved, then what it is like is changed. */
  async function varied(
    painting: Painting,
    { phase, random, codebook }: { phase: Phase; random: Random; codebook: Tensor },
  ): Promise<Painting> {
    const { vary: by = 0, start } = request;
    if (by === 0 || start !== 'picture') return painting;
    const variation = { by, grid: phase, random };
    const latent = starter.canEncode
      ? await starter.encode(warped(await show(painting, phase, stage), variation), phase)
      : painting.latent;
    return { ...painting, latent: shaken(latent, { ...variation, codebook }) };
  }

  /** A beginning in the colours that are pulled towards: its few steps alone would not bring them. */
  async function recoloured(painting: Painting, phase: Phase): Promise<Painting> {
    const { recolour } = stage;
    if (!recolour || request.start === 'noise' || !starter.canEncode) return painting;
    const picture = recolour(await show(painting, phase, stage));
    return { ...painting, latent: await starter.encode(picture, phase) };
  }

  return { begin, ontoGrid };
}
