import { float32, GraphBuilder } from 'onnx-gradients/graph';
import { describe, expect, it } from 'vitest';
import { runGraph } from '../../../packages/onnx-gradients/test/support/run-graph.js';
import { PROMPT_PLACES, promptInputs, sphericalLoss } from '../../../src/paint/graphs/loss.js';
import { randomFromSeed } from '../../../src/paint/random.js';

interface Prompt {
  readonly embedding: readonly number[];
  readonly weight: number;
  readonly stop?: number;
}

const WIDTH = 3;
const SHARE = 0.25;

async function lossOf(rows: readonly (readonly number[])[], prompts: readonly Prompt[]) {
  const b = new GraphBuilder();
  const embeddings = b.input('u', { elementType: 'float32', shape: [rows.length, WIDTH] });
  const share = b.input('share', { elementType: 'float32', shape: [] });
  const result = sphericalLoss(b, { embeddings, prompts: promptInputs(b, WIDTH), share });
  for (const [name, value] of Object.entries(result)) b.output(value, name);
  const places = <Kind>(pick: (prompt: Prompt) => Kind, empty: Kind) =>
    Array.from({ length: PROMPT_PLACES }, (_, place) => {
      const prompt = prompts[place];
      return prompt ? pick(prompt) : empty;
    });
  const results = await runGraph(b.build('loss'), {
    u: float32([rows.length, WIDTH], rows.flat()),
    share: float32([], [SHARE]),
    'prompts.embeddings': float32(
      [PROMPT_PLACES, WIDTH],
      places<readonly number[]>((p) => p.embedding, [0, 0, 0]).flat(),
    ),
    'prompts.weights': float32(
      [PROMPT_PLACES],
      places((p) => p.weight, 0),
    ),
    'prompts.stops': float32(
      [PROMPT_PLACES],
      places((p) => p.stop ?? -1e9, -1e9),
    ),
  });
  const values = (name: string) => [...(results[name]?.data ?? [])].map(Number);
  return {
    loss: values('loss')[0] ?? Number.NaN,
    cotangent: values('cotangent'),
    pulling: values('pulling')[0],
  };
}

/** d = 2·arcsin(‖û − ê‖/2)², as the paper states it, in double precision. */
function distance(u: readonly number[], e: readonly number[]): number {
  const length = Math.hypot(...u);
  const gap = Math.hypot(...u.map((value, index) => value / length - (e[index] ?? 0)));
  return 2 * Math.asin(Math.min(1, gap / 2)) ** 2;
}

const unit = (values: readonly number[]) => values.map((value) => value / Math.hypot(...values));
const random = randomFromSeed(11);
const vector = () => [random.normal(), random.normal(), random.normal()];

describe('sphericalLoss', () => {
  it('sums |w|·d·sign w over prompts and cutouts, each cutout its share', async () => {
    const rows = [vector(), vector(), vector()];
    const prompts = [
      { embedding: unit(vector()), weight: 2 },
      { embedding: unit(vector()), weight: -0.5 },
    ];
    const expected = rows
      .flatMap((u) => prompts.map(({ embedding, weight }) => SHARE * weight * distance(u, embedding)))
      .reduce((sum, value) => sum + value, 0);
    expect((await lossOf(rows, prompts)).loss).toBeCloseTo(expected, 5);
  });

  it.each([
    ['acute', [0.9, 0.3, 0.1]],
    ['right', [0, 0.7, 0.7]],
    ['obtuse', [-0.8, 0.5, 0.1]],
    ['almost equal', [1, 1e-3, 0]],
  ])('has the gradient of the formula: %s angle', async (_, direction) => {
    const u = direction.map((value) => value * 3);
    const prompts = [{ embedding: [1, 0, 0], weight: -0.7 }];
    const { cotangent } = await lossOf([u], prompts);
    for (const axis of [0, 1, 2]) {
      const moved = (by: number) => u.map((value, index) => (index === axis ? value + by : value));
      const slope = (distance(moved(1e-5), [1, 0, 0]) - distance(moved(-1e-5), [1, 0, 0])) / 2e-5;
      expect(cotangent[axis]).toBeCloseTo(-0.7 * SHARE * slope, 4);
    }
  });

  it('is finite and 0 where a cutout has reached its prompt', async () => {
    const { loss, cotangent } = await lossOf([[2, 0, 0]], [{ embedding: [1, 0, 0], weight: 1 }]);
    expect(loss).toBeCloseTo(0, 6);
    for (const value of cotangent) expect(value).toBeCloseTo(0, 6);
  });

  it('is finite at the opposite point', async () => {
    const { loss, cotangent } = await lossOf([[-2, 0, 0]], [{ embedding: [1, 0, 0], weight: 1 }]);
    expect(loss).toBeCloseTo((SHARE * Math.PI ** 2) / 2, 4);
    for (const value of cotangent) expect(Number.isFinite(value)).toBe(true);
  });

  it('stops pulling below a stop, pair by pair', async () => {
    const [near, far] = [
      [1, 0.1, 0],
      [0, 1, 0],
    ];
    const { loss, cotangent, pulling } = await lossOf(
      [near, far],
      [{ embedding: [1, 0, 0], weight: 2, stop: 0.5 }],
    );
    expect(cotangent.slice(0, 3)).toEqual([0, 0, 0]);
    expect(Math.hypot(...cotangent.slice(3))).toBeGreaterThan(0.1);
    expect(loss).toBeCloseTo(2 * SHARE * (0.5 + distance(far, [1, 0, 0])), 5);
    expect(pulling).toBe(2);
  });

  it('stops pushing away once a negative prompt is far enough', async () => {
    const prompts = [{ embedding: [1, 0, 0], weight: -1, stop: -0.3 }];
    expect((await lossOf([[0, 1, 0]], prompts)).pulling).toBe(0);
    expect((await lossOf([[1, 0.1, 0]], prompts)).pulling).toBe(1);
  });
});
