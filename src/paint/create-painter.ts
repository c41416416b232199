import { setImmediate as turn } from 'node:timers/promises';
import type { Ending, PaintEvent } from '../contracts/paint-event.js';
import type { PaintRequest } from '../contracts/paint-request.js';
import type { Picture } from '../contracts/picture.js';
import { readCodebook } from '../zoo/codebook.js';
import { checkRequest } from '../requests/check-request.js';
import { type Conditioning, createConditioner, pictureNamed } from './prompts/conditioning.js';
import { guidesOf } from './prompts/guides-of.js';
import { drawCutouts } from './step/draw-cutouts.js';
import { createFrameClock } from './frame-clock.js';
import { NOISE_PLACES } from './graphs/cutouts.js';
import type { Painter, PainterOptions, PaintJob } from './api.js';
import { averaged, freshOn, onGrid, type Painting, shownLatent } from './latent/painting.js';
import { randomFromSeed, randomFromState } from './random.js';
import { pictureFromPlanes } from './latent/resize-picture.js';
import { assertContinues, decodeState, encodeState } from './latent/saved-state.js';
import {
  adamCorrections,
  type Ends,
  endsOf,
  learningRateAt,
  type Phase,
  phaseAt,
  phasesOf,
} from './step/schedule.js';
import { createStarter } from './start/create-starter.js';
import { withChange } from './start/with-change.js';
import type { Stepper } from './step/stepper.js';
import { createStepperShelf } from './step/stepper-shelf.js';

