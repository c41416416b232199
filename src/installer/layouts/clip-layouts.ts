import type { Layout, Recipe } from './layout.js';

const same = (from: string): Recipe => ({ kind: 'same', from });

/** openai/CLIP, and OpenCLIP where the text tower lies beside the image tower; the names that the emitters use. */
export const OPENAI_CLIP: Layout = {
  name: "OpenAI's CLIP",
  holds: 'clip',
  marks: ['visual.conv1.weight', 'token_embedding.weight'],
  find: same,
};

/** OpenCLIP with the text tower as a module of its own; its projection is a parameter or a linear layer. */
export const OPEN_CLIP: Layout = {
  name: 'OpenCLIP',
  holds: 'clip',
  marks: ['visual.conv1.weight', 'text.token_embedding.weight'],
  find: (wanted, has) => {
    if (wanted.startsWith('visual.') || wanted === 'logit_scale') return same(wanted);
    const linear = `text.${wanted}.weight`;
    return has(linear) ? { kind: 'transposed', from: linear } : same(`text.${wanted}`);
  },
};

const HF_PLACES: Readonly<Record<string, Recipe>> = {
  'visual.class_embedding': same('vision_model.embeddings.class_embedding'),
  'visual.conv1.weight': same('vision_model.embeddings.patch_embedding.weight'),
  'visual.positional_embedding': same('vision_model.embeddings.position_embedding.weight'),
  'visual.proj': { kind: 'transposed', from: 'visual_projection.weight' },
  'token_embedding.weight': same('text_model.embeddings.token_embedding.weight'),
  positional_embedding: same('text_model.embeddings.position_embedding.weight'),
  text_projection: { kind: 'transposed', from: 'text_projection.weight' },
};

/** Hugging Face transformers' CLIPModel: three matrices for query, key and value; projections as linear layers. */
export const HF_CLIP: Layout = {
  name: "transformers' CLIPModel",
  holds: 'clip',
  marks: ['vision_model.embeddings.patch_embedding.weight', 'visual_projection.weight'],
  find: (wanted) => HF_PLACES[wanted] ?? ofTransformer(wanted),
};

const SIGLIP_PLACES: Readonly<Record<string, Recipe>> = {
  'visual.conv1.weight': same('vision_model.embeddings.patch_embedding.weight'),
  'visual.conv1.bias': same('vision_model.embeddings.patch_embedding.bias'),
  'visual.positional_embedding': same('vision_model.embeddings.position_embedding.weight'),
  'visual.attnpool.probe': same('vision_model.head.probe'),
  'token_embedding.weight': same('text_model.embeddings.token_embedding.weight'),
  positional_embedding: same('text_model.embeddings.position_embedding.weight'),
  'text_projection.weight': same('text_model.head.weight'),
  'text_projection.bias': same('text_model.head.bias'),
};

/** Hugging Face transformers' SiglipModel: no class token, a probe that attends, a linear layer after the text. */
export const SIGLIP: Layout = {
  name: "transformers' SiglipModel",
  holds: 'clip',
  marks: ['vision_model.embeddings.patch_embedding.weight', 'vision_model.head.probe'],
  find: (wanted) => {
    const place = SIGLIP_PLACES[wanted];
    if (place) return place;
    if (!wanted.startsWith('visual.attnpool.')) return ofTransformer(wanted);
    return same(
      wanted
        .replace(/^visual\.attnpool\.(in_proj|out_proj)/, 'vision_model.head.attention.$1')
        .replace(/^visual\.attnpool\.ln\./, 'vision_model.head.layernorm.')
        .replace(/^visual\.attnpool\.mlp\.c_fc\./, 'vision_model.head.mlp.fc1.')
        .replace(/^visual\.attnpool\.mlp\.c_proj\./, 'vision_model.head.mlp.fc2.'),
    );
  },
};

/** What both kinds of transformers' models call alike. */
function ofTransformer(wanted: string): Recipe {
  const packed = /^(visual\.)?transformer\.resblocks\.(\d+)\.attn\.in_proj_(weight|bias)$/.exec(wanted);
  if (packed) {
    const [, visual, layer, kind] = packed;
    const attention = `${visual ? 'vision' : 'text'}_model.encoder.layers.${layer}.self_attn`;
    return { kind: 'joined', from: ['q', 'k', 'v'].map((part) => `${attention}.${part}_proj.${kind}`) };
  }
  return same(
    wanted
      .replace(/^visual\.transformer\.resblocks\./, 'vision_model.encoder.layers.')
      .replace(/^transformer\.resblocks\./, 'text_model.encoder.layers.')
      .replace('.attn.out_proj.', '.self_attn.out_proj.')
      .replace(/\.ln_([12])\./, '.layer_norm$1.')
      .replace('.mlp.c_fc.', '.mlp.fc1.')
      .replace('.mlp.c_proj.', '.mlp.fc2.')
      .replace(/^visual\.ln_pre\./, 'vision_model.pre_layrnorm.') // so spelt
      .replace(/^visual\.ln_post\./, 'vision_model.post_layernorm.')
      .replace(/^ln_final\./, 'text_model.final_layer_norm.'),
  );
}
