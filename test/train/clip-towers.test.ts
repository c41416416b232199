import { describe, expect, it } from 'vitest';
import { openClipTowers, type Pairs } from '../../src/train/clip-towers.js';
import { CLIP_NAMES, type ClipConfig } from '../../src/train/graphs/clip-step.js';
import { randomWeights } from '../../src/zoo/architectures/random-weights.js';
import { unpacked } from '../zoo/architectures/fixture.js';
import { distance, filledTrainee, projections, readStep, type StepFixture } from './graphs/fixture.js';
import { runtime } from './support.js';

type Packed = Parameters<typeof unpacked>[0];
interface Fixture extends StepFixture {
  readonly config: ClipConfig;
  readonly pixels: Packed;
  readonly ids: Packed;
  readonly loss: number;
  readonly ofPixels: readonly number[];
}

const fixture = readStep<Fixture>('clip');
const pairs: Pairs = {
  count: 5,
  pixels: unpacked(fixture.pixels).data as Float32Array,
  ids: unpacked(fixture.ids).data as BigInt64Array,
};

describe("CLIP's step", () => {
  it.each([5, 3, 2])(
    "has gradients within one and a half times PyTorch's own error in single precision, %i pairs at a time",
    async (chunk) => {
      const towers = await openClipTowers({ runtime, config: fixture.config, chunk });
      const { trainee } = towers;
      trainee.weights.set(filledTrainee(trainee.layout, fixture.seed).weights);
      trainee.weights[trainee.layout.places.get(CLIP_NAMES.scale)?.offset ?? -1] = 1;
      const contrast = await towers.contrast(pairs, await towers.embed(pairs));
      expect(contrast.loss).toBeCloseTo(fixture.loss, 5);
      await towers.pull(pairs, contrast);
      expect(distance(projections(trainee, fixture.parameters), fixture.gradient)).toBeLessThan(
        1.5 * fixture.singleError,
      );
      const gradient = await towers.pullPixels(pairs, contrast);
      const sums = [101, 102].map((seed) => {
        const random = randomWeights(seed)('pixels', [5, 3, 16, 16]).data as Float32Array;
        return random.reduce((sum, value, index) => sum + value * (gradient[index] ?? 0), 0);
      });
      expect(distance(sums, fixture.ofPixels)).toBeLessThan(1e-5);
      await towers.release();
    },
  );
});
