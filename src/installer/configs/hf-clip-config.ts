import { z } from 'zod';
import type { Activation } from '../../contracts/architectures.js';
import { UserError } from '../../errors.js';

/** Hugging Face's words for activations. */
const ACTIVATIONS: Readonly<Record<string, Activation>> = {
  quick_gelu: 'quick-gelu',
  gelu: 'gelu',
  gelu_pytorch_tanh: 'tanh-gelu',
  gelu_new: 'tanh-gelu',
};

const tower = z.looseObject({
  hidden_act: z.string().optional(),
  num_attention_heads: z.int().positive().optional(),
});
const schema = z.looseObject({
  model_type: z.string().optional(),
  vision_config: tower.optional(),
  text_config: tower.optional(),
});

/** What transformers takes where a `config.json` says nothing, by its `model_type`. */
const USUAL: Readonly<
  Record<string, { readonly activation: Activation; readonly imageHeads: number; readonly textHeads: number }>
> = {
  clip: { activation: 'quick-gelu', imageHeads: 12, textHeads: 8 },
  siglip: { activation: 'tanh-gelu', imageHeads: 12, textHeads: 12 },
};

export interface HfClipConfig {
  readonly activation: Activation;
  readonly imageHeads: number;
  readonly textHeads: number;
}

/**
 * What Hugging Face's `config.json` of a CLIP or SigLIP says that its weights do not show.
 *
 * @throws UserError when it is of another model, or has another activation.
 */
export function readHfClipConfig(contents: unknown, path: string): HfClipConfig {
  const parsed = schema.safeParse(contents);
  const usual = parsed.success ? USUAL[parsed.data.model_type ?? ''] : undefined;
  if (!parsed.success || !usual)
    throw new UserError(`Expected the config.json of a CLIP or SigLIP in ${path}.`);
  const { vision_config: vision, text_config: text } = parsed.data;
  const names = [vision?.hidden_act, text?.hidden_act].filter((name) => name !== undefined);
  const activations = new Set(names.map((name) => ACTIVATIONS[name]));
  const [activation = usual.activation] = activations;
  if (activations.size > 1 || activations.has(undefined)) {
    throw new UserError(
      `Expected one \`hidden_act\` for both towers in ${path}, of ${Object.keys(ACTIVATIONS).join(', ')}, got ${names.join(' and ')}.`,
    );
  }
  return {
    activation,
    imageHeads: vision?.num_attention_heads ?? usual.imageHeads,
    textHeads: text?.num_attention_heads ?? usual.textHeads,
  };
}
