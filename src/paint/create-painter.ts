import { setImmediate as turn } from 'node:timers/promises';
import type { Ending, PaintEvent } from '../contracts/paint-event.js';
import type { PaintRequest } from '../contracts/paint-request.js';
import type { Picture } from '../contracts/picture.js';
import { readCodebook } from '../zoo/codebook.js';
import { checkRequest } from '../requests/check-request.js';
import type { Painter, PainterOptions, PaintJob } from './api.js';
import { drifted, driftsBefore } from './canvas/drift.js';
import { effectsOf } from './canvas/effects.js';
import { PULL_STRENGTHS } from './canvas/pull-strengths.js';
import { type Stage, stageFor } from './canvas/stage.js';
import { createFrameClock } from './frame-clock.js';
import { advanced, freshOn, onGrid, type Painting, shownLatent } from './latent/painting.js';
import { pictureFromPlanes } from './latent/resize-picture.js';
import { assertContinues, decodeState, encodeState } from './latent/saved-state.js';
import { type Conditioning, createConditioner } from './prompts/conditioning.js';
import { guidesOf } from './prompts/guides-of.js';
import { pictureNamed } from './prompts/picture-named.js';
import { randomFromSeed, randomFromState } from './random.js';
import { createStarter } from './start/create-starter.js';
import { latentOfState } from './start/latent-of-state.js';
import { withChange } from './start/with-change.js';
import { conditioningsAt, isStory } from './step/chapters.js';
import { defaultShape } from './step/default-shape.js';
import { drawViews } from './step/draw-views.js';
import {
  adamCorrections,
  type Ends,
  endsOf,
  learningRateAt,
  type Phase,
  phaseAt,
  phasesOf,
  updatesAt,
} from './step/schedule.js';
import { createStepperShelf } from './step/stepper-shelf.js';
import { hasSettled } from './step/trend.js';

