import { type Manifest, manifestFields } from './manifest.js';

/** A manifest whose fields are right, and agree. */
export const manifestSchema = manifestFields.superRefine((manifest, context) => {
  for (const found of disagreementsOf(manifest)) context.addIssue({ code: 'custom', ...found });
});

interface Disagreement {
  readonly path: (string | number)[];
  readonly message: string;
}

/** Numbers in one tensor: 1 GB of them. */
const MOST_NUMBERS = 2 ** 28;
const tooMany = (count: number) => `Expected at most ${MOST_NUMBERS} numbers, got ${count}.`;

/** What single fields cannot show. */
function disagreementsOf(manifest: Manifest): readonly Disagreement[] {
  const { format, vqgan, clips, prior, defaults, presets = {} } = manifest;
  const found: Disagreement[] = [];
  const complain = (path: Disagreement['path'], message: string) => found.push({ path, message });
  const expect = (path: Disagreement['path'], got: number, expected: number) => {
    if (got !== expected) complain(path, `Expected ${expected} as elsewhere in the manifest, got ${got}.`);
  };
  if (!clips.some(({ byDefault }) => byDefault)) complain(['clips'], 'Expected one that guides by default.');
  const names = new Set<string>();
  for (const [index, { name, image, text }] of clips.entries()) {
    const path = ['clips', index];
    if (format === 2 && name === undefined) complain([...path, 'name'], 'Expected a name in format 2.');
    if (name !== undefined && names.has(name)) complain([...path, 'name'], `Two CLIPs are called ${name}.`);
    names.add(name ?? '');
    if ('config' in image) expect([...path, 'image', 'config', 'size'], image.config.size, image.size);
    if ('config' in text) expect([...path, 'text', 'config', 'context'], text.config.context, text.context);
  }
  for (const part of ['decoder', 'encoder'] as const) {
    const network = vqgan[part];
    if (!network || !('config' in network)) continue;
    const { config } = network;
    const path = ['vqgan', part, 'config'];
    const dim = 'embeddingWidth' in config ? config.embeddingWidth : config.latentChannels;
    expect([...path, 'codes'], config.codes, vqgan.codes);
    expect([...path, 'multipliers', 'length'], 2 ** (config.multipliers.length - 1), vqgan.factor);
    expect([...path, 'embeddingWidth'], dim, vqgan.dim);
  }
  if (prior && 'config' in prior) {
    const { config, sampling } = prior;
    expect(['prior', 'config', 'codes'], config.codes, vqgan.codes);
    expect(['prior', 'config', 'context'], config.context, sampling.empty.length);
  }
  const parts = [vqgan.decoder, vqgan.encoder, prior, ...clips.flatMap(({ image, text }) => [image, text])];
  const isBuilt = parts.some((part) => part && 'architecture' in part) || 'weights' in vqgan.codebook;
  if (format === 1 && isBuilt) complain(['format'], 'Expected format 2 where Easel builds a network.');
  if (vqgan.codes * vqgan.dim > MOST_NUMBERS) complain(['vqgan', 'codes'], tooMany(vqgan.codes * vqgan.dim));
  if (prior && 'cache' in prior) {
    const [rows, columns] = prior.grid;
    const { layers, heads, size } = prior.cache;
    const numbers = 2 * layers * heads * rows * columns * size;
    if (numbers > MOST_NUMBERS) complain(['prior', 'cache'], tooMany(numbers));
  }
  for (const [path, wanted] of [
    [['defaults'], defaults],
    [['presets', 'quick'], presets.quick],
    [['presets', 'artist'], presets.artist],
  ] as const) {
    for (const side of ['width', 'height'] as const) {
      const pixels = wanted?.[side];
      if (pixels === undefined || pixels % vqgan.factor === 0) continue;
      complain([...path, side], `Expected a multiple of the factor ${vqgan.factor}, got ${pixels}.`);
    }
  }
  return found;
}
