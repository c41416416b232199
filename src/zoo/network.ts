import { dirname, join } from 'node:path';
import { type GraphBuilder, inline, type Value } from 'onnx-gradients/graph';
import { decodeModel } from 'onnx-gradients/node';
import type { CodecReference, ImageReference, OnnxReference, TextReference } from '../contracts/manifest.js';
import { clipImageTower } from './architectures/clip-image.js';
import { clipResnetTower } from './architectures/clip-resnet.js';
import { clipTextTower } from './architectures/clip-text.js';
import { maskgitDecoder, maskgitEncoder } from './architectures/maskgit.js';
import { siglipImageTower, siglipTextTower } from './architectures/siglip.js';
import { vqganDecoder } from './architectures/vqgan-decoder.js';
import { vqganEncoder } from './architectures/vqgan-encoder.js';
import type { Network } from './architectures/weight-source.js';
import type { LoadedModel } from './load-model.js';
import { readWeights } from './read-weights.js';
import { verifyOnnx } from './verify-onnx.js';

/** A network that emits itself into a graph; the input's shape fixes its dimensions. */
export type EmitNetwork = (b: GraphBuilder, input: Value) => Value;

/** The VQGAN's decoder: latent [n, dim, h, w] to picture. */
export function readDecoder(model: LoadedModel): Promise<EmitNetwork> {
  return readNetwork(model, model.manifest.vqgan.decoder, 'decoder/', drawDecoder);
}

/** A VQGAN's encoder: picture to latent [n, dim, h, w]. */
export function readEncoder(model: LoadedModel, reference: CodecReference): Promise<EmitNetwork> {
  return readNetwork(model, reference, 'encoder/', drawEncoder);
}

/** A CLIP's image tower: normalised pixels [n, 3, size, size] to embeddings [n, width]. */
export function readImageTower(
  model: LoadedModel,
  reference: ImageReference,
  prefix = 'image/',
): Promise<EmitNetwork> {
  return readNetwork(model, reference, prefix, drawImageTower);
}

/** A CLIP's text tower: int64 ids [n, context] to embeddings [n, width]. */
export function readTextTower(model: LoadedModel, reference: TextReference): Promise<EmitNetwork> {
  return readNetwork(model, reference, 'text/', drawTextTower);
}

/** A reference to a network that Easel builds itself. */
export type Built<Reference> = Extract<Reference, { readonly architecture: string }>;

export function drawDecoder(network: Network, built: Built<CodecReference>, latent: Value): Value {
  switch (built.architecture) {
    case 'vqgan':
      return vqganDecoder(network, { config: built.config, latent });
    case 'maskgit':
      return maskgitDecoder(network, { config: built.config, latent });
  }
}

export function drawEncoder(network: Network, built: Built<CodecReference>, picture: Value): Value {
  switch (built.architecture) {
    case 'vqgan':
      return vqganEncoder(network, { config: built.config, picture });
    case 'maskgit':
      return maskgitEncoder(network, { config: built.config, picture });
  }
}

export function drawImageTower(network: Network, built: Built<ImageReference>, pixels: Value): Value {
  switch (built.architecture) {
    case 'clip-vit':
      return clipImageTower(network, { config: built.config, pixels });
    case 'clip-resnet':
      return clipResnetTower(network, { config: built.config, pixels });
    case 'siglip':
      return siglipImageTower(network, { config: built.config, pixels });
  }
}

export function drawTextTower(network: Network, built: Built<TextReference>, ids: Value): Value {
  switch (built.architecture) {
    case 'clip':
      return clipTextTower(network, { config: built.config, ids });
    case 'siglip':
      return siglipTextTower(network, { config: built.config, ids });
  }
}

/**
 * Reads one of a model's networks, an ONNX file or the weights of an architecture; several emissions share its weights.
 *
 * @throws UserError when a file is damaged or does not fit the manifest; ModelError when it is not a model; on emission a
 *   sentence naming operator, node and opset for what is not supported, or a tensor that the weights lack.
 */
async function readNetwork<Reference extends OnnxReference | { readonly weights: string }>(
  model: LoadedModel,
  reference: Reference,
  prefix: string,
  draw: (network: Network, built: Built<Reference>, input: Value) => Value,
): Promise<EmitNetwork> {
  if ('file' in reference) return readOnnx(model, reference, prefix);
  const source = await readWeights(model, reference.weights);
  const built = reference as Built<Reference>; // what is no ONNX file names an architecture
  return (builder, input) => draw({ builder, ...source }, built, input);
}

async function readOnnx(
  model: LoadedModel,
  { file, input: inputName, output }: OnnxReference,
  prefix: string,
): Promise<EmitNetwork> {
  const name = `${model.manifest.name}/${file}`;
  const { bytes } = await verifyOnnx(model, file);
  const network = decodeModel(bytes, { name, folder: dirname(join(model.folder, file)) });
  return (b, input) => {
    const outputs = inline(b, network, { inputs: { [inputName]: input }, prefix });
    const value = Object.hasOwn(outputs, output) ? outputs[output] : undefined;
    if (!value) throw new Error(`${name} has no output "${output}".`);
    return value;
  };
}
