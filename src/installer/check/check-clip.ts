import { createTowers, embedImage, embedText } from '../../paint/prompts/clip-towers.js';
import type { Runtime } from '../../runtime/runtime.js';
import type { LoadedModel } from '../../zoo/load-model.js';
import { CAPTIONED } from './test-pictures.js';

export interface ClipMeasure {
  /** Pictures whose own caption is the nearest, and captions whose own picture is. */
  readonly hits: number;
  readonly of: number;
}

/** Lets a CLIP match built-in pictures with their captions, both ways. */
export async function measureClip(model: LoadedModel, runtime: Runtime, index: number): Promise<ClipMeasure> {
  const clip = model.manifest.clips[index];
  if (!clip) throw new Error(`The model has no CLIP ${index}.`);
  const towers = createTowers(model, runtime, index);
  try {
    const text = await towers.text();
    const texts: Float32Array[] = [];
    for (const { caption } of CAPTIONED) texts.push(await embedText(clip, text, caption));
    await text.network.release(); // the towers are open one after the other, for want of memory
    const pictures: Float32Array[] = [];
    for (const { draw } of CAPTIONED)
      pictures.push(await embedImage(clip, towers.image, draw(clip.image.size)));
    const hits = countHits(pictures, texts) + countHits(texts, pictures);
    return { hits, of: 2 * CAPTIONED.length };
  } finally {
    await towers.release();
  }
}

/** How many of the first have their own counterpart as the nearest of the second. */
function countHits(first: readonly Float32Array[], second: readonly Float32Array[]): number {
  return first.filter((vector, index) => {
    const scores = second.map((other) =>
      other.reduce((sum, value, axis) => sum + value * (vector[axis] ?? 0), 0),
    );
    return scores.every(Number.isFinite) && scores.indexOf(Math.max(...scores)) === index;
  }).length;
}
