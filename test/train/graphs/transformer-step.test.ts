import { int64, float32, GraphBuilder } from 'onnx-gradients/graph';
import { encodeModel } from 'onnx-gradients/graph';
import { describe, expect, it } from 'vitest';
import type { CodeTransformerConfig } from '../../../src/contracts/architectures.js';
import { buildPrior } from '../../../src/paint/start/build-prior.js';
import { neighbours } from '../../../src/paint/start/create-prior.js';
import { transformerStep } from '../../../src/train/graphs/transformer-step.js';
import { numberOf } from '../../../src/train/steppers/host-step.js';
import { adamW } from '../../../src/train/optimisers/adamw.js';
import { codePlan, codeSequence } from '../../../src/zoo/architectures/code-transformer.js';
import { randomWeights } from '../../../src/zoo/architectures/random-weights.js';
import { unpacked } from '../../zoo/architectures/fixture.js';
import { runtime } from '../support.js';
import { distance, filledTrainee, openStep, projections, readStep, type StepFixture } from './fixture.js';

type Packed = Parameters<typeof unpacked>[0];
interface Fixture extends StepFixture {
  readonly config: CodeTransformerConfig;
  readonly ids: Packed;
  readonly near: Packed;
  readonly targets: Packed;
  readonly loss: number;
  readonly losses: readonly number[];
  readonly singleLosses: readonly number[];
}

const fixture = readStep<Fixture>('transformer');
const { config, seed } = fixture;
const feeds = {
  ids: unpacked(fixture.ids),
  near: unpacked(fixture.near),
  targets: unpacked(fixture.targets),
};

describe("the transformer's step", () => {
  const graph = transformerStep(config, 3);

  it("has gradients within one and a half times PyTorch's own error in single precision", async () => {
    const trainee = filledTrainee(graph.layout, seed);
    const step = await openStep(graph.model, trainee);
    const outputs = await step.run(feeds);
    expect(numberOf(outputs['loss/nats'])).toBeCloseTo(fixture.loss, 5);
    const error = distance(projections(trainee, fixture.parameters), fixture.gradient);
    expect(error).toBeLessThan(1.5 * fixture.singleError);
    expect([...graph.layout.places.keys()].sort()).toEqual([...fixture.parameters].sort());
    await step.release();
  });

  it('loses what PyTorch loses over fifty steps, to 0.00001 nats', async () => {
    const trainee = filledTrainee(graph.layout, seed);
    const step = await openStep(graph.model, trainee);
    for (const [index, loss] of fixture.losses.entries()) {
      const outputs = await step.run(feeds);
      expect(Math.abs(numberOf(outputs['loss/nats']) - loss), `step ${index + 1}`).toBeLessThan(1e-5);
      adamW(trainee, index + 1, {
        ...{ learningRate: fixture.rate, beta1: 0.9, beta2: 0.95, epsilon: 1e-8, decay: 0.01 },
      });
    }
    await step.release();
  });
});

describe('drawing one place after another', () => {
  it('sees what the whole grid at once sees', async () => {
    const weights = randomWeights(seed);
    const [rows, columns] = config.grid;
    const places = rows * columns;
    const codes = Int32Array.from({ length: places }, (_, index) => (index * 7) % config.codes);
    const nearOf = (position: number) => neighbours({ codes, position, columns, outside: config.codes });
    const words = [
      [1, 5, 9, 2, 0, 0],
      [1, 2, 0, 0, 0, 0],
    ].flat();
    const whole = await sequenceLogits(
      words.slice(0, 6),
      Array.from({ length: places }, (_, at) => nearOf(at)).flat(),
    );

    const sampling = { empty: words.slice(6), styles: [''], guidance: 1, temperature: 1, topK: 1 };
    const prior = buildPrior({ runtime, config, sampling, weights });
    const { width, layers, heads } = config;
    const plans = (await prior.plan(int64([2, 6], words))).subarray(0, places * width);
    const size = width / heads;
    const past = float32(
      [layers, 2, 1, heads, places, size],
      new Float32Array(layers * 2 * heads * places * size),
    );
    for (let position = 0; position < places; position += 1) {
      const { logits, present } = await prior.step({
        codes: int64([1, 3], nearOf(position)),
        position: int64([1], [position]),
        plan: float32([1, width], plans.slice(position * width, (position + 1) * width)),
        past,
      });
      const expected = whole.subarray(position * config.codes, (position + 1) * config.codes);
      expect(distance([...logits], [...expected]), `place ${position}`).toBeLessThan(1e-5);
      for (let block = 0; block * size < present.length; block += 1) {
        (past.data as Float32Array).set(
          present.subarray(block * size, (block + 1) * size),
          (block * places + position) * size,
        );
      }
    }
    await prior.release();

    async function sequenceLogits(text: readonly number[], near: readonly number[]): Promise<Float32Array> {
      const builder = new GraphBuilder();
      const network = { builder, weights };
      const ids = builder.input('ids', { elementType: 'int64', shape: [1, 6] });
      const around = builder.input('near', { elementType: 'int64', shape: [1, places, 3] });
      const logits = codeSequence(network, { config, near: around, plan: codePlan(network, config, ids) });
      builder.output(logits, 'logits');
      const session = await runtime.open({ model: encodeModel(builder.build('whole')) });
      const results = await session.run({ ids: int64([1, 6], text), near: int64([1, places, 3], near) });
      await session.release();
      return results['logits']?.data as Float32Array; // declared so
    }
  });
});