/** A painter for one model on one device; see `Painter`. */
export function createPainter({ model, runtime }: PainterOptions): Painter {
  const { manifest, manifestHash } = model;
  const conditioner = createConditioner(model, runtime);
  const starter = createStarter(model, runtime);
  const steppers = createStepperShelf(model, runtime);
  /** The painting after its last complete step. */
  let latest: Painting | undefined;

  const stepperFor = (request: PaintRequest, { rows, columns }: Phase) => {
    const { cutouts, chunk = cutouts } = request;
    const clips = guidesOf(request, manifest).map(({ index }) => index);
    return steppers.take({ rows, columns, cutouts, chunk: Math.min(chunk, cutouts), clips });
  };

  /** What is painted first: on the first of the grids, with `grows` a coarse view of what belongs on the last one. */
  async function begin(job: PaintJob, { phases, conditionings }: Opening): Promise<Painting> {
    const [first, last] = endsOf(phases);
    if (!grows(job.request, phases)) return drawBest(job, { phase: first, conditionings });
    const whole = await drawBest(job, { phase: last, conditionings });
    return { ...whole, step: 0, ...(await coarsened(whole, { first, last })) };
  }

  /** Whether the prior's details wait for the full grid. */
  function grows({ start }: PaintRequest, phases: readonly Phase[]): boolean {
    return phases.length > 1 && start === 'prior' && starter.canEncode;
  }

  async function coarsened({ request, ...whole }: Painting, { first, last }: Ends) {
    const { stepper } = await stepperFor(request, last);
    const picture = await show(stepper, { request, ...whole }, last);
    return freshOn(first, await starter.encode(picture, first), request);
  }

  /** The last grid's latent: what the prior drew there, changed as the painting has changed since its coarse beginning. */
  async function refined(
    job: PaintJob,
    { painting, phases, conditionings }: Opening & { readonly painting: Painting },
  ): Promise<Float32Array> {
    const [first, last] = endsOf(phases);
    const whole = await drawBest(job, { phase: last, conditionings });
    const coarse = { ...painting, ...(await coarsened(whole, { first, last })) };
    const { stepper } = await stepperFor(job.request, first);
    const before = await show(stepper, { ...coarse, step: 0 }, first);
    const after = await show(stepper, painting, first);
    const full = await stepperFor(job.request, last);
    const picture = await show(full.stepper, whole, last);
    return starter.encode(withChange(picture, { before, after }), last);
  }

  /** The start that CLIP likes best on a grid; the same whenever it is asked for. */
  async function drawBest(
    { request, images = NO_IMAGES }: PaintJob,
    { phase, conditionings }: { readonly phase: Phase; readonly conditionings: readonly Conditioning[] },
  ): Promise<Painting> {
    const { stepper } = await stepperFor(request, phase);
    const random = randomFromSeed(request.seed);
    const codebook = await readCodebook(model);
    const latents = await starter.begin({ request, images, grid: phase, random, codebook });
    const paintings = latents.map(
      (latent): Painting => ({
        ...{ request, manifestHash, dim: manifest.vqgan.dim, step: phase.firstStep - 1, loss: Number.NaN },
        ...freshOn(phase, latent, request),
        random: random.state(),
      }),
    );
    let [best] = paintings;
    if (!best) throw new Error('A start gives at least one latent.');
    if (paintings.length === 1) return best;
    let least = Number.POSITIVE_INFINITY;
    for (const painting of paintings) {
      const distance = await conditioner.distance(await show(stepper, painting, phase), conditionings);
      if (distance < least) [least, best] = [distance, painting];
    }
    return best;
  }

  async function* paint(job: PaintJob): AsyncGenerator<PaintEvent, void, void> {
    const { request, images = NO_IMAGES, signal } = job;
    checkRequest(request, manifest);
    latest = undefined;
    const startMs = performance.now();
    const conditionings = await conditioner.condition(request, images);
    const phases = phasesOf(request, manifest.vqgan.factor);
    const saved = job.state && decodeState(job.state);
    let phase = phaseAt(phases, Math.min(saved?.step ?? 1, request.steps));
    if (saved) assertContinues(saved, { request, manifestHash, dim: manifest.vqgan.dim, grid: phase });
    latest = saved && { ...saved, request };
    let { stepper, cached } = await stepperFor(request, phase);
    const { steps } = request;
    const { provider, device } = runtime;
    yield { type: 'started', provider, device, steps, firstStep: (saved?.step ?? 0) + 1, cached };
    let painting = latest ?? (await begin(job, { phases, conditionings }));
    let anchor = await anchorFor(phase);
    if (painting.step === 0 && request.start !== 'noise') {
      yield { type: 'frame', step: 0, picture: await show(stepper, painting, phase) };
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
          ? await refined(job, { painting, phases, conditionings })
          : onGrid(painting.latent, painting, phaseAt(phases, step));
        phase = phaseAt(phases, step);
        painting = { ...painting, ...freshOn(phase, latent, request) };
        ({ stepper } = await stepperFor(request, phase));
        anchor = await anchorFor(phase);
      }
      const { next, pulling } = await advance({ painting, phase, stepper, anchor, conditionings });
      painting = next;
      latest = next;
      yield { type: 'step', step, steps, loss: next.loss, ms: performance.now() - stepMs };
      if (pulling === 0 && !anchor) {
        ended = 'early';
        break;
      }
      if (step < steps && frames.isDue(step)) {
        yield { type: 'frame', step, picture: await show(stepper, painting, phase) };
      }
    }
    const picture = await show(stepper, painting, phase);
    const seconds = (performance.now() - startMs) / 1000;
    yield { type: 'done', picture, step: painting.step, loss: painting.loss, seconds, ended };

    async function anchorFor(grid: Phase): Promise<Float32Array | undefined> {
      if (!request.init || request.init.pull === 0) return undefined;
      return starter.encode(pictureNamed(images, request.init.image), grid);
    }
  }

  async function advance({ painting, phase, stepper, anchor, conditionings }: Advance) {
    const { request, latent, first, second } = painting;
    const step = painting.step + 1;
    const random = randomFromState(painting.random);
    const [width, height] = [phase.columns, phase.rows].map((cells) => cells * manifest.vqgan.factor);
    const guiding = conditionings.flatMap(({ clip }) => manifest.clips[clip] ?? []);
    const cutouts = guiding.map(({ image }) =>
      drawCutouts(random, {
        count: request.cutouts,
        width: width ?? 0,
        height: height ?? 0,
        size: image.size,
        noisePlaces: NOISE_PLACES,
      }),
    );
    const { pulling, ...output } = await stepper.step({
      ...{ latent, first, second, cutouts, conditionings },
      anchor: anchor ?? latent,
      pull: anchor ? (request.init?.pull ?? 0) : 0,
      learningRate: learningRateAt(step, request, request.learningRate ?? manifest.defaults.learningRate),
      corrections: adamCorrections(step - phase.firstStep + 1),
    });
    const average =
      request.ema === undefined ? painting.average : averaged(painting.average, output.latent, request.ema);
    const next: Painting = { ...painting, ...output, average, step, random: random.state() };
    return { next, pulling };
  }

  async function show(stepper: Stepper, painting: Painting, phase: Phase): Promise<Picture> {
    const { factor } = manifest.vqgan;
    const planes = await stepper.decode(shownLatent(painting, painting.step - phase.firstStep + 1));
    return pictureFromPlanes(planes, phase.columns * factor, phase.rows * factor);
  }

  return {
    paint,
    state: () => latest && encodeState(latest),
    release: async () => {
      await steppers.release();
      await conditioner.release();
      await starter.release();
    },
  };
}

interface Opening {
  readonly phases: readonly Phase[];
  readonly conditionings: readonly Conditioning[];
}

interface Advance {
  readonly painting: Painting;
  readonly phase: Phase;
  readonly stepper: Stepper;
  readonly anchor: Float32Array | undefined;
  readonly conditionings: readonly Conditioning[];
}

const NO_IMAGES: ReadonlyMap<string, Picture> = new Map();
