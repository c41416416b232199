import { asGiven } from './as-given.js';
import { checkRequest } from './check-request.js';
import { RequestError } from './complaint.js';
import { goneOnWith, variationOf } from './derive-request.js';
import type { Typed } from './habits.js';
import { AWAY } from './habits.js';
import { inStyle, settingsOf } from './in-style.js';
import { type Size, whole, wrongValue } from './kinds.js';
import type { ModelFacts, ModelSource, Preset } from './model-facts.js';
import { onlyGiven } from './only-given.js';
import {
  ASPECTS,
  ENLARGEMENTS,
  FIELDS,
  freshSeed,
  type Given,
  PRESETS,
  QUALITIES,
  REFERENCE,
  SIDE,
  STEPS,
  spelled,
} from './options.js';
import { type PaintRequest, type Prompt, readRequest } from './paint-request.js';
import { stepsEach } from './sheet.js';
import { PROMPT_LIMITS } from './prompt-limits.js';

/** Steps of a journey between two moves. */
const STEPS_A_MOVE = 4;

/** What somebody asked for; everything but the prompts has a default. */
export interface Wish extends Given {
  readonly prompts: readonly Prompt[];
  /** How many pictures on one sheet; where a door paints several as one. */
  readonly count?: number | undefined;
  /** By name; where a door has several. */
  readonly model?: string | undefined;
}

/** What a door allows and shows. */
export interface Door {
  /** The most steps it takes, of all pictures together; the contract's when absent. */
  readonly maxSteps?: number;
  /** The longest side it paints, in pixels. */
  readonly maxSide?: number;
  /** When frames are wanted of somebody who did not say. */
  readonly frames?: PaintRequest['frames'];
  /** The shorter side that a finished picture should at least have, in pixels. */
  readonly shownSide?: number;
}

/**
 * A wish as a complete request that the model can paint; a seed nobody chose is drawn.
 *
 * @throws UserError when a value is out of range, or values do not go together.
 */
export function composeRequest(wish: Wish, model: ModelFacts, door: Door = {}): PaintRequest {
  const { imagePrompt = [], every, init, mask, place, palette } = wish;
  const prompts = promptsOf(wish);
  const { maxSide = SIDE.max, frames = {}, shownSide = 0 } = door;
  const maxSteps = stepsEach(door.maxSteps ?? STEPS.max, wish.count);
  const quality = qualityOf(wish);
  const preset = presetFor(quality, model);
  const size = sizeFor(wish, model, { maxSide, preset });
  const enlargement = enlargementOf(Math.min(size.width, size.height), shownSide);
  const circumstances = {
    ...{ model, preset, enlargement, upscale: wish.upscale ?? enlargement },
    effort: QUALITIES[quality],
    start: wish.start ?? startOf(wish, model),
    ...{ isTile: wish.tile === true, compat: wish.compat },
    isJourney: driftOf(wish).drift !== undefined,
    chapters: 1 + Math.max(0, ...prompts.map(({ chapter = 0 }) => chapter)),
  };
  const asked: Given = { ...settingsOf(wish.style), ...onlyGiven(wish) };
  const fields = Object.entries(FIELDS).map(([name, option]) => {
    const given = asked[name as keyof typeof FIELDS]; // its own key
    return [name, given ?? ('fallback' in option ? option.fallback(circumstances) : undefined)] as const;
  });
  const { steps, ...others } = Object.fromEntries(fields.filter(([, value]) => value !== undefined));
  if (wish.steps !== undefined && wish.steps > maxSteps) {
    throw wrongValue('steps', whole({ min: STEPS.min, max: maxSteps }), String(wish.steps));
  }
  const request = readRequest({
    ...{ version: 1, prompts, model: model.name, ...size, ...others },
    steps: Math.min(Number(steps), maxSteps),
    imagePrompts: imagePrompt.map((prompt) => ({
      ...(wish.stop !== undefined && { stop: wish.stop }),
      ...prompt,
    })),
    frames: every === undefined ? frames : { everySteps: every },
    ...(init !== undefined && {
      init: {
        ...{ image: init, strength: wish.strength ?? 1, pull: wish.pull ?? 0 },
        ...(place !== undefined && { place }),
        ...(mask !== undefined && { mask }),
      },
    }),
    ...(wish.count !== undefined && wish.count > 1 && { count: wish.count }),
    ...driftOf(wish),
    ...(palette !== undefined && { palette: { image: palette, pull: wish.palettePull ?? 1 } }),
  });
  assertPictures(wish);
  checkRequest(request, model);
  return request;
}

