import { float32, int64 } from 'onnx-gradients/graph';
import type { Prompt } from '../../contracts/paint-request.js';
import type { Tokenize } from '../../zoo/tokenizer.js';
import { codesOnGrid, type Grid } from '../latent/codes.js';
import type { Random } from '../random.js';
import { placesIn, windowsOver } from './canvas.js';
import { drawCode } from './draw-code.js';
import type { PriorFacts, PriorNetworks } from './prior-networks.js';

/** A place of the canvas that no window has drawn yet. */
const OPEN = -1;

/** The transformer over code indices (Esser et al. 2021, section 3.2), conditioned on texts. */
export interface Prior {
  readonly rows: number;
  readonly columns: number;
  /** Plans for no text and draws nothing: runs both networks once, for so many pictures at a time. */
  prepare(candidates: number): Promise<void>;
  /** Draws the code indices of so many pictures at a time, in raster order. */
  sample(options: SampleOptions): Promise<readonly Int32Array[]>;
  release(): Promise<void>;
}

export interface SampleOptions {
  /** How many pictures; several cost little more than one. */
  readonly candidates: number;
  readonly prompts: readonly Prompt[];
  readonly random: Random;
  /**
   * The grid to draw on, at least the prior's own, which it is when absent. A larger one is drawn through a sliding window whose
   * positions count anew wherever it stands (Esser et al. 2021, section 3.3); the text's plan lies in the middle.
   */
  readonly canvas?: Grid | undefined;
  /** How far the texts pull; the manifest's when absent. */
  readonly guidance?: number | undefined;
  readonly temperature?: number | undefined;
  readonly topK?: number | undefined;
}

/** A prior of its two networks. */
export function createPrior(networks: PriorNetworks, tokenize: Tokenize): Prior {
  const { facts } = networks;
  const { rows, columns } = facts;
  const own = { rows, columns };
  return {
    rows,
    columns,
    prepare: async (candidates) => {
      const plans = await planFor([{ text: '', weight: 1 }], networks, tokenize);
      const cache = createCache(networks, candidates * plans.length);
      const seen = Array.from({ length: candidates }, () => new Int32Array(rows * columns));
      await cache.step({ seen, position: 0, planned: 0, plans });
    },
    sample: async ({ candidates, prompts, random, canvas = own, ...overrides }) => {
      const plans = await planFor(styled(prompts, facts, random), networks, tokenize);
      const { guidance = facts.guidance, temperature = facts.temperature, topK = facts.topK } = overrides;
      const weights = guidanceWeights(prompts, guidance);
      const drawn = Array.from({ length: candidates }, () =>
        new Int32Array(canvas.rows * canvas.columns).fill(OPEN),
      );
      const ownPlaces = Int32Array.from({ length: rows * columns }, (_, position) => position);
      const plannedAt = codesOnGrid(ownPlaces, own, canvas);
      for (const window of windowsOver(canvas, own)) {
        const cache = createCache(networks, candidates * plans.length);
        const seen = drawn.map(() => new Int32Array(rows * columns));
        for (const [position, place] of placesIn(window, canvas, own).entries()) {
          const planned = plannedAt[place] ?? position;
          const logits = await cache.step({ seen, position, planned, plans });
          const size = logits.length / candidates;
          for (const [index, codes] of drawn.entries()) {
            if (codes[place] === OPEN) {
              const scores = logits.subarray(index * size, (index + 1) * size);
              codes[place] = drawCode(mixLogits(scores, weights), { random, temperature, topK });
            }
            seen[index]?.set(codes.subarray(place, place + 1), position);
          }
        }
      }
      return drawn;
    },
    release: () => networks.release(),
  };
}

/** The prompts in one of the model's styles; a text that says how behind a comma keeps to that. */
function styled(prompts: readonly Prompt[], { styles }: PriorFacts, random: Random): readonly Prompt[] {
  const style = styles[random.integer(styles.length)] ?? '';
  return prompts.map((prompt) =>
    prompt.text.includes(',') ? prompt : { ...prompt, text: prompt.text + style },
  );
}

