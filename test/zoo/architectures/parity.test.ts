import { gradients, rematerialise } from 'onnx-gradients';
import { expect, test } from 'vitest';
import type {
  ClipResnetConfig,
  ClipTextConfig,
  ClipVitConfig,
  MaskgitConfig,
  SiglipImageConfig,
  SiglipTextConfig,
  VqganConfig,
} from '../../../src/contracts/architectures.js';
import { clipImageTower } from '../../../src/zoo/architectures/clip-image.js';
import { clipResnetTower } from '../../../src/zoo/architectures/clip-resnet.js';
import { clipTextTower } from '../../../src/zoo/architectures/clip-text.js';
import { maskgitDecoder, maskgitEncoder } from '../../../src/zoo/architectures/maskgit.js';
import { siglipImageTower, siglipTextTower } from '../../../src/zoo/architectures/siglip.js';
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
const clipResnet: Case['draw'] = (config) => (network, pixels) =>
  clipResnetTower(network, { config: config as ClipResnetConfig, pixels });
const siglipImage: Case['draw'] = (config) => (network, pixels) =>
  siglipImageTower(network, { config: config as SiglipImageConfig, pixels });
const siglipText: Case['draw'] = (config) => (network, ids) =>
  siglipTextTower(network, { config: config as SiglipTextConfig, ids });
const maskgitFrom: Case['draw'] = (config) => (network, latent) =>
  maskgitDecoder(network, { config: config as MaskgitConfig, latent });
const maskgitTo: Case['draw'] = (config) => (network, picture) =>
  maskgitEncoder(network, { config: config as MaskgitConfig, picture });

const CASES: readonly Case[] = [
  { fixture: 'decoder', draw: decoder },
  { fixture: 'decoder-rough', draw: decoder },
  { fixture: 'decoder-plain', draw: decoder },
  { fixture: 'gumbel-decoder', draw: decoder },
  { fixture: 'encoder', draw: encoder },
  { fixture: 'encoder-rough', draw: encoder },
  { fixture: 'encoder-plain', draw: encoder },
  { fixture: 'gumbel-encoder', draw: encoder },
  { fixture: 'maskgit-decoder', draw: maskgitFrom },
  { fixture: 'maskgit-encoder', draw: maskgitTo },
  { fixture: 'clip-image', draw: clipImage },
  { fixture: 'clip-image-gelu', draw: clipImage },
  { fixture: 'clip-resnet', draw: clipResnet },
  { fixture: 'clip-text', draw: clipText },
  { fixture: 'clip-text-gelu', draw: clipText },
  { fixture: 'siglip-image', draw: siglipImage },
  { fixture: 'siglip-text', draw: siglipText },
];

/** Twice the error of PyTorch's own single precision; where that is luckily small, a few units in the last place. */
const within = (singleError: number) => Math.max(2 * singleError, 5e-7);

test.each(CASES)('$fixture is as near to double precision as PyTorch is', async ({ fixture, draw }) => {
  const { seed, rough, config, input, output, singleError } = readFixture(fixture);
  const given = unpacked(input);
  const network = drawn(given, { seed, rough }, draw(config));
  network.builder.output(network.output, 'output');
  const results = await run(network.builder.build('test'), { input: given });
  expect(relativeError(results['output'], unpacked(output))).toBeLessThan(within(singleError));
});

test.each(CASES)('$fixture takes exactly the parameters of the published modules', ({ fixture, draw }) => {
  const { seed, rough, config, input, parameters } = readFixture(fixture);
  expect(drawn(unpacked(input), { seed, rough }, draw(config)).asked).toEqual(parameters);
});

test.each(CASES.filter(({ fixture }) => readFixture(fixture).gradient))(
  'the gradient of $fixture is as near to double precision as PyTorch is, with and without recomputing',
  async ({ fixture, draw }) => {
    const { seed, rough, config, input, cotangent, gradient, singleGradientError } = readFixture(fixture);
    const given = unpacked(input);
    const network = drawn(given, { seed, rough }, draw(config));
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
      const error = relativeError(results['gradient'], unpacked(gradient));
      expect(error).toBeLessThan(within(singleGradientError ?? 0));
    }
  },
);
