import { describe, expect, it } from 'vitest';
import type { VqganConfig } from '../../../src/contracts/architectures.js';
import type { DiscriminatorShape } from '../../../src/train/graphs/discriminator.js';
import { vqganCodec } from '../../../src/train/codec/built-codec.js';
import { ADVERSARY, NAMES, vqganStep } from '../../../src/train/graphs/vqgan-step.js';
import { numberOf } from '../../../src/train/steppers/host-step.js';
import { adamW } from '../../../src/train/optimisers/adamw.js';
import { unpacked } from '../../zoo/architectures/fixture.js';
import { distance, filledTrainee, openStep, projections, readStep, type StepFixture } from './fixture.js';

type Packed = Parameters<typeof unpacked>[0];
interface Run {
  readonly rate: number;
  readonly l1: readonly number[];
  readonly indices?: Packed;
}
interface Fixture extends StepFixture {
  readonly config: VqganConfig;
  readonly discriminator: DiscriminatorShape | null;
  readonly picture: Packed;
  readonly losses: Readonly<Record<string, number>>;
  readonly run?: { readonly free: Run; readonly held: Run };
}

const stepOf = ({ config, discriminator }: Fixture, holdsCodes = false) =>
  vqganStep({
    ...{ codec: vqganCodec(config), batch: 2, side: 16, codebook: 'loss', commitment: 0.25, holdsCodes },
    ...(discriminator && { adversarial: { shape: discriminator, loss: 'hinge', weight: 0.8 } }),
  });

describe("a VQGAN's step", () => {
  it.each(['vqgan', 'vqgan-adversarial'])(
    "has gradients within one and a half times PyTorch's own error in single precision: %s",
    async (name) => {
      const fixture = readStep<Fixture>(name);
      const graph = stepOf(fixture);
      const generator = filledTrainee(graph.layout, fixture.seed);
      const adversary = graph.adversary && filledTrainee(unprefixed(graph.adversary), fixture.seed);
      const trainees = adversary && graph.adversary ? [{ ...adversary, layout: graph.adversary }] : [];
      const step = await openStep(graph.model, generator, ...trainees);
      const outputs = await step.run({ [NAMES.picture]: unpacked(fixture.picture) });
      for (const [loss, value] of Object.entries(fixture.losses)) {
        expect(numberOf(outputs[NAMES.loss + loss]), loss).toBeCloseTo(value, 5);
      }
      const ofAdversary = fixture.parameters.filter((each) => each.startsWith(ADVERSARY));
      const own = fixture.parameters.filter((each) => !each.startsWith(ADVERSARY));
      const got = [
        ...projections(generator, own),
        ...trainees.flatMap((trainee) => projections(trainee, ofAdversary)),
      ];
      expect(distance(got, fixture.gradient)).toBeLessThan(1.5 * fixture.singleError);
      await step.release();
    },
  );

  it.each([
    ['ten steps', 'free', 1e-4],
    ['fifty steps whose codes are held', 'held', 1e-3],
  ] as const)('loses what PyTorch loses over %s', async (_, name, bar) => {
    const fixture = readStep<Fixture>('vqgan');
    const run = fixture.run?.[name];
    if (!run) throw new Error('The fixture has no runs.');
    const graph = stepOf(fixture, name === 'held');
    const trainee = filledTrainee(graph.layout, fixture.seed);
    const step = await openStep(graph.model, trainee);
    const feeds = {
      [NAMES.picture]: unpacked(fixture.picture),
      ...(run.indices && { [NAMES.held]: unpacked(run.indices) }),
    };
    for (const [index, l1] of run.l1.entries()) {
      const outputs = await step.run(feeds);
      expect(Math.abs(numberOf(outputs['loss/l1']) - l1), `step ${index + 1}`).toBeLessThan(bar * l1);
      adamW(trainee, index + 1, {
        ...{ learningRate: run.rate, beta1: 0.5, beta2: 0.9, epsilon: 1e-8, decay: 0.01 },
      });
    }
    await step.release();
  });
});

/** The discriminator's layout under PyTorch's names, by which the script drew its weights. */
function unprefixed<Layout extends { readonly places: ReadonlyMap<string, unknown> }>(
  layout: Layout,
): Layout {
  const places = new Map([...layout.places].map(([name, place]) => [name.replace(ADVERSARY, ''), place]));
  return { ...layout, places };
}
