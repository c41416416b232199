import type { PaintRequest } from '../../requests/paint-request.js';
import { float32 } from 'onnx-gradients/graph';
import type { Conditioning } from '../prompts/conditioning.js';

/** The share of a chapter that its prompts stand alone, when nobody said. */
const DWELL = 0.5;

/** How many chapters a request tells; 1 where it is no story. */
export function chapterCount({ prompts }: Pick<PaintRequest, 'prompts'>): number {
  return 1 + Math.max(0, ...prompts.map(({ chapter = 0 }) => chapter));
}

export const isStory = (request: Partial<Pick<PaintRequest, 'prompts'>>): boolean =>
  (request.prompts ?? []).some(({ chapter = 0 }) => chapter > 0);

/**
 * What a chapter counts at a step, 0…1: chapters share the steps evenly, and around each border one fades into the next over
 * what their dwelling leaves.
 */
export function chapterShare(
  chapter: number,
  { step, request }: { readonly step: number; readonly request: PaintRequest },
): number {
  const count = chapterCount(request);
  const at = (count * (step - 0.5)) / request.steps;
  const fade = Math.max(1e-6, 1 - (request.dwell ?? DWELL));
  const risen = chapter === 0 ? 1 : (at - (chapter - fade / 2)) / fade;
  const left = chapter === count - 1 ? 1 : (chapter + 1 + fade / 2 - at) / fade;
  return Math.min(1, Math.max(0, Math.min(risen, left)));
}

/** The conditionings with the weights of a step; prompts of no chapter always count. */
export function conditioningsAt(
  conditionings: readonly Conditioning[],
  { step, request }: { readonly step: number; readonly request: PaintRequest },
): readonly Conditioning[] {
  if (!isStory(request)) return conditionings;
  const shares = request.prompts.map(({ chapter }) =>
    chapter === undefined ? 1 : chapterShare(chapter, { step, request }),
  );
  return conditionings.map(({ weights, ...conditioning }) => ({
    ...conditioning,
    weights: float32(
      weights.shape,
      [...weights.data].map((weight, place) => Number(weight) * (shares[place] ?? 1)),
    ),
  }));
}