/** What belongs at each position, [positions, width]: first without a text, then for every prompt. */
async function planFor(
  prompts: readonly Prompt[],
  { facts, plan }: PriorNetworks,
  tokenize: Tokenize,
): Promise<readonly Float32Array[]> {
  const { empty } = facts;
  const plans: Float32Array[] = [];
  for (const { text } of prompts) {
    const both = await plan(int64([2, empty.length], [...tokenize(text), ...empty]));
    const half = both.length / 2;
    if (plans.length === 0) plans.push(both.subarray(half));
    plans.push(both.subarray(0, half));
  }
  return plans;
}

/**
 * What each prompt's logits count beyond those without a text: guidance·wᵢ/Σ₊w, so that one prompt of any positive weight
 * has the plain guidance (Ho and Salimans 2021), several share it, and a negative one is led away from.
 */
export function guidanceWeights(prompts: readonly Prompt[], guidance: number): readonly number[] {
  const positive = prompts.reduce((sum, { weight }) => sum + Math.max(weight, 0), 0);
  const total = positive > 0 ? positive : prompts.reduce((sum, { weight }) => sum + Math.abs(weight), 0);
  return prompts.map(({ weight }) => (guidance * weight) / total);
}

/** without + Σᵢ weightᵢ·(withᵢ − without) over rows [1 + prompts, codes]. */
function mixLogits(rows: Float32Array, weights: readonly number[]): Float32Array {
  const codes = rows.length / (weights.length + 1);
  return Float32Array.from({ length: codes }, (_, code) => {
    const without = rows[code] ?? 0;
    return weights.reduce(
      (sum, weight, prompt) => sum + weight * ((rows[(prompt + 1) * codes + code] ?? 0) - without),
      without,
    );
  });
}

interface CacheStep {
  /** The window's codes before this position, of every candidate. */
  readonly seen: readonly Int32Array[];
  readonly position: number;
  /** The position whose part of the plans belongs here; another one only on a larger canvas. */
  readonly planned: number;
  readonly plans: readonly Float32Array[];
}

/** Keys and values of the positions so far, written in place. Rows are candidates, and for each its plans. */
function createCache({ facts, step }: PriorNetworks, rows: number) {
  const { outside, layers, heads, size, width, columns } = facts;
  const positions = facts.rows * columns;
  const past = float32(
    [layers, 2, rows, heads, positions, size],
    new Float32Array(layers * 2 * rows * heads * positions * size),
  );
  return {
    step: async ({ seen, position, planned, plans }: CacheStep): Promise<Float32Array> => {
      const plan = new Float32Array(rows * width);
      for (let row = 0; row < rows; row += 1) {
        const whole = plans[row % plans.length];
        if (whole) plan.set(whole.subarray(planned * width, (planned + 1) * width), row * width);
      }
      const near = seen.flatMap((codes) => {
        const own = neighbours({ codes, position, columns, outside });
        return plans.flatMap(() => own);
      });
      const { logits, present } = await step({
        codes: int64([rows, 3], near),
        position: int64([1], [position]),
        plan: float32([rows, width], plan),
        past,
      });
      for (let block = 0; block * size < present.length; block += 1) {
        const entry = present.subarray(block * size, (block + 1) * size);
        (past.data as Float32Array).set(entry, (block * positions + position) * size); // made above
      }
      return logits;
    },
  };
}

interface Place {
  readonly codes: Int32Array;
  readonly position: number;
  readonly columns: number;
  /** What stands beyond the grid. */
  readonly outside: number;
}

/** The codes to the left, above, and above right of a position. */
export function neighbours({ codes, position, columns, outside }: Place): readonly [number, number, number] {
  const column = position % columns;
  const at = (offset: number, exists: boolean) => (exists ? (codes[position - offset] ?? outside) : outside);
  const hasAbove = position >= columns;
  return [at(1, column > 0), at(columns, hasAbove), at(columns - 1, hasAbove && column < columns - 1)];
}
