import { encodeModel, float32, int64, type Tensor } from 'onnx-gradients/graph';
import { beforeAll, describe, expect, it } from 'vitest';
import type { CodeTransformerConfig, VqganConfig } from '../../../src/contracts/architectures.js';
import { createRuntime } from '../../../src/runtime/create-runtime.js';
import type { Feeds, Runtime } from '../../../src/runtime/runtime.js';
import { vqganCodec } from '../../../src/train/codec/built-codec.js';
import { CODEBOOK } from '../../../src/train/codec/trainable-codec.js';
import { transformerStep } from '../../../src/train/graphs/transformer-step.js';
import { NAMES, vqganStep } from '../../../src/train/graphs/vqgan-step.js';
import { viewsOf } from '../../../src/train/parameters.js';
import { openDeviceStepper } from '../../../src/train/steppers/device-stepper.js';
import { numberOf } from '../../../src/train/steppers/host-step.js';
import { openHostStepper } from '../../../src/train/steppers/host-stepper.js';
import type { Learner, StepperOptions } from '../../../src/train/steppers/stepper.js';
import { useVulkanDriver, WHY_NO_WEBGPU } from '../../support/vulkan.js';
import { unpacked } from '../../zoo/architectures/fixture.js';
import { filledTrainee, readStep, type StepFixture } from '../graphs/fixture.js';
import { runtime as processor } from '../support.js';

const STEPS = 5;
/** A large ε, so that gradients that are nothing but rounding move nothing. */
const ADAM = { beta1: 0.5, beta2: 0.9, epsilon: 1e-3, decay: 0.05 } as const;

type Packed = Parameters<typeof unpacked>[0];
interface Case {
  readonly model: StepperOptions['model'];
  readonly learners: () => readonly Learner[];
  readonly inputs: Feeds;
}

interface VqganFixture extends StepFixture {
  readonly config: VqganConfig;
  readonly picture: Packed;
}

/** A VQGAN whose codebook learns by its loss, with a discriminator: two networks, one of them with a shared parameter. */
function vqgan(): Case {
  const { config, picture, seed } = readStep<VqganFixture>('vqgan-adversarial');
  return vqganCase({ config, picture: unpacked(picture), seed, layers: 2 });
}

/** The least of everything: a driver in software takes milliseconds a node, and translates each kind of them first. */
function smallVqgan(): Case {
  const { config: whole, picture, seed } = readStep<VqganFixture>('vqgan-adversarial');
  const config = { ...whole, multipliers: [1], attentionResolutions: [], midAttention: false };
  const { shape, data } = unpacked(picture);
  const [, ...one] = shape;
  const first = float32([1, ...one], (data as Float32Array).slice(0, data.length / 2)); // of two float32 pictures
  return vqganCase({ config, picture: first, seed, layers: 1 });
}

interface VqganCase {
  readonly config: VqganConfig;
  readonly picture: Tensor;
  readonly seed: number;
  /** Of the discriminator. */
  readonly layers: number;
}

function vqganCase({ config, picture, seed, layers }: VqganCase): Case {
  const adversarial = { shape: { width: 8, layers }, loss: 'hinge', weight: 0.8 } as const;
  const [batch = 1, , side = 1] = picture.shape;
  const graph = vqganStep({
    ...{ codec: vqganCodec(config), batch, side, codebook: 'loss', commitment: 0.25 },
    adversarial,
  });
  const { adversary } = graph;
  if (!adversary) throw new Error('A discriminator was asked for.');
  return {
    model: graph.model,
    inputs: { [NAMES.picture]: picture },
    learners: () => {
      const trainee = filledTrainee(graph.layout, seed);
      const average = { values: trainee.weights.slice(), decay: 0.99 };
      const limits = { adam: ADAM, longest: 1 };
      return [
        { trainee, ...limits, average, shared: [CODEBOOK] },
        { trainee: filledTrainee(adversary, seed), ...limits },
      ];
    },
  };
}

function transformer(): Case {
  interface Fixture extends StepFixture {
    readonly config: CodeTransformerConfig;
    readonly ids: { readonly shape: number[]; readonly int64: number[] };
    readonly near: Fixture['ids'];
    readonly targets: Fixture['ids'];
  }
  const { config: whole, seed, ...given } = readStep<Fixture>('transformer');
  const config = { ...whole, layers: 1 }; // a device translates every layer's kernels anew
  const tensorOf = ({ shape, int64: values }: Fixture['ids']): Tensor => int64(shape, values);
  const graph = transformerStep(config, given.ids.shape[0] ?? 1);
  return {
    model: graph.model,
    inputs: { ids: tensorOf(given.ids), near: tensorOf(given.near), targets: tensorOf(given.targets) },
    learners: () => [{ trainee: filledTrainee(graph.layout, seed), adam: ADAM, longest: 0.5 }],
  };
}

