import { copyFile, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import type { StoredTensor } from '../../checkpoints/checkpoint.js';
import { writeSafetensors } from '../../checkpoints/safetensors/write-safetensors.js';
import type { ImageReference, Manifest, TextReference } from '../../contracts/manifest.js';
import { manifestSchema } from '../../contracts/manifest-schema.js';
import { UserError } from '../../errors.js';
import { hashFile } from '../../hash-file.js';
import type { Built } from '../../zoo/network.js';
import { inferClip } from '../configs/infer-clip.js';
import { openWeights } from '../layouts/open-weights.js';
import { LLAMAGEN } from '../layouts/vqgan-layouts.js';
import { wantedWeights } from '../wanted-weights.js';
import { drawings } from './drawings.js';
import type { ClipPlan, InstallPlan, VqganPlan } from './install-plan.js';

/** What happens, for the person who waits. */
export type Report = (sentence: string) => void;

type Files = Record<string, Manifest['files'][string]>;

/**
 * Writes a model into a folder: the weights of each network, and no others, in safetensors under the emitters' names and in
 * their published precision; tokenizers; a manifest of format 2.
 *
 * @throws UserError when a file of weights is damaged or does not fit its configuration.
 */
export async function writeModel(folder: string, plan: InstallPlan, report: Report): Promise<Manifest> {
  const files: Files = {};
  const vqgan = await writeVqgan(folder, plan.vqgan, { files, report });
  const clips: Manifest['clips'] = [];
  for (const clip of plan.clips) clips.push(await writeClip(folder, clip, { files, report }));
  const { name, title, licence, source, defaults, suggestions } = plan;
  const manifest = manifestSchema.parse({
    format: 2,
    ...{ name, title, licence, source, vqgan, clips, defaults, suggestions, files },
  });
  await writeManifest(folder, manifest);
  return manifest;
}

export async function writeManifest(folder: string, manifest: Manifest): Promise<void> {
  await writeFile(join(folder, 'manifest.json'), `${JSON.stringify(manifest, null, 2)}\n`);
}

interface Writing {
  readonly files: Files;
  readonly report: Report;
}

const VQGAN_FILE = 'vqgan.safetensors';
const SIGNED = [-1, 1] as const;

async function writeVqgan(
  folder: string,
  { path, published, range }: VqganPlan,
  writing: Writing,
): Promise<Manifest['vqgan']> {
  const { network, unitRows } = published;
  const { config } = network;
  const dim = 'embeddingWidth' in config ? config.embeddingWidth : config.latentChannels;
  const isGumbel = 'quantiser' in config && config.quantiser === 'gumbel';
  const tensor = isGumbel ? 'quantize.embed.weight' : 'quantize.embedding.weight';
  const weights = await openWeights(path, 'vqgan');
  try {
    writing.report(`${path}: ${weights.description}`);
    if (unitRows === undefined && weights.layout === LLAMAGEN) {
      throw new UserError(
        `Expected \`codebook_l2_norm\` in the configuration of ${path}: whether codes are looked up by direction does not show in the weights.`,
      );
    }
    const reference = { ...network, weights: VQGAN_FILE };
    const wanted = new Map(wantedWeights(drawings.codec(reference)));
    wanted.set(tensor, [config.codes, dim]);
    await writeWeights(folder, { file: VQGAN_FILE, tensors: weights.collect(wanted), writing });
    return {
      factor: 2 ** (config.multipliers.length - 1),
      codes: config.codes,
      dim,
      decoder: reference,
      encoder: reference,
      codebook: { weights: VQGAN_FILE, tensor, unitRows: unitRows ?? false },
      range: [...(range ?? SIGNED)],
    };
  } finally {
    weights.close();
  }
}

async function writeClip(
  folder: string,
  plan: ClipPlan,
  writing: Writing,
): Promise<Manifest['clips'][number]> {
  const { name, path, mean, std, pad, byDefault } = plan;
  const weights = await openWeights(path, 'clip');
  try {
    writing.report(`${path}: ${weights.description}`);
    const file = `clip-${name}.safetensors`;
    const inferred = inferClip(weights.shapeOf, plan.unshown);
    const { size } = inferred.image.config;
    const { context } = inferred.text.config;
    const range: [number, number] = [0, 1];
    const pixels = { size, mean: tuple(mean), std: tuple(std), range };
    const image = { ...inferred.image, weights: file, ...pixels } as Built<ImageReference>; // not narrowed by its name
    const text = { ...inferred.text, weights: file, context } as Built<TextReference>;
    const wanted = wantedWeights([drawings.image(image), drawings.text(text)]);
    await writeWeights(folder, { file, tensors: weights.collect(wanted), writing });
    const tokenizer = await copyTokenizer(folder, plan, writing);
    return {
      name,
      image,
      text,
      tokenizer: { file: tokenizer, pad },
      weight: 1,
      byDefault,
    } as Manifest['clips'][number];
  } finally {
    weights.close();
  }
}

/** CLIPs with the same tokenizer share its file. */
async function copyTokenizer(
  folder: string,
  { name, tokenizer }: ClipPlan,
  { files }: Writing,
): Promise<string> {
  const { bytes, sha256 } = await hashFile(tokenizer);
  const known = Object.entries(files).find(([, file]) => file.sha256 === sha256);
  if (known) return known[0];
  const file = `tokenizer-${name}.json`;
  await copyFile(tokenizer, join(folder, file));
  files[file] = { bytes, sha256, dtype: 'json' };
  return file;
}

interface WeightFile {
  readonly file: string;
  readonly tensors: ReadonlyMap<string, StoredTensor>;
  readonly writing: Writing;
}

async function writeWeights(folder: string, { file, tensors, writing }: WeightFile): Promise<void> {
  const types = new Set([...tensors.values()].map(({ elementType }) => elementType));
  const written = await writeSafetensors({ path: join(folder, file), tensors });
  writing.files[file] = { ...written, dtype: [...types].sort().join('+') };
}

function tuple([red, green, blue]: ClipPlan['mean']): [number, number, number] {
  return [red, green, blue];
}
