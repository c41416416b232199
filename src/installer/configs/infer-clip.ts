import type { Shape } from 'onnx-gradients/graph';
import type {
  Activation,
  ClipResnetConfig,
  ClipTextConfig,
  ClipVitConfig,
  SiglipImageConfig,
  SiglipTextConfig,
} from '../../contracts/architectures.js';
import { UserError } from '../../errors.js';

/** The shape of the tensor that OpenAI's CLIP calls by a name; undefined when there is none. */
export type ShapeOf = (name: string) => Shape | undefined;

/** What the weights of a CLIP do not show. */
export interface Unshown {
  readonly activation: Activation;
  /** Attention heads of the towers, where a configuration states them. */
  readonly imageHeads?: number | undefined;
  readonly textHeads?: number | undefined;
}

type Built<Architecture extends string, Config> = {
  readonly architecture: Architecture;
  readonly config: Config;
};

export interface InferredClip {
  readonly image:
    | Built<'clip-vit', ClipVitConfig>
    | Built<'clip-resnet', ClipResnetConfig>
    | Built<'siglip', SiglipImageConfig>;
  readonly text: Built<'clip', ClipTextConfig> | Built<'siglip', SiglipTextConfig>;
}

/** Heads of every published tower of these widths are this wide. */
const HEAD_WIDTH = 64;
const USUAL_WIDTHS = [256, 384, 512, 640, 768, 1024, 2048, 2560, 3072, 4096];

type Axis = (name: string, index: number) => number;

/**
 * The shape of a CLIP or a SigLIP from its weights and what is known besides.
 *
 * @throws UserError when the tensors belong to no CLIP, or when its heads must be stated.
 */
export function inferClip(shapeOf: ShapeOf, unshown: Unshown): InferredClip {
  const axis: Axis = (name, index) => {
    const length = shapeOf(name)?.[index];
    if (length === undefined)
      throw new UserError(`Expected the weights of a CLIP, but \`${name}\` is not among them.`);
    return length;
  };
  const { activation } = unshown;
  const width = axis('ln_final.weight', 0);
  const text = {
    width,
    layers: countOf((layer) => shapeOf(`transformer.resblocks.${layer}.ln_1.weight`)),
    heads: unshown.textHeads ?? headsOf(width),
    context: axis('positional_embedding', 0),
    vocabulary: axis('token_embedding.weight', 0),
    activation,
  };
  if (shapeOf('visual.attnpool.probe')) {
    const hidden = axis('transformer.resblocks.0.mlp.c_fc.weight', 0);
    const config = { ...text, hidden, embedding: axis('text_projection.weight', 0) };
    return {
      text: { architecture: 'siglip', config },
      image: { architecture: 'siglip', config: siglipTower(shapeOf, axis, unshown) },
    };
  }
  const config = { ...text, embedding: axis('text_projection', 1) };
  return { text: { architecture: 'clip', config }, image: imageTower(shapeOf, axis, unshown) };
}

function headsOf(width: number): number {
  if (USUAL_WIDTHS.includes(width)) return width / HEAD_WIDTH;
  throw new UserError(
    `How many heads a tower of width ${width} has does not show in its weights; name its config.json beside it.`,
  );
}

function siglipTower(shapeOf: ShapeOf, axis: Axis, { activation, imageHeads }: Unshown): SiglipImageConfig {
  return {
    ...visionTransformer(shapeOf, axis, { imageHeads, extra: 0 }),
    hidden: axis('visual.transformer.resblocks.0.mlp.c_fc.weight', 0),
    activation,
  };
}

/** `extra` positions belong to no patch. */
function visionTransformer(
  shapeOf: ShapeOf,
  axis: Axis,
  { imageHeads, extra }: { readonly imageHeads: number | undefined; readonly extra: number },
) {
  const width = axis('visual.conv1.weight', 0);
  const patch = axis('visual.conv1.weight', 3);
  const grid = Math.round(Math.sqrt(axis('visual.positional_embedding', 0) - extra));
  return {
    width,
    layers: countOf((layer) => shapeOf(`visual.transformer.resblocks.${layer}.ln_1.weight`)),
    heads: imageHeads ?? headsOf(width),
    size: grid * patch,
    patch,
  };
}

function imageTower(
  shapeOf: ShapeOf,
  axis: Axis,
  { activation, imageHeads }: Unshown,
): InferredClip['image'] {
  if (shapeOf('visual.proj')) {
    const tower = visionTransformer(shapeOf, axis, { imageHeads, extra: 1 });
    return { architecture: 'clip-vit', config: { ...tower, embedding: axis('visual.proj', 1), activation } };
  }
  const width = axis('visual.layer1.0.conv1.weight', 0);
  const blocks = (stage: number) => countOf((block) => shapeOf(`visual.layer${stage}.${block}.conv1.weight`));
  const grid = Math.round(Math.sqrt(axis('visual.attnpool.positional_embedding', 0) - 1));
  const config: ClipResnetConfig = {
    embedding: axis('visual.attnpool.c_proj.weight', 0),
    // The stem halves twice, the stages after the first once each.
    size: grid * 32,
    width,
    layers: [blocks(1), blocks(2), blocks(3), blocks(4)],
    heads: headsOf(width * 32),
  };
  return { architecture: 'clip-resnet', config };
}

/** How many consecutive numbers have something. */
function countOf(find: (index: number) => unknown): number {
  let count = 0;
  while (count < 1000 && find(count) !== undefined) count += 1;
  return count;
}
