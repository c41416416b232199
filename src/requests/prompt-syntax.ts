import { RequestError } from './complaint.js';
import type { Prompt } from './paint-request.js';
import { PROMPT_LIMITS } from './prompt-limits.js';

const NUMBER = String.raw`-?(?:\d+(?:\.\d*)?|\.\d+)`;
/**
 * Text, then `:weight` and perhaps `:stop` at the very end, with or without a space behind a colon. The colon must not follow a digit (times, ratios and verses
 * stay prose) unless a space stands before it.
 */
const WEIGHTED = new RegExp(String.raw`^(.*?(?:[^\s\d:]|\s))\s*:\s*(${NUMBER})(?::\s*(${NUMBER}))?$`, 'su');

/** Between the chapters of a story; without space around them two strokes belong to an address. */
const CHAPTER = /\s\/\/\s/u;

/**
 * Reads `a castle:1 | fog:-0.3`: prompts divided by bars, each with a weight (1 when absent) and a stop. Colons in
 * prose stay prose: `note: a clock at 20:15` is one prompt of weight 1; `a clock at 20:15 :0.5` weighs a half. `spring // summer // autumn` is
 * a story: prompts of one chapter after the other.
 *
 * @throws UserError when a prompt is empty or too long, there are too many, or a weight is 0.
 */
export function parsePrompts(text: string): Prompt[] {
  if (isBlank(text)) throw new RequestError({ kind: 'emptyPrompt' });
  const chapters = text.split(CHAPTER);
  const prompts = chapters.flatMap((part, chapter) =>
    part.split('|').map((piece) => {
      const prompt = parsePrompt(piece);
      return chapters.length > 1 ? { ...prompt, chapter } : prompt;
    }),
  );
  if (prompts.length > PROMPT_LIMITS.prompts) {
    throw new RequestError({ kind: 'manyPrompts', most: PROMPT_LIMITS.prompts, got: prompts.length });
  }
  return prompts;
}

/** The text that `parsePrompts` reads as these prompts; what belongs to every chapter of a story stands in each. */
export function formatPrompts(prompts: readonly Prompt[]): string {
  const last = Math.max(0, ...prompts.map(({ chapter = 0 }) => chapter));
  const chapters = Array.from({ length: last + 1 }, (_, index) =>
    prompts.filter(({ chapter = index }) => chapter === index),
  );
  return chapters.map((chapter) => chapter.map(formatPrompt).join(' | ')).join(' // ');
}

function parsePrompt(piece: string): Prompt {
  const match = WEIGHTED.exec(piece.trim());
  const text = (match?.[1] ?? piece).trim();
  const weight = Number(match?.[2] ?? 1);
  const stop = match?.[3];
  if (isBlank(text)) throw new RequestError({ kind: 'emptyPart' });
  if (text.length > PROMPT_LIMITS.characters) {
    throw new RequestError({ kind: 'longPrompt', most: PROMPT_LIMITS.characters, got: text.length });
  }
  if (weight === 0) throw new RequestError({ kind: 'weightless', prompt: text });
  return stop === undefined ? { text, weight } : { text, weight, stop: Number(stop) };
}

/** Characters that show nothing: spaces, controls, joiners, fillers, the blank braille cell. */
const INVISIBLE = /[\s\p{C}\p{Z}\p{Default_Ignorable_Code_Point}\u2800]/gu;

function isBlank(text: string): boolean {
  return text.replace(INVISIBLE, '') === '';
}

function formatPrompt({ text, weight, stop }: Prompt): string {
  const plain = weight === 1 && stop === undefined && !WEIGHTED.test(text);
  if (plain) return text;
  const gap = /[\d:.]$/.test(text) ? ' ' : '';
  return `${text}${gap}:${decimal(weight)}${stop === undefined ? '' : `:${decimal(stop)}`}`;
}

/** A number as people write it: never with an exponent, which the syntax does not know. */
function decimal(value: number): string {
  return String(value).includes('e') ? value.toFixed(20).replace(/\.?0+$/, '') : String(value);
}
