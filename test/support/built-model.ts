import { mkdir, readFile, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { encodeHalf, GraphBuilder, type Shape, type TensorType } from 'onnx-gradients/graph';
import type { StoredTensor } from '../../src/checkpoints/checkpoint.js';
import { writeSafetensors } from '../../src/checkpoints/safetensors/write-safetensors.js';
import type {
  ClipResnetConfig,
  ClipTextConfig,
  ClipVitConfig,
  VqganConfig,
} from '../../src/contracts/architectures.js';
import type { Manifest } from '../../src/contracts/manifest.js';
import { manifestSchema } from '../../src/contracts/manifest-schema.js';
import { clipImageTower } from '../../src/zoo/architectures/clip-image.js';
import { clipResnetTower } from '../../src/zoo/architectures/clip-resnet.js';
import { clipTextTower } from '../../src/zoo/architectures/clip-text.js';
import { randomWeights } from '../../src/zoo/architectures/random-weights.js';
import { vqganDecoder } from '../../src/zoo/architectures/vqgan-decoder.js';
import { vqganEncoder } from '../../src/zoo/architectures/vqgan-encoder.js';
import type { Network } from '../../src/zoo/architectures/weight-source.js';
import { sha256 } from '../../src/zoo/sha256.js';
import { tinyTokenizer } from './tiny-model.js';

const VQGAN: VqganConfig = {
  ...{ channels: 96, multipliers: [1, 1, 1], residualBlocks: 1, resolution: 32 },
  ...{ attentionResolutions: [], midAttention: true, resampling: 'convolution' },
  ...{ latentChannels: 8, embeddingWidth: 4, codes: 24, quantiser: 'nearest' },
};
const FACTOR = 4;
const CONTEXT = 8;
const TEXT: ClipTextConfig = {
  ...{ embedding: 12, width: 16, layers: 1, heads: 2, activation: 'quick-gelu' },
  ...{ context: CONTEXT, vocabulary: 16 },
};
const VIT: ClipVitConfig = {
  ...{ embedding: 12, size: 16, patch: 8, width: 16, layers: 1, heads: 2, activation: 'gelu' },
};
const RESNET: ClipResnetConfig = { embedding: 12, size: 32, width: 4, layers: [1, 1, 1, 1], heads: 2 };

/**
 * Writes a complete model of format 2 into a folder: a VQGAN of factor 4 with an encoder, and two CLIPs, `vit` and `resnet`,
 * of which only the first guides by default. All weights are random and lie in safetensors files, those of the CLIPs in half
 * precision.
 */
export async function writeBuiltModel(folder: string, name = 'built'): Promise<Manifest> {
  await mkdir(folder, { recursive: true });
  const float = (...shape: number[]): TensorType => ({ elementType: 'float32', shape });
  const ids: TensorType = { elementType: 'int64', shape: [1, CONTEXT] };
  await save(join(folder, 'vqgan.safetensors'), 1, 'float32', (network) => {
    const { builder: b, weights } = network;
    vqganDecoder(network, { config: VQGAN, latent: b.input('latent', float(1, 4, 2, 2)) });
    vqganEncoder(network, { config: VQGAN, picture: b.input('picture', float(1, 3, 8, 8)) });
    weights('quantize.embedding.weight', [VQGAN.codes, VQGAN.embeddingWidth]);
  });
  await save(join(folder, 'vit.safetensors'), 2, 'float16', (network) => {
    const { builder: b } = network;
    clipImageTower(network, { config: VIT, pixels: b.input('pixels', float(1, 3, 16, 16)) });
    clipTextTower(network, { config: TEXT, ids: b.input('ids', ids) });
  });
  await save(join(folder, 'resnet.safetensors'), 3, 'float16', (network) => {
    const { builder: b } = network;
    clipResnetTower(network, { config: RESNET, pixels: b.input('pixels', float(1, 3, 32, 32)) });
    clipTextTower(network, { config: TEXT, ids: b.input('ids', ids) });
  });
  await writeFile(join(folder, 'tokenizer.json'), JSON.stringify(tinyTokenizer()));
  const codec = { architecture: 'vqgan', config: VQGAN, weights: 'vqgan.safetensors' };
  const text = { architecture: 'clip', config: TEXT, context: CONTEXT };
  const pixels = { mean: [0.5, 0.4, 0.3], std: [0.3, 0.25, 0.2], range: [0, 1] };
  const tokenizer = { file: 'tokenizer.json' };
  const manifest = manifestSchema.parse({
    ...{ format: 2, name, title: 'Built', licence: 'MIT', source: 'random numbers' },
    vqgan: {
      ...{ factor: FACTOR, codes: VQGAN.codes, dim: VQGAN.embeddingWidth, range: [-1, 1] },
      ...{ decoder: codec, encoder: codec },
      codebook: { weights: codec.weights, tensor: 'quantize.embedding.weight', unitRows: false },
    },
    clips: [
      {
        name: 'vit',
        image: {
          architecture: 'clip-vit',
          config: VIT,
          weights: 'vit.safetensors',
          size: VIT.size,
          ...pixels,
        },
        text: { ...text, weights: 'vit.safetensors' },
        tokenizer,
      },
      {
        ...{ name: 'resnet', byDefault: false, tokenizer },
        image: {
          ...{ architecture: 'clip-resnet', config: RESNET, weights: 'resnet.safetensors' },
          ...{ size: RESNET.size, ...pixels },
        },
        text: { ...text, weights: 'resnet.safetensors' },
      },
    ],
    defaults: { width: 32, height: 32, steps: 3, cutouts: 2, learningRate: 0.1, start: 'noise' },
    suggestions: ['a red apple'],
    files: await describe(folder, [
      ...['vqgan.safetensors', 'vit.safetensors', 'resnet.safetensors', 'tokenizer.json'],
    ]),
  });
  await writeFile(join(folder, 'manifest.json'), JSON.stringify(manifest));
  return manifest;
}

/** Saves every tensor that the networks ask for. */
async function save(
  path: string,
  seed: number,
  elementType: 'float32' | 'float16',
  draw: (network: Network) => void,
): Promise<void> {
  const random = randomWeights(seed);
  const tensors = new Map<string, StoredTensor>();
  const weights = (name: string, shape: Shape) => {
    const tensor = random(name, shape);
    const data = tensor.data as Float32Array; // random weights are float32
    const stored = elementType === 'float32' ? tensor : { elementType, shape, data: encodeHalf(data) };
    tensors.set(name, { elementType, shape, read: () => stored });
    return tensor;
  };
  draw({ builder: new GraphBuilder(), weights });
  await writeSafetensors({ path, tensors });
}

async function describe(folder: string, files: readonly string[]) {
  const entries = await Promise.all(
    files.map(async (file) => {
      const bytes = await readFile(join(folder, file));
      return [file, { bytes: bytes.length, sha256: sha256(bytes), dtype: 'float32' }] as const;
    }),
  );
  return Object.fromEntries(entries);
}
