import { RequestError } from './complaint.js';
import { oneOf, readValue, whole, wrongValue } from './kinds.js';
import { ASPECTS, COUNT, FIELDS, type Given, SHORTHANDS } from './options.js';
import type { Prompt } from './paint-request.js';
import { parsePrompts } from './prompt-syntax.js';

/** A prompt as typed, read: what to paint, and what was asked for among the words. */
export interface Typed {
  readonly prompts: readonly Prompt[];
  readonly given: Given;
  /** How many pictures, where that was said. */
  readonly count?: number;
}

/** What one flag says. */
interface Said {
  readonly given?: Given;
  readonly away?: readonly string[];
  readonly count?: number;
}

/** How strongly to paint away from what `--no` names. */
export const AWAY = -0.5;
/** `--word` at a word's beginning, with what stands behind it up to the next. */
const FLAG = /(?:^|\s)(?:--|—)([a-z]+)(?:[ \t=]+([^\s-][^—]*?|-[\d.][^—]*?))?(?=\s(?:--|—)[a-z]|\s*$)/giu;
/** Two ratios that nobody can tell apart. */
const SAME_SHAPE = 1.02;

/** What is understood, under every name that people know it by. */
const FLAGS: Readonly<Record<string, (value: string) => Said>> = {
  ar: (value) => ({ given: { aspect: aspectFor(value) } }),
  aspect: (value) => ({ given: { aspect: aspectFor(value) } }),
  no: (value) => ({
    away: value
      .split(',')
      .map((text) => text.trim())
      .filter((text) => text !== ''),
  }),
  seed: (value) => ({ given: { seed: readValue('--seed', FIELDS.seed.kind, value) } }),
  steps: (value) => ({ given: { steps: readValue('--steps', FIELDS.steps.kind, value) } }),
  quality: (value) => ({ given: { quality: readValue('--quality', SHORTHANDS.quality.kind, value) } }),
  clips: (value) => ({ given: { clips: readValue('--clips', FIELDS.clips.kind, value) } }),
  count: (value) => ({ count: readValue('--count', whole(COUNT), value) }),
  tile: () => ({ given: { tile: true } }),
  style: (value) => ({ given: { style: readValue('--style', SHORTHANDS.style.kind, value) } }),
};

/** What stands alone; words behind it belong to the prompt. */
const BARE: ReadonlySet<string> = new Set(['tile']);

const UNDERSTOOD = [
  '--ar 3:2',
  '--no fog',
  '--seed 7',
  '--steps 100',
  '--quality fine',
  '--style ink',
  '--count 4',
  '--clips vit-b-32,rn50',
  '--tile',
];

/**
 * Reads a prompt with the habits of other painting bots: `a castle --ar 3:2 --no fog, people --seed 7`, weights as
 * `castle::2 fog::-0.5`. What has no meaning here is answered with a sentence instead of being painted.
 *
 * @throws UserError for a flag that is not understood or a value out of range, and as `parsePrompts`.
 */
export function readTyped(text: string): Typed {
  let given: Given = {};
  let count: number | undefined;
  const away: string[] = [];
  const words = text.replace(FLAG, (_, flag: string, value: string | undefined) => {
    const name = flag.toLowerCase();
    const read = Object.hasOwn(FLAGS, name) ? FLAGS[name] : undefined;
    if (!read) throw new RequestError({ kind: 'unknownFlag', flag, understood: UNDERSTOOD });
    if (value === undefined && !BARE.has(name)) {
      throw new RequestError({ kind: 'bareFlag', flag, understood: UNDERSTOOD });
    }
    const found = read((value ?? '').trim());
    given = { ...given, ...found.given };
    count = found.count ?? count;
    away.push(...(found.away ?? []));
    return BARE.has(name) ? ` ${value ?? ''}` : ' ';
  });
  const prompts = parsePrompts(toBars(words));
  return {
    prompts: [...prompts, ...away.map((what) => ({ text: what, weight: AWAY }))],
    given,
    ...(count !== undefined && { count }),
  };
}

/** `castle::2 a sunset::0.5 birds` → `castle :2 | a sunset :0.5 | birds`; a `::` without a number divides evenly. */
function toBars(text: string): string {
  if (!text.includes('::')) return text;
  const parts = text.split(/::/);
  return parts
    .map((part, index) => {
      const weight = index === 0 ? undefined : /^(-?(?:\d+\.?\d*|\.\d+))(?=\s|$)/.exec(part)?.[0];
      return { words: part.slice(weight?.length ?? 0).trim(), weight };
    })
    .flatMap(({ words }, index, all) => {
      if (words === '') return [];
      const weight = all[index + 1]?.weight;
      return [weight === undefined ? words : `${words} :${weight}`];
    })
    .join(' | ');
}

function aspectFor(value: string): keyof typeof ASPECTS {
  const names = Object.keys(ASPECTS) as (keyof typeof ASPECTS)[]; // the keys of a literal
  const named = names.find((name) => name === value.toLowerCase());
  if (named) return named;
  const [, width, height] = /^(\d{1,4})\s*[:x/]\s*(\d{1,4})$/.exec(value)?.map(Number) ?? [];
  const ratio = (width ?? 0) / (height ?? 0);
  const near = names.find((name) => Math.max(ratio / ASPECTS[name], ASPECTS[name] / ratio) < SAME_SHAPE);
  if (!near) throw wrongValue('--ar', oneOf(names), value);
  return near;
}
