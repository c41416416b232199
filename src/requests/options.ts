import { randomInt } from 'node:crypto';
import { GUIDES } from './guides.js';
import { decimal, FLAG, type Kind, oneOf, PICTURE, size, whole, words } from './kinds.js';
import type { ModelFacts, Preset } from './model-facts.js';
import { PROMPT_LIMITS } from './prompt-limits.js';
import { STYLES } from './styles.js';
import { WEIGHTED_PICTURE } from './weighted-picture.js';

/** Pixels along a side. */
export const SIDE = { min: 32, max: 2048 } as const;
/** How many pictures may be asked for at once, for one sheet. */
export const COUNT = { min: 1, max: 4 } as const;
const CUTOUTS = { min: 1, max: 256 } as const;
export const STEPS = { min: 1, max: 2000 } as const;
const LEARNING_RATE = decimal({ min: 1e-6, max: 10 });
const COARSE = decimal({ min: 0.001, max: 0.99 });
const SEED = { min: 0, max: 0xffff_ffff } as const;

/** Latents that a painting can begin with. */
export const STARTS = ['prior', 'noise', 'picture'] as const;
/** How the learning rate goes from its full value to what is left of it at the end. */
export const SCHEDULES = ['cosine', 'linear', 'constant', 'warm'] as const;
/** Which halves of a picture mirror each other. */
export const SYMMETRIES = ['left-right', 'top-bottom', 'both'] as const;
/** Where a start picture lies: over the whole canvas, cut to its shape, or in its own size with room around it. */
export const PLACES = ['cover', 'centre', 'left', 'right', 'top', 'bottom'] as const;
/** Loops of the reference: its crops, or its mean of pooled whole views. */
export const COMPATS = ['crops', 'pool'] as const;
/** What the reference begins with. */
export const REFERENCE = { steps: 500, learningRate: 0.1, start: 'noise' } as const;

/** A share of the model's own number of steps and cutouts. */
export const QUALITIES = {
  draft: { steps: 0.4, cutouts: 0.5 },
  normal: { steps: 1, cutouts: 1 },
  fine: { steps: 2, cutouts: 1.5 },
} as const;
/** Names of models' presets, and the qualities that mean the same. */
export const PRESETS = { quick: 'draft', artist: 'fine' } as const;
/** How many times as wide and high as its picture a file can be. */
export const ENLARGEMENTS = [1, 2, 4] as const;
/** Ways to enlarge a finished picture. */
export const UPSCALERS = ['lanczos', 'learned'] as const;
/** Width over height; the area stays about the model's, so that every shape takes about as long. */
export const ASPECTS = {
  ...{ square: 1, portrait: 2 / 3, landscape: 3 / 2 },
  ...{
    '4:5': 4 / 5,
    '3:4': 3 / 4,
    '9:16': 9 / 16,
    '5:4': 5 / 4,
    '4:3': 4 / 3,
    '16:9': 16 / 9,
    '2:1': 2,
    '1:2': 1 / 2,
  },
} as const;

/** What decides the value of an option that nobody gave. */
export interface Circumstances {
  readonly model: ModelFacts;
  readonly effort: (typeof QUALITIES)[keyof typeof QUALITIES];
  /** What the model itself says of that effort. */
  readonly preset: Preset;
  readonly start: (typeof STARTS)[number];
  /** How many chapters it tells; 1 where it is no story. */
  readonly chapters: number;
  readonly isTile: boolean;
  /** Whether the picture moves between steps. */
  readonly isJourney: boolean;
  /** Whether it shall be done as the reference does it. */
  readonly compat: (typeof COMPATS)[number] | undefined;
  /** How many times as wide and high the file is, where nobody says. */
  readonly enlargement: (typeof ENLARGEMENTS)[number];
  /** How many times it is. */
  readonly upscale: (typeof ENLARGEMENTS)[number];
}

/** One thing that can be asked for. */
export interface Option<Value> {
  readonly kind: Kind<Value>;
  /** For the command line and the documentation. */
  readonly help: string;
  /** Whether it may be given several times. */
  readonly isMany?: true;
}

/** What options are about: the headings they stand under where all are listed. */
export const OPTION_GROUPS = {
  'What to paint': ['style', 'no', 'imagePrompt', 'palette', 'palettePull', 'stop', 'seed'],
  'Shape and effort': [
    'size',
    'aspect',
    'preset',
    'quality',
    'steps',
    'cutouts',
    'upscale',
    'upscaler',
    'every',
  ],
  'Beginning with a picture': ['init', 'strength', 'pull', 'vary', 'place', 'mask', 'start'],
  'Patterns and pulls': ['tile', 'symmetry', 'smooth', 'saturation'],
  'Stories and journeys': ['dwell', 'zoom', 'panX', 'panY', 'driftEvery'],
  'The loop itself': ['clips', 'chunk', 'learningRate', 'schedule', 'patience', 'ema', 'coarse', 'compat'],
} as const satisfies Readonly<Record<string, readonly OptionName[]>>;