/** A painter for one model on one device; see `Painter`. */
export function createPainter({ model, runtime }: PainterOptions): Painter {
  const { manifest, manifestHash } = model;
  const { dim, factor } = manifest.vqgan;
  const conditioner = createConditioner(model, runtime);
  const starter = createStarter(model, runtime);
  const steppers = createStepperShelf(model, runtime);
  /** The painting after its last complete step. */
  let latest: Painting | undefined;
  /** What the prior drew on the full grid for the painting under way; drawn again where an earlier one is gone on with. */
  let drawn: Painting | undefined;

  const stepperFor = (request: PaintRequest, { rows, columns }: Phase) => {
    const { cutouts, chunk = cutouts } = request;
    const clips = guidesOf(request, manifest).map(({ index }) => index);
    const effects = effectsOf(request);
    return steppers.take({
      ...{ rows, columns, cutouts, chunk: Math.min(chunk, cutouts), clips },
      ...(Object.keys(effects).length > 0 && { effects }),
    });
  };

  /** What is painted first: on the first of the grids, with `grows` a coarse view of what belongs on the last one. */
  async function begin(job: PaintJob, setting: Setting): Promise<Painting> {
    const [first, last] = endsOf(setting.phases);
    if (!grows(job.request, setting.phases)) return drawBest(job, first, setting);
    drawn = await drawBest(job, last, setting);
    return { ...drawn, step: 0, ...(await coarsened(drawn, { first, last }, setting)) };
  }

  /** Whether the prior's details wait for the full grid. */
  function grows({ start }: PaintRequest, phases: readonly Phase[]): boolean {
    return phases.length > 1 && start === 'prior' && starter.canEncode;
  }

  async function coarsened(whole: Painting, { first, last }: Ends, { stage }: Setting) {
    const picture = await show(whole, last, stage);
    return freshOn(first, await starter.encode(picture, first), whole.request);
  }

  /** The last grid's latent: what the prior drew there, changed as the painting has changed since its coarse beginning. */
  async function refined(job: PaintJob, painting: Painting, setting: Setting): Promise<Float32Array> {
    const { stage, phases } = setting;
    const [first, last] = endsOf(phases);
    const whole = drawn ?? (await drawBest(job, last, setting));
    const coarse = { ...painting, ...(await coarsened(whole, { first, last }, setting)) };
    const before = await show({ ...coarse, step: 0 }, first, stage);
    const after = await show(painting, first, stage);
    const picture = await show(whole, last, stage);
    return starter.encode(withChange(picture, { before, after }), last);
  }

  /** The start that CLIP likes best on a grid; the same whenever it is asked for. */
  async function drawBest({ request, states }: PaintJob, phase: Phase, setting: Setting): Promise<Painting> {
    const { stage, conditionings } = setting;
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
        ...{ request, manifestHash, dim, step: phase.firstStep - 1, loss: Number.NaN },
        ...freshOn(phase, start, request),
        random: random.state(),
      };
      paintings.push(await recoloured(painting, phase, stage));
    }
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

  /** A beginning in the colours that are pulled towards: its few steps alone would not bring them. */
  async function recoloured(painting: Painting, phase: Phase, stage: Stage): Promise<Painting> {
    const { request } = painting;
    if (!request.palette || request.start === 'noise' || !starter.canEncode) return painting;
    const picture = stage.recolour(await show(painting, phase, stage));
    return { ...painting, latent: await starter.encode(picture, phase) };
  }

  async function* paint(job: PaintJob): AsyncGenerator<PaintEvent, void, void> {
    const { request, images = NO_IMAGES, signal } = job;
    checkRequest(request, manifest);
    latest = undefined;
    drawn = undefined;
    const startMs = performance.now();
    const conditionings = await conditioner.condition(request, images);
    const phases = phasesOf(request, factor);
    const stage = stageFor(request, (name) => pictureNamed(images, name));
    const setting: Setting = { phases, stage, conditionings };
    const saved = job.state && decodeState(job.state);
    let phase = phaseAt(phases, Math.min(saved?.step ?? 1, request.steps));
    if (saved) assertContinues(saved, { request, manifestHash, dim, grid: phase });
    latest = saved && { ...saved, request };
    const { cached } = await stepperFor(request, phase);
    const { steps } = request;
    const { provider, device } = runtime;
    yield { type: 'started', provider, device, steps, firstStep: (saved?.step ?? 0) + 1, cached };
    let painting = latest ?? (await begin(job, setting));
    let anchor = await anchorFor(phase);
    if (painting.step === 0 && request.start !== 'noise') {
      yield { type: 'frame', step: 0, picture: await show(painting, phase, stage) };
    }
    const frames = createFrameClock(request);
    let ended: Ending = 'finished';
    while (painting.step < steps) {
      // A running session blocks this thread: only here can a cancel arrive.
      await turn();
      if (signal?.aborted) {
        ended = 'cancelled';
        break;
      }
      const stepMs = performance.now();
      const step = painting.step + 1;
      if (step > phase.lastStep) {
        const latent = grows(request, phases)
          ? await refined(job, painting, setting)
          : onGrid(painting.latent, painting, phaseAt(phases, step));
        phase = phaseAt(phases, step);
        painting = { ...painting, ...freshOn(phase, latent, request) };
        anchor = await anchorFor(phase);
      }
      if (request.drift && driftsBefore(step, request)) {
        const moved = drifted(await show(painting, phase, stage), request.drift);
        painting = { ...painting, ...freshOn(phase, await starter.encode(moved, phase), request) };
      }
      const { next, pulling } = await advance(painting, { ...setting, phase, anchor });
      painting = next;
      latest = next;
      yield { type: 'step', step, steps, loss: next.loss, ms: performance.now() - stepMs };
      const isMoving = request.drift !== undefined || isStory(request);
      if (hasSettled(next) || (pulling === 0 && !anchor && !isMoving)) {
        ended = 'early';
        break;
      }
      if (step < steps && frames.isDue(step)) {
        yield { type: 'frame', step, picture: await show(painting, phase, stage) };
      }
    }
    const picture = await show(painting, phase, stage);
    const seconds = (performance.now() - startMs) / 1000;
    yield { type: 'done', picture, step: painting.step, loss: painting.loss, seconds, ended };

    async function anchorFor(grid: Phase): Promise<Float32Array | undefined> {
      if (!request.init || request.init.pull === 0) return undefined;
      const known = latentOfState(job.states?.get(request.init.image), { manifestHash, grid });
      return known ?? starter.encode(stage.init(), grid);
    }
  }

  async function advance(painting: Painting, { phase, anchor, stage, conditionings }: Advance) {
    const { request, latent, first, second } = painting;
    const { stepper } = await stepperFor(request, phase);
    const step = painting.step + 1;
    const random = randomFromState(painting.random);
    const size = sizeOf(phase);
    const guiding = conditionings.flatMap(({ clip }) => manifest.clips[clip] ?? []);
    const views = guiding.map(({ image }) => drawViews(random, request, { ...size, size: image.size }));
    const { pulling, ...output } = await stepper.step({
      ...{ latent, first, second, views },
      conditionings: conditioningsAt(conditionings, { step, request }),
      stage: { finish: stage.finish(size), pulls: stage.pulls, roll: stage.roll(random, size) },
      anchor: anchor ?? latent,
      pull: anchor ? PULL_STRENGTHS.init * (request.init?.pull ?? 0) : 0,
      learningRate: learningRateAt(step, request, request.learningRate ?? manifest.defaults.learningRate),
      corrections: adamCorrections(updatesAt(step, request, phase)),
    });
    const next = advanced(painting, { ...output, random: random.state() });
    return { next, pulling };
  }

  async function prepare(): Promise<void> {
    const prompts = [{ text: manifest.suggestions[0] ?? '', weight: 1 }];
    const grey = plainPicture(factor);
    const conditionings = await conditioner.condition({ prompts, imagePrompts: [] }, NO_IMAGES);
    await conditioner.distance(grey, conditionings);
    const shape = defaultShape(manifest);
    await starter.prepare(manifest.defaults.start);
    if (starter.canEncode) await starter.encode(grey, shape);
    await steppers.take(shape);
  }

  const sizeOf = ({ columns, rows }: Phase) => ({ width: columns * factor, height: rows * factor });

  async function show(painting: Painting, phase: Phase, stage: Stage): Promise<Picture> {
    const { request, step } = painting;
    const { stepper } = await stepperFor(request, phase);
    const size = sizeOf(phase);
    const latent = shownLatent(painting, step < phase.firstStep ? 0 : updatesAt(step, request, phase));
    const planes = await stepper.decode(latent, stage.finish(size));
    return pictureFromPlanes(planes, size.width, size.height);
  }

  return {
    manifestHash,
    paint,
    prepare,
    state: () => latest && encodeState(latest),
    release: async () => {
      await steppers.release();
      await conditioner.release();
      await starter.release();
    },
  };
}

/** What a painting keeps from its first step to its last. */
interface Setting {
  readonly phases: readonly Phase[];
  readonly stage: Stage;
  readonly conditionings: readonly Conditioning[];
}

interface Advance extends Setting {
  readonly phase: Phase;
  readonly anchor: Float32Array | undefined;
}

const NO_IMAGES: ReadonlyMap<string, Picture> = new Map();

/** A grey square. */
function plainPicture(side: number): Picture {
  return { width: side, height: side, pixels: new Uint8Array(side * side * 3).fill(128) };
}