/** What one place allows besides its door. */
type Bounds = Pick<Door, 'maxSteps' | 'maxSide'>;

/** Composes requests at one door, for the models that there are. */
export interface Composer {
  /** What a wish can name as its model; first the one that paints where none is named. */
  models(): Promise<readonly ModelFacts[]>;
  /** @throws UserError when the wish cannot be painted here. */
  compose(wish: Wish, bounds?: Bounds): Promise<PaintRequest>;
  /**
   * The same request, for the same model, with another seed.
   *
   * @throws UserError when it cannot be painted here any more.
   */
  again(request: PaintRequest): Promise<PaintRequest>;
  /**
   * Another picture like one that is there, by its name in the store.
   *
   * @throws UserError when its model cannot start from a picture.
   */
  variation(request: PaintRequest, picture: string): Promise<PaintRequest>;
  /** The same painting with more steps; undefined where it has as many as are painted here. */
  more(request: PaintRequest, bounds?: Bounds): PaintRequest | undefined;
  /**
   * What was painted before with other words and options; what was not said again stays as it was, the seed aside.
   *
   * @throws UserError as `compose` does.
   */
  remix(request: PaintRequest, typed: Typed, bounds?: Bounds): Promise<PaintRequest>;
}

export function composerFor(models: ModelSource, door: Door): Composer {
  return {
    models: async () => {
      const all = await models.list();
      const isFirst = ({ name }: ModelFacts) => name === models.byDefault;
      return [...all.filter(isFirst), ...all.filter((model) => !isFirst(model))];
    },
    compose,
    again: (request) => checked({ ...request, seed: freshSeed() }),
    variation: (request, picture) => checked(variationOf(request, picture)),
    more: (request, bounds) => goneOnWith(request, { ...door, ...bounds }.maxSteps ?? STEPS.max),
    remix: (request, typed, bounds) => compose(remixed(request, typed), bounds),
  };

  async function compose(wish: Wish, bounds: Bounds = {}): Promise<PaintRequest> {
    return composeRequest(wish, await findModel(models, wish.model), { ...door, ...bounds });
  }

  async function checked(request: PaintRequest): Promise<PaintRequest> {
    checkRequest(request, await findModel(models, request.model));
    return request;
  }
}

function remixed(request: PaintRequest, { prompts, given, count = request.count }: Typed): Wish {
  const { size, steps: _, seed: __, cutouts, ...kept } = asGiven(request);
  return {
    ...kept,
    ...(given.aspect === undefined && { size }),
    ...(given.quality === undefined && { cutouts }),
    model: request.model,
    count,
    init: request.init?.image,
    mask: request.init?.mask,
    palette: request.palette?.image,
    imagePrompt: request.imagePrompts,
    ...given,
    prompts,
  };
}

async function findModel(models: ModelSource, name = models.byDefault): Promise<ModelFacts> {
  const found = await models.find(name);
  if (found) return found;
  const others = (await models.list()).map((model) => model.name);
  throw new RequestError({ kind: 'noSuchModel', model: name, others });
}

/** The quality asked for, by its own name or by that of a preset. */
function qualityOf({ quality, preset }: Wish): keyof typeof QUALITIES {
  if (preset === undefined) return quality ?? 'normal';
  if (quality !== undefined) throw new RequestError({ kind: 'both', one: 'preset', other: 'quality' });
  return PRESETS[preset];
}