interface Needed<Value> extends Option<Value> {
  /** Its value when nobody gave one. */
  readonly fallback: (circumstances: Circumstances) => Value | undefined;
  /** What is said in the documentation instead of a value. */
  readonly byDefault: string;
}

const needed = <Value>(option: Needed<Value>) => ({ ...option, field: option.kind.schema });
const optional = <Value>(option: Option<Value>) => ({ ...option, field: option.kind.schema.optional() });
const shorthand = <Value>(option: Option<Value>) => option;
const several = <Value>(option: Option<Value>) => ({ ...option, isMany: true as const });

/** Options that stand in the request under their own names. */
export const FIELDS = {
  steps: needed({
    kind: whole(STEPS),
    help: 'steps of optimisation',
    byDefault: "the model's own, by quality, for each chapter of a story",
    fallback: ({ model, preset, effort, compat, chapters }) =>
      compat
        ? REFERENCE.steps
        : Math.min(
            STEPS.max,
            chapters * (preset.steps ?? shareOf(model.defaults.steps, effort.steps, STEPS.max)),
          ),
  }),
  seed: needed({
    kind: whole(SEED),
    help: 'the same seed gives the same picture',
    byDefault: 'drawn',
    fallback: freshSeed,
  }),
  cutouts: needed({
    kind: whole(CUTOUTS),
    help: 'views a step',
    byDefault: "the model's own, by quality",
    fallback: ({ model, preset, effort }) =>
      preset.cutouts ?? shareOf(model.defaults.cutouts, effort.cutouts, CUTOUTS.max),
  }),
  clips: optional({
    kind: GUIDES,
    help: "the CLIPs that guide, with weights; the model's own choice when absent",
  }),
  chunk: optional({ kind: whole(CUTOUTS), help: 'cutouts at a time, to save memory' }),
  start: needed({
    kind: oneOf(STARTS),
    help: 'what the painting begins with',
    byDefault: "picture with --init but for what a mask lets paint, else the model's own",
    fallback: ({ start }) => start,
  }),
  learningRate: {
    ...needed({
      kind: LEARNING_RATE,
      help: 'the first step size of Adam',
      byDefault: "the model's own, by quality",
      fallback: ({ model, preset, compat }) =>
        compat ? REFERENCE.learningRate : (preset.learningRate ?? model.defaults.learningRate),
    }),
    // Older requests left it to their model.
    field: LEARNING_RATE.schema.optional(),
  },
  schedule: optional({
    kind: oneOf(SCHEDULES),
    help: 'how the learning rate falls (cosine; with --compat constant)',
  }),
  patience: optional({
    kind: whole(STEPS),
    help: 'stop when the loss has not fallen for so many steps',
  }),
  ema: optional({
    kind: decimal({ min: 0.001, max: 0.9999 }),
    help: 'show a moving average with this decay',
  }),
  coarse: {
    ...needed({
      kind: COARSE,
      help: 'share of the steps on half the grid first',
      byDefault: "the model's own, by quality, where it starts from a prior",
      // A story's first chapter would be over before its picture has grown, and a journey is about every frame.
      fallback: ({ model, preset, start, isTile, isJourney, compat, chapters }) =>
        start === 'prior' && !isTile && !isJourney && !compat && chapters === 1
          ? (preset.coarse ?? model.defaults.coarse)
          : undefined,
    }),
    field: COARSE.schema.optional(),
  },
  vary: optional({
    kind: decimal({ min: 0, max: 2 }),
    help: 'how far from the start picture to begin: 0.25 is subtle, 1 bold; by the seed',
  }),
  dwell: optional({
    kind: decimal({ min: 0, max: 1 }),
    help: 'of a story, the share of each chapter before it fades into the next (0.5)',
  }),
  tile: optional({
    kind: FLAG,
    help: 'a picture whose edges meet when it is laid out as tiles',
  }),
  symmetry: optional({
    kind: oneOf(SYMMETRIES),
    help: 'which halves mirror each other',
  }),
  smooth: optional({
    kind: decimal({ min: 0, max: 1000 }),
    help: 'how strongly to pull towards calm areas (total variation)',
  }),
  saturation: optional({
    kind: decimal({ min: -1000, max: 1000 }),
    help: 'how strongly to pull towards colour, or below 0 towards grey',
  }),
  compat: optional({
    kind: oneOf(COMPATS),
    help: "paint as VQGAN-CLIP's first loop did, to compare losses: with its crops, or its pooled views",
  }),
  upscale: needed({
    kind: oneOf(ENLARGEMENTS),
    help: 'how many times as wide and high the file is',
    byDefault: '1; on Discord what fills a message',
    fallback: ({ enlargement }) => enlargement,
  }),
  upscaler: {
    ...needed({
      kind: oneOf(UPSCALERS),
      help: 'what enlarges the file: resampling (lanczos) or a network (learned)',
      byDefault: 'learned where it was measured to be better: twice as large',
      fallback: ({ upscale }) => (upscale === 2 ? 'learned' : undefined),
    }),
    // Resampled where a request says nothing, as older ones do.
    field: oneOf(UPSCALERS).schema.optional(),
  },
};

