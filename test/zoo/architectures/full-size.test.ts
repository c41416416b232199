import { elementCount, float32, GraphBuilder, type Shape, type Value } from 'onnx-gradients/graph';
import { expect, test } from 'vitest';
import { CLIPS } from '../../../src/zoo/architectures/clip-config.js';
import { clipImageTower } from '../../../src/zoo/architectures/clip-image.js';
import { factorOf, VQGANS } from '../../../src/zoo/architectures/vqgan-config.js';
import { vqganDecoder } from '../../../src/zoo/architectures/vqgan-decoder.js';
import { vqganEncoder } from '../../../src/zoo/architectures/vqgan-encoder.js';
import type { Network, WeightSource } from '../../../src/zoo/architectures/weight-source.js';
import { recording } from './fixture.js';

/** Memory that nobody touches costs nothing. */
const untouched: WeightSource = (_, shape) => float32(shape, new Float32Array(elementCount(shape)));

function drawnAt(shape: Shape, draw: (network: Network, input: Value) => Value) {
  const { weights, asked } = recording(untouched);
  const builder = new GraphBuilder();
  const output = draw({ builder, weights }, builder.input('input', { elementType: 'float32', shape }));
  const parameters = Object.values(asked).reduce((sum, of) => sum + elementCount(of), 0);
  return { shape: output.type.shape, parameters, names: Object.keys(asked) };
}

test('the f16 decoder has the published 42.5 million parameters', () => {
  const config = VQGANS['imagenet-f16-16384'];
  const { shape, parameters } = drawnAt([1, 256, 16, 20], (network, latent) =>
    vqganDecoder(network, { config, latent }),
  );
  expect(parameters / 1e6).toBeCloseTo(42.5, 1);
  expect(shape).toEqual([1, 3, 256, 320]);
});

test('the Gumbel model reduces by 8 and gives rows of its codebook', () => {
  const config = VQGANS['openimages-gumbel-f8'];
  expect(factorOf(config)).toBe(8);
  const { shape, names } = drawnAt([1, 3, 64, 96], (network, picture) =>
    vqganEncoder(network, { config, picture }),
  );
  expect(shape).toEqual([1, 256, 8, 12]);
  expect(names).toContain('quantize.embed.weight');
  expect(names).toContain('encoder.down.3.attn.1.proj_out.bias');
});

test.each([
  { name: 'ViT-B/32', millions: 87.8 },
  { name: 'ViT-B/16', millions: 86.2 },
  { name: 'ViT-L/14', millions: 304.0 },
] as const)(
  'the image tower of $name has the published $millions million parameters',
  ({ name, millions }) => {
    const { image: config } = CLIPS[name];
    const { shape, parameters } = drawnAt([2, 3, 224, 224], (network, pixels) =>
      clipImageTower(network, { config, pixels }),
    );
    expect(parameters / 1e6).toBeCloseTo(millions, 1);
    expect(shape).toEqual([2, config.embedding]);
  },
);
