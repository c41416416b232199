import { setImmediate as turn } from 'node:timers/promises';
import type { Ending, PaintEvent } from '../contracts/paint-event.js';
import type { PaintRequest } from '../contracts/paint-request.js';
import type { Picture } from '../contracts/picture.js';
import { checkRequest } from '../requests/check-request.js';
import type { Painter, PainterOptions, PaintJob } from './api.js';
import { drifted, driftsBefore } from './canvas/drift.js';
import { effectsOf } from './canvas/effects.js';
import { PULL_STRENGTHS } from './canvas/pull-strengths.js';
import { type Stage, stageFor } from './canvas/stage.js';
import { createFrameClock } from './frame-clock.js';
import { advanced, freshOn, type Painting, shownLatent } from './latent/painting.js';
import { pictureFromPlanes } from './latent/resize-picture.js';
import { assertContinues, decodeState, encodeState } from './latent/saved-state.js';
import { createConditioner } from './prompts/conditioning.js';
import { guidesOf } from './prompts/guides-of.js';
import { pictureNamed } from './prompts/picture-named.js';
import { randomFromState } from './random.js';
import { createBeginning, type Setting } from './start/create-beginning.js';
import { createStarter } from './start/create-starter.js';
import { latentOfState } from './start/latent-of-state.js';
import { conditioningsAt, isStory } from './step/chapters.js';
import { defaultShape } from './step/default-shape.js';
import { drawViews } from './step/draw-views.js';
import {
  adamCorrections,
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

  const stepperFor = (request: PaintRequest, { rows, columns }: Phase) => {
    const { cutouts, chunk = cutouts } = request;
    const clips = guidesOf(request, manifest).map(({ index }) => index);
    const effects = effectsOf(request);
    return steppers.take({
      ...{ rows, columns, cutouts, chunk: Math.min(chunk, cutouts), clips },
      ...(Object.keys(effects).length > 0 && { effects }),
    });
  };

  async function* paint(job: PaintJob): AsyncGenerator<PaintEvent, void, void> {
    const { request, images = NO_IMAGES, signal } = job;
    checkRequest(request, manifest);
    latest = undefined;
    const startMs = performance.now();
    const conditionings = await conditioner.condition(request, images);
    const phases = phasesOf(request, factor);
    const stage = stageFor(request, (name) => pictureNamed(images, name));
    const setting: Setting = { phases, stage, conditionings };
    const beginning = createBeginning(job, setting, { model, starter, conditioner, show });
    const saved = job.state && decodeState(job.state);
    let phase = phaseAt(phases, Math.min(saved?.step ?? 1, request.steps));
    if (saved) assertContinues(saved, { request, manifestHash, dim, grid: phase });
    latest = saved && { ...saved, request };
    const { cached } = await stepperFor(request, phase);
    const { steps } = request;
    const { provider, device } = runtime;
    yield { type: 'started', provider, device, steps, firstStep: (saved?.step ?? 0) + 1, cached };
    let painting = latest ?? (await beginning.begin());
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
        phase = phaseAt(phases, step);
        const latent = await beginning.ontoGrid(painting, phase);
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

interface Advance extends Setting {
  readonly phase: Phase;
  readonly anchor: Float32Array | undefined;
}

const NO_IMAGES: ReadonlyMap<string, Picture> = new Map();

/** A grey square. */
function plainPicture(side: number): Picture {
  return { width: side, height: side, pixels: new Uint8Array(side * side * 3).fill(128) };
}