/** Options that become something else in the request. */
export const SHORTHANDS = {
  size: shorthand({ kind: size(SIDE), help: "pixels; the model's own when absent" }),
  aspect: shorthand({
    kind: oneOf(keysOf(ASPECTS)),
    help: "the shape, at about the model's own number of pixels",
  }),
  quality: shorthand({
    kind: oneOf(keysOf(QUALITIES)),
    help: 'how much work goes into it, where --steps and --cutouts do not say (normal)',
  }),
  preset: shorthand({
    kind: oneOf(keysOf(PRESETS)),
    help: 'a sketch in seconds (quick, as --quality draft), or a large picture with bold guidance (artist, as --quality fine)',
  }),
  style: shorthand({
    kind: oneOf(Object.keys(STYLES)),
    help: 'a manner of painting, whose words are said behind the prompt',
  }),
  init: shorthand({ kind: PICTURE, help: 'a picture to start from, or to stay near' }),
  strength: shorthand({ kind: decimal({ min: 0, max: 1 }), help: 'how much of --init is kept (1)' }),
  pull: shorthand({ kind: decimal({ min: 0, max: 1e6 }), help: 'how strongly to stay near --init (0)' }),
  place: shorthand({
    kind: oneOf(PLACES),
    help: 'where --init lies: over all (cover), or in its own size, with the rest painted around it',
  }),
  mask: shorthand({
    kind: PICTURE,
    help: 'paint only where this is white; --init stays elsewhere, to the pixel',
  }),
  imagePrompt: several({
    kind: WEIGHTED_PICTURE,
    help: 'a picture to paint towards, perhaps with weight and stop: photo.png:0.5',
  }),
  zoom: shorthand({
    kind: decimal({ min: 0.5, max: 2 }),
    help: 'a journey: the picture grows by this factor every --drift-every steps and is painted on',
  }),
  panX: shorthand({
    kind: decimal({ min: -512, max: 512 }),
    help: 'a journey: pixels to the right, likewise',
  }),
  panY: shorthand({ kind: decimal({ min: -512, max: 512 }), help: 'a journey: pixels down, likewise' }),
  driftEvery: shorthand({ kind: whole(STEPS), help: 'steps between two moves of a journey (4)' }),
  palette: shorthand({ kind: PICTURE, help: 'a picture with whose colours to paint' }),
  palettePull: shorthand({
    kind: decimal({ min: 0, max: 1000 }),
    help: 'how strongly to pull towards the colours of --palette (1)',
  }),
  no: several({
    kind: words(PROMPT_LIMITS.characters),
    help: 'what to paint away from, at half weight',
  }),
  stop: shorthand({
    kind: decimal({ min: 0, max: 10 }),
    help: 'the distance (θ²/2) at which a prompt without a stop of its own has been painted well enough',
  }),
  every: shorthand({ kind: whole(STEPS), help: 'write the picture so far every so many steps' }),
};

export const OPTIONS = { ...SHORTHANDS, ...FIELDS };
export type OptionName = keyof typeof OPTIONS;
export const OPTION_NAMES = keysOf(OPTIONS);

/** The same option as a door may hold it that does not know which. */
export const optionOf = (name: OptionName): Option<unknown> => OPTIONS[name];

type ValueOf<Entry> = Entry extends { readonly kind: Kind<infer Value> } ? Value : never;

/** Values of options, as given. */
export type Given = {
  readonly [Name in OptionName]?:
    | ((typeof OPTIONS)[Name] extends { readonly isMany: true }
        ? readonly ValueOf<(typeof OPTIONS)[Name]>[]
        : ValueOf<(typeof OPTIONS)[Name]>)
    | undefined;
};

/** The schemas of `FIELDS`, for the request's. */
export type FieldSchemas = { [Name in keyof typeof FIELDS]: (typeof FIELDS)[Name]['field'] };

/** `learningRate` → `learning-rate`, as the command line, Discord and the documentation spell it. */
export function spelled(name: OptionName): string {
  return name.replace(/[A-Z]/g, (letter) => `-${letter.toLowerCase()}`);
}

/** A seed nobody chose. */
export function freshSeed(): number {
  return randomInt(SEED.max + 1);
}

function shareOf(value: number, share: number, most: number): number {
  return Math.min(most, Math.max(1, Math.round(value * share)));
}

function keysOf<const Entries extends object>(entries: Entries): readonly (keyof Entries)[] {
  return Object.keys(entries) as (keyof Entries)[]; // the keys of a literal are known
}
