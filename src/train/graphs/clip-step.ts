import { gradients } from 'onnx-gradients';
import { GraphBuilder, type Model, type Value } from 'onnx-gradients/graph';
import type { ClipVitConfig, SiglipTextConfig } from '../../contracts/architectures.js';
import { clipImageTower } from '../../zoo/architectures/clip-image.js';
import { siglipTextTower } from '../../zoo/architectures/siglip.js';
import { parameter } from '../../zoo/architectures/weight-source.js';
import { declareNetwork, type Layout } from '../parameters.js';

/** A pair of towers. The text tower reads at the last position, so that any tokenizer will do. */
export interface ClipConfig {
  readonly image: ClipVitConfig;
  readonly text: SiglipTextConfig;
}

export const CLIP_NAMES = {
  /** [chunk, 3, size, size], normalised */
  pixels: 'pixels',
  /** int64 [chunk, context] */
  ids: 'ids',
  /** Embeddings [chunk, embedding], not normalised. */
  image: 'image',
  text: 'text',
  /** What the loss wants of them, of their shape. */
  pullImage: 'pull/image',
  pullText: 'pull/text',
  gradient: 'gradient/',
  ofPixels: 'gradient of pixels',
  /** The logarithm of what cosines are multiplied by; a parameter of the loss. */
  scale: 'logit_scale',
} as const;

export interface ClipGraph {
  readonly model: Model;
  readonly layout: Layout;
}

/** A chunk of pairs to their embeddings. */
export function clipEmbed(config: ClipConfig, chunk: number): ClipGraph {
  const { b, image, text, layout } = towers(config, chunk);
  b.output(image, CLIP_NAMES.image);
  b.output(text, CLIP_NAMES.text);
  return { model: b.build('clip-embed'), layout };
}

/** A chunk of pairs, and what the loss wants of their embeddings, to the gradient of each parameter. */
export function clipPull(config: ClipConfig, chunk: number): ClipGraph {
  const { b, image, text, layout } = towers(config, chunk);
  const names = [...layout.places.keys()].filter((name) => name !== CLIP_NAMES.scale);
  const found = gradients(b, { of: pulls(b, image, text), wrt: names.map((name) => b.value(name)) });
  for (const [index, name] of names.entries()) {
    const gradient = found[index];
    if (gradient) b.output(gradient, CLIP_NAMES.gradient + name);
  }
  return { model: b.build('clip-pull'), layout };
}

/** The same to the gradient of the pixels: where a picture would have to change to lose its words. */
export function clipPullPixels(config: ClipConfig, chunk: number): ClipGraph {
  const { b, pixels, image, layout } = towers(config, chunk);
  const [gradient] = gradients(b, { of: pulls(b, image).slice(0, 1), wrt: [pixels] });
  if (!gradient) throw new Error('The embedding does not depend on the pixels.');
  b.output(gradient, CLIP_NAMES.ofPixels);
  return { model: b.build('clip-pull-pixels'), layout };
}

function towers({ image: ofImage, text: ofText }: ClipConfig, chunk: number) {
  const b = new GraphBuilder();
  const { size } = ofImage;
  const pixels = b.input(CLIP_NAMES.pixels, { elementType: 'float32', shape: [chunk, 3, size, size] });
  const ids = b.input(CLIP_NAMES.ids, { elementType: 'int64', shape: [chunk, ofText.context] });
  const { network, layout } = declareNetwork(b);
  const image = clipImageTower(network, { config: ofImage, pixels });
  const text = siglipTextTower(network, { config: ofText, ids });
  parameter(network, CLIP_NAMES.scale, []);
  return { b, pixels, image, text, layout: layout() };
}

function pulls(b: GraphBuilder, image: Value, text?: Value) {
  const pull = (name: string, value: Value) => ({ value, cotangent: b.input(name, value.type) });
  return [pull(CLIP_NAMES.pullImage, image), ...(text ? [pull(CLIP_NAMES.pullText, text)] : [])];
}