/** What the model has for a quality; nothing where its defaults say all. */
function presetFor(quality: keyof typeof QUALITIES, { presets = {} }: ModelFacts): Preset {
  return { draft: presets.quick, normal: undefined, fine: presets.artist }[quality] ?? {};
}

/** The size given, or whole latent cells, the nearest to the wanted shape, within the longest side. */
function sizeFor(
  { size, aspect }: Wish,
  { vqgan: { factor }, defaults }: ModelFacts,
  { maxSide, preset }: { readonly maxSide: number; readonly preset: Preset },
): Size {
  if (size !== undefined) {
    if (aspect !== undefined) throw new RequestError({ kind: 'both', one: 'size', other: 'aspect' });
    if (Math.max(size.width, size.height) <= maxSide) return size;
    throw new RequestError({ kind: 'longSide', most: maxSide, ...size });
  }
  const { width = defaults.width, height = defaults.height } = preset;
  const area = width * height;
  const ratio = aspect === undefined ? width / height : ASPECTS[aspect];
  const fewest = Math.ceil(SIDE.min / factor);
  const most = Math.floor(maxSide / factor);
  const side = (pixels: number) => factor * Math.max(fewest, Math.min(most, Math.round(pixels / factor)));
  return { width: side(Math.sqrt(area * ratio)), height: side(Math.sqrt(area / ratio)) };
}

/** The smallest enlargement after which a side has a length, or else the largest. */
function enlargementOf(side: number, wanted: number): (typeof ENLARGEMENTS)[number] {
  return ENLARGEMENTS.find((factor) => side * factor >= wanted) ?? 4;
}

/** The prompts in the style that was asked for, with what to paint away from, each with a stop where one was asked for. */
function promptsOf({ prompts, style, no = [], stop }: Wish): readonly Prompt[] {
  const all = [...inStyle(prompts, style), ...no.map((text) => ({ text, weight: AWAY }))];
  if (all.length > PROMPT_LIMITS.prompts) {
    throw new RequestError({ kind: 'manyPrompts', most: PROMPT_LIMITS.prompts, got: all.length });
  }
  for (const { text } of all) {
    if (text.length <= PROMPT_LIMITS.characters) continue;
    throw new RequestError({ kind: 'longPrompt', most: PROMPT_LIMITS.characters, got: text.length });
  }
  return stop === undefined ? all : all.map((prompt) => (prompt.weight < 0 ? prompt : { stop, ...prompt }));
}

function driftOf({ zoom, panX, panY, driftEvery }: Wish): Pick<PaintRequest, 'drift'> {
  if (zoom === undefined && panX === undefined && panY === undefined) {
    if (driftEvery === undefined) return {};
    throw new RequestError({ kind: 'needsMove', option: spelled('driftEvery') });
  }
  return { drift: { zoom: zoom ?? 1, x: panX ?? 0, y: panY ?? 0, every: driftEvery ?? STEPS_A_MOVE } };
}

function startOf(wish: Wish, { defaults }: ModelFacts): PaintRequest['start'] {
  const { init, mask, place, strength, vary, prompts, compat } = wish;
  if (init !== undefined) {
    // What was under a mask is seldom wanted again: something new is drawn there, unless it was asked for.
    const isAsked = strength !== undefined || vary !== undefined || place !== undefined;
    return mask !== undefined && !isAsked && !compat && prompts.length > 0 && defaults.start === 'prior'
      ? 'prior'
      : 'picture';
  }
  return compat ? REFERENCE.start : defaults.start;
}

/** Refuses what would be ignored without a picture. */
function assertPictures({ init, palette, ...wish }: Wish): void {
  const needs = [
    ['init', init, ['strength', 'pull', 'place', 'mask', 'vary']],
    ['palette', palette, ['palettePull']],
  ] as const;
  for (const [name, given, others] of needs) {
    const other = given === undefined ? others.find((option) => wish[option] !== undefined) : undefined;
    if (other === undefined) continue;
    throw new RequestError({ kind: 'needsPicture', picture: name, option: spelled(other) });
  }
}
