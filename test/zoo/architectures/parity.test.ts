import { expect, test } from 'vitest';
import { gradients } from '../../../src/autodiff/gradients.js';
import { rematerialise } from '../../../src/autodiff/memory/rematerialise.js';
import type { ClipTextConfig, ClipVitConfig } from '../../../src/contracts/architectures.js';
import { clipImageTower } from '../../../src/zoo/architectures/clip-image.js';
import { clipTextTower } from '../../../src/zoo/architectures/clip-text.js';
import type { VqganConfig } from '../../../src/zoo/architectures/vqgan-config.js';
import { vqganDecoder } from '../../../src/zoo/architectures/vqgan-decoder.js';
import { vqganEncoder } from '../../../src/zoo/architectures/vqgan-encoder.js';
import { type Draw, drawn, readFixture, relativeError, run, unpacked } from './fixture.js';

interface Case {
  readonly fixture: string;
  readonly draw: (config: unknown) => Draw;
}

/** The fixtures' configurations are those of the drawing functions beside their names. */
const decoder: Case['draw'] = (config) => (network, latent) =>
  vqganDecoder(network, { config: config as VqganConfig, latent });
const encoder: Case['draw'] = (config) => (network, picture) =>
  vqganEncoder(network, { config: config as VqganConfig, picture });
const clipImage: Case['draw'] = (config) => (network, pixels) =>
  clipImageTower(network, { config: config as ClipVitConfig, pixels });
const clipText: Case['draw'] = (config) => (network, ids) =>
  clipTextTower(network, { config: config as ClipTextConfig, ids });

const CASES: readonly Case[] = [
  { fixture: 'decoder', draw: decoder },
  { fixture: 'gumbel-decoder', draw: decoder },
  { fixture: 'encoder', draw: encoder },
  { fixture: 'gumbel-encoder', draw: encoder },
  { fixture: 'clip-image', draw: clipImage },
  { fixture: 'clip-text', draw: clipText },
];

test.each(CASES)('$fixture computes what PyTorch computes', async ({ fixture, draw }) => {
  const { seed, config, input, output } = readFixture(fixture);
  const given = unpacked(input);
  const network = drawn(given, seed, draw(config));
  network.builder.output(network.output, 'output');
  const results = await run(network.builder.build('test'), { input: given });
  expect(relativeError(results['output'], unpacked(output))).toBeLessThan(5e-6);
});

test.each(CASES)('$fixture takes exactly the parameters of the published modules', ({ fixture, draw }) => {
  const { seed, config, input, parameters } = readFixture(fixture);
  expect(drawn(unpacked(input), seed, draw(config)).asked).toEqual(parameters);
});

test.each(CASES.filter(({ fixture }) => readFixture(fixture).gradient))(
  '$fixture has the gradient that PyTorch finds, with and without recomputing',
  async ({ fixture, draw }) => {
    const { seed, config, input, cotangent, gradient } = readFixture(fixture);
    const given = unpacked(input);
    const network = drawn(given, seed, draw(config));
    const seeded = network.builder.input('cotangent', network.output.type);
    const [found] = gradients(network.builder, {
      of: [{ value: network.output, cotangent: seeded }],
      wrt: [network.given],
    });
    if (!found) throw new Error('The output does not depend on the input.');
    network.builder.output(found, 'gradient');
    const model = network.builder.build('test');
    for (const graph of [model, rematerialise(model)]) {
      const results = await run(graph, { input: given, cotangent: unpacked(cotangent) });
      expect(relativeError(results['gradient'], unpacked(gradient))).toBeLessThan(5e-6);
    }
  },
);
