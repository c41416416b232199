import { float32, type Tensor } from 'onnx-gradients/graph';
import type { PaintRequest } from '../../contracts/paint-request.js';
import type { Picture } from '../../contracts/picture.js';
import type { Runtime } from '../../runtime/runtime.js';
import type { LoadedModel } from '../../zoo/load-model.js';
import { PROMPT_PLACES } from '../graphs/loss.js';
import { createTowers, embedImage, embedText } from './clip-towers.js';
import { cosineOf } from './cosine.js';
import { guidesOf } from './guides-of.js';
import { pictureNamed } from './picture-named.js';

/** A step graph's `prompts.*` inputs for one CLIP. */
export interface Conditioning {
  /** The CLIP's place in the manifest. */
  readonly clip: number;
  /** What it counts. */
  readonly share: number;
  readonly embeddings: Tensor;
  readonly weights: Tensor;
  readonly stops: Tensor;
}

/** No stop: below every distance, and finite, so that 0 times it is 0. */
const NO_STOP = -1e9;

/** Turns requests into conditioning; text and image towers stay open between requests. */
export interface Conditioner {
  /** One conditioning a CLIP that guides the request. */
  condition(
    request: Pick<PaintRequest, 'clips' | 'prompts' | 'imagePrompts'>,
    images: ReadonlyMap<string, Picture>,
  ): Promise<readonly Conditioning[]>;
  /** The loss of a picture seen as a whole: Σ over the CLIPs and prompts of share·weight·θ²/2. */
  distance(picture: Picture, conditionings: readonly Conditioning[]): Promise<number>;
  release(): Promise<void>;
}

export function createConditioner(model: LoadedModel, runtime: Runtime): Conditioner {
  const clips = model.manifest.clips.map((clip, index) => ({
    clip,
    towers: createTowers(model, runtime, index),
  }));
  const clipAt = (index: number) => {
    const clip = clips[index];
    if (!clip) throw new Error(`The model has no CLIP ${index}.`);
    return clip;
  };
  return {
    condition: async (request, images) => {
      const conditionings: Conditioning[] = [];
      for (const { index, weight: share } of guidesOf(request, model.manifest)) {
        const { clip, towers } = clipAt(index);
        const rows: Row[] = [];
        for (const { text, weight, stop } of request.prompts) {
          const embedding = await embedText(clip, await towers.text(), text);
          rows.push({ embedding, weight, stop: stop ?? NO_STOP });
        }
        for (const { image, weight, stop } of request.imagePrompts) {
          const embedding = await embedImage(clip, towers.image, pictureNamed(images, image));
          rows.push({ embedding, weight, stop: stop ?? NO_STOP });
        }
        conditionings.push({ clip: index, share, ...stack(rows) });
      }
      return conditionings;
    },
    distance: async (picture, conditionings) => {
      let sum = 0;
      for (const conditioning of conditionings) {
        const { clip, towers } = clipAt(conditioning.clip);
        const embedding = await embedImage(clip, towers.image, picture);
        sum += conditioning.share * weightedDistance(embedding, conditioning);
      }
      return sum;
    },
    release: async () => {
      for (const { towers } of clips) await towers.release();
    },
  };
}

/** Σ_j w_j·θ_j²/2 between a unit vector and the prompts. */
function weightedDistance(unit: Float32Array, { embeddings, weights }: Conditioning): number {
  const rows = embeddings.data as Float32Array; // stacked below
  let sum = 0;
  for (const [place, weight] of [...weights.data].map(Number).entries()) {
    if (weight === 0) continue;
    const cosine = cosineOf(unit, rows.subarray(place * unit.length, (place + 1) * unit.length));
    sum += (weight * Math.acos(Math.min(1, Math.max(-1, cosine))) ** 2) / 2;
  }
  return sum;
}

interface Row {
  readonly embedding: Float32Array;
  readonly weight: number;
  readonly stop: number;
}

function stack(rows: readonly Row[]): Omit<Conditioning, 'clip' | 'share'> {
  const width = rows[0]?.embedding.length ?? 1;
  const embeddings = new Float32Array(PROMPT_PLACES * width);
  const weights = new Float32Array(PROMPT_PLACES);
  const stops = new Float32Array(PROMPT_PLACES).fill(NO_STOP);
  for (const [index, row] of rows.entries()) {
    embeddings.set(row.embedding, index * width);
    weights[index] = row.weight;
    stops[index] = row.stop;
  }
  return {
    embeddings: float32([PROMPT_PLACES, width], embeddings),
    weights: float32([PROMPT_PLACES], weights),
    stops: float32([PROMPT_PLACES], stops),
  };
}