const CASES = { vqgan, transformer } as const;

/** The VQGAN takes minutes on a driver in software: WEBGPU_NETWORKS=transformer,vqgan asks for it. */
const DEVICE_CASES = { vqgan: smallVqgan, transformer } as const;
const onDevice = (process.env['WEBGPU_NETWORKS'] ?? 'transformer')
  .split(',')
  .filter((name): name is keyof typeof DEVICE_CASES => name in DEVICE_CASES);

async function learn(open: typeof openHostStepper, runtime: Runtime, { model, learners, inputs }: Case) {
  const networks = learners();
  const stepper = await open({ runtime, model, learners: networks });
  const losses: number[] = [];
  for (let count = 1; count <= STEPS; count += 1) {
    const { outputs, norms } = await stepper.step(
      inputs,
      networks.map(() => ({ count, learningRate: 1e-3 })),
    );
    const scalars = Object.entries(outputs).filter(([name]) => name.startsWith('loss/'));
    losses.push(...scalars.map(([, value]) => numberOf(value)), ...norms);
  }
  await stepper.settle();
  await stepper.release();
  const begun = learners();
  const arrays = networks.flatMap(({ trainee: { weights, first, second }, average }, index) => {
    const start = begun[index]?.trainee.weights ?? weights;
    const nothing = new Float32Array(weights.length);
    return [
      { start, end: weights },
      ...[first, second].map((end) => ({ start: nothing, end })),
      ...(average ? [{ start, end: average.values }] : []),
    ];
  });
  return { losses, arrays };
}

/** Losses to a ten-thousandth; arrays to `bar` of how far they moved. */
function expectAgreement(ours: Awaited<ReturnType<typeof learn>>, theirs: typeof ours, bar: number): void {
  for (const [index, loss] of theirs.losses.entries()) {
    const difference = Math.abs((ours.losses[index] ?? Number.NaN) - loss);
    expect(difference, `loss ${index}`).toBeLessThan(1e-4 * Math.max(1, Math.abs(loss)));
  }
  for (const [index, { start, end }] of theirs.arrays.entries()) {
    const mine = ours.arrays[index]?.end ?? start;
    expect(apart(mine, end) / apart(end, start), `array ${index}`).toBeLessThan(bar);
  }
}

const apart = (one: Float32Array, other: Float32Array) =>
  Math.sqrt(one.reduce((sum, value, index) => sum + (value - (other[index] ?? 0)) ** 2, 0));

describe.each(['vqgan', 'transformer'] as const)('a step with its optimiser in the graph: %s', (name) => {
  it('learns over five steps what the optimiser over flat arrays learns', async () => {
    const given = CASES[name]();
    const theirs = await learn(openHostStepper, processor, given);
    expectAgreement(await learn(openDeviceStepper, processor, given), theirs, 1e-3);
  });
});

describe.skipIf(WHY_NO_WEBGPU !== '')(`on WebGPU${WHY_NO_WEBGPU}`, () => {
  let device: Runtime;
  beforeAll(() => {
    useVulkanDriver();
    device = createRuntime({ provider: 'webgpu', threads: 1 });
  });

  it.each(onDevice)(
    'agrees with the processor over five steps, weights and moments staying there: %s',
    { timeout: 1_800_000 },
    async (name) => {
      const given = DEVICE_CASES[name]();
      const theirs = await learn(openHostStepper, processor, given);
      const places: boolean[] = [];
      const watched: Runtime = {
        ...device,
        openCarrying: async (...args) => {
          const session = await device.openCarrying(...args);
          return {
            ...session,
            run: async (feeds) => {
              const results = await session.run(feeds);
              places.push(session.isOnDevice());
              return results;
            },
          };
        },
      };
      expectAgreement(await learn(openDeviceStepper, watched, given), theirs, 5e-3);
      expect(places).toEqual(new Array(STEPS).fill(true));
    },
  );

  it.each(onDevice)(
    'leaves at most a hundredth of the nodes to the processor: %s',
    { timeout: 1_800_000 },
    async (name) => {
      const { model, learners, inputs } = DEVICE_CASES[name]();
      const views = learners().map(({ trainee }) => viewsOf(trainee.layout, trainee.weights));
      const nodes = await device.profile(
        { model: encodeModel(model) },
        Object.assign({}, inputs, ...views),
        1,
      );
      const left = nodes.filter(({ provider }) => !provider.startsWith('WebGpu'));
      expect(left.length / nodes.length, left.map(({ opType }) => opType).join(' ')).toBeLessThanOrEqual(
        0.01,
      );
    },
  );
});
