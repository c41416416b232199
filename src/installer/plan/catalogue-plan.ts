import type { Activation } from '../../contracts/architectures.js';
import { UserError } from '../../errors.js';
import { type Catalogue, entryOf, type PublishedClip, type PublishedVqgan } from '../catalogue/catalogue.js';
import { readHfClipConfig } from '../configs/hf-clip-config.js';
import { readConfigFile } from '../configs/read-config-file.js';
import { readVqganConfig } from '../configs/vqgan-config.js';
import type { ClipPlan, InstallPlan, VqganPlan } from '../install/install-plan.js';
import { DEFAULTS, SUGGESTIONS } from './defaults.js';

/** A choice from the catalogue: one VQGAN and the CLIPs that guide it, the first by default. */
export interface Choice {
  readonly vqgan: string;
  readonly clips: readonly string[];
}

/** The catalogue's names of all files of a choice. @throws UserError for a name that it does not have. */
export function filesOf(catalogue: Catalogue, { vqgan, clips }: Choice): readonly string[] {
  const entry = entryOf(catalogue.vqgans, vqgan, 'model');
  const chosen = clips.map((clip) => entryOf(catalogue.clips, clip, 'CLIP'));
  const files = [
    ...(typeof entry.config === 'string' ? [entry.config] : []),
    entry.checkpoint,
    ...chosen.flatMap(({ config, tokenizer, checkpoint }) => [
      ...(config === null ? [] : [config]),
      tokenizer,
      checkpoint,
    ]),
  ];
  return [...new Set(files)];
}

/**
 * The plan of a choice whose files are here.
 *
 * @param pathOf Where a file of the catalogue lies.
 * @throws UserError when a configuration does not say what it must.
 */
export function planOf(
  catalogue: Catalogue,
  { vqgan, clips, name }: Choice & { readonly name: string },
  pathOf: (file: string) => string,
): InstallPlan {
  const entry = entryOf(catalogue.vqgans, vqgan, 'model');
  const chosen = clips.map((clip) => [clip, entryOf(catalogue.clips, clip, 'CLIP')] as const);
  return {
    name,
    title: entry.title,
    licence: licenceOf([entry, ...chosen.map(([, clip]) => clip)]),
    source: [entry, ...chosen.map(([, clip]) => clip)].map(({ source }) => source).join('; '),
    vqgan: vqganPlan(entry, pathOf),
    clips: chosen.map(([clipName, clip], index) =>
      clipPlan(clipName, clip, { pathOf, byDefault: index === 0 }),
    ),
    defaults: DEFAULTS,
    suggestions: SUGGESTIONS,
  };
}

/** As each part's authors state it, said once where they agree. */
function licenceOf(parts: readonly (PublishedVqgan | PublishedClip)[]): string {
  const stated = parts.map(({ title, licence }) => `${title}: ${licence.stated ?? 'not stated'}`);
  return [...new Set(stated)].join('; ');
}

export function vqganPlan(entry: PublishedVqgan, pathOf: (file: string) => string): VqganPlan {
  const { config, checkpoint, range } = entry;
  const contents = typeof config === 'string' ? readConfigFile(pathOf(config)) : config;
  const where = typeof config === 'string' ? pathOf(config) : 'the catalogue';
  return {
    path: pathOf(checkpoint),
    published: readVqganConfig(contents, where),
    range: range ?? undefined,
  };
}

export function clipPlan(
  name: string,
  clip: PublishedClip,
  { pathOf, byDefault }: { readonly pathOf: (file: string) => string; readonly byDefault: boolean },
): ClipPlan {
  const stated =
    clip.config === null
      ? undefined
      : readHfClipConfig(readConfigFile(pathOf(clip.config)), pathOf(clip.config));
  const activation: Activation | undefined = clip.activation ?? stated?.activation;
  if (activation === undefined)
    throw new UserError(`The activation of ${clip.title} is not stated anywhere.`);
  return {
    name,
    path: pathOf(clip.checkpoint),
    unshown: { activation, imageHeads: stated?.imageHeads, textHeads: stated?.textHeads },
    tokenizer: pathOf(clip.tokenizer),
    pad: clip.pad,
    mean: clip.mean,
    std: clip.std,
    byDefault,
  };
}
