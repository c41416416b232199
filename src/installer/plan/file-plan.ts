import type { Activation } from '../../contracts/architectures.js';
import { UserError } from '../../errors.js';
import { readHfClipConfig } from '../configs/hf-clip-config.js';
import { readConfigFile } from '../configs/read-config-file.js';
import { readVqganConfig } from '../configs/vqgan-config.js';
import type { ClipPlan, InstallPlan } from '../install/install-plan.js';
import { DEFAULTS, SUGGESTIONS } from './defaults.js';

/** A VQGAN that the operator has as files. */
export interface OwnVqgan {
  readonly name: string;
  readonly checkpoint: string;
  readonly config: string;
  readonly licence: string | undefined;
  readonly range: readonly [number, number] | undefined;
}

/** The plan of a VQGAN of one's own and CLIPs that are planned already. */
export function ownPlan(
  { name, checkpoint, config, licence, range }: OwnVqgan,
  clips: readonly ClipPlan[],
): InstallPlan {
  return {
    name,
    title: name,
    licence: licence ?? 'not stated',
    source: 'added from files',
    vqgan: { path: checkpoint, published: readVqganConfig(readConfigFile(config), config), range },
    clips,
    defaults: DEFAULTS,
    suggestions: SUGGESTIONS,
  };
}

/** A CLIP that the operator has as files. */
export interface OwnClip {
  readonly name: string;
  readonly checkpoint: string;
  /** Hugging Face's config.json. */
  readonly config: string | undefined;
  readonly activation: Activation | undefined;
  readonly tokenizer: string;
  readonly mean: ClipPlan['mean'];
  readonly std: ClipPlan['std'];
  readonly byDefault: boolean;
}

/** @throws UserError when the activation is stated nowhere. */
export function ownClipPlan({ config, activation, checkpoint, ...own }: OwnClip): ClipPlan {
  const stated = config === undefined ? undefined : readHfClipConfig(readConfigFile(config), config);
  const known = activation ?? stated?.activation;
  if (known === undefined) {
    throw new UserError(
      `Expected \`--activation\` or \`--clip-config\` for ${checkpoint}: quick-gelu for OpenAI's models, gelu for LAION-2B's; it does not show in the weights.`,
    );
  }
  return {
    ...own,
    path: checkpoint,
    pad: 0,
    unshown: { activation: known, imageHeads: stated?.imageHeads, textHeads: stated?.textHeads },
  };
}
