import { join } from 'node:path';
import { z } from 'zod';
import { activationSchema } from '../../contracts/architectures.js';
import { messageOf, UserError } from '../../errors.js';
import { packageRoot } from '../../package-root.js';
import { readRegularSync } from '../../read-regular.js';
import type { PublishedFile } from '../download/published-file.js';

const fileName = z.string().regex(/^[a-z0-9][\w.-]*$/);
const channels = z.tuple([z.number(), z.number(), z.number()]);

const fileSchema = z.strictObject({
  /** Byte for byte the same at each. */
  urls: z.array(z.url({ protocol: /^https$/ })).min(1),
  bytes: z.int().positive().nullable(),
  sha256: z
    .string()
    .regex(/^[0-9a-f]{64}$/)
    .nullable(),
  /** The commit that the first address names, where it names one. */
  revision: z.string().nullable(),
});

const licenceSchema = z.strictObject({
  /** As the authors state it; null when they state none. */
  stated: z.string().nullable(),
  about: z.string(),
});

const vqganSchema = z.strictObject({
  title: z.string(),
  source: z.string(),
  licence: licenceSchema,
  checkpoint: fileName,
  /** A published configuration, or its contents where the authors keep them in code. */
  config: z.union([fileName, z.record(z.string(), z.unknown())]),
  /** Of its pictures; null when nobody states it, and the self-check finds it out. */
  range: z.tuple([z.number(), z.number()]).nullable(),
});

const clipSchema = z.strictObject({
  title: z.string(),
  source: z.string(),
  licence: licenceSchema,
  checkpoint: fileName,
  /** Hugging Face's `config.json`, for what the weights do not show. */
  config: fileName.nullable(),
  tokenizer: fileName,
  /** The id that fills short texts. */
  pad: z.int().nonnegative(),
  /** Null when only the configuration states it. */
  activation: activationSchema.nullable(),
  mean: channels,
  std: channels,
});

const catalogueSchema = z.strictObject({
  format: z.literal(1),
  files: z.record(fileName, fileSchema),
  vqgans: z.record(z.string(), vqganSchema),
  clips: z.record(z.string(), clipSchema),
});

export type Catalogue = z.output<typeof catalogueSchema>;
export type PublishedVqgan = z.output<typeof vqganSchema>;
export type PublishedClip = z.output<typeof clipSchema>;

/**
 * What is published, and where: models/catalogue.json, or another of its form.
 *
 * @throws UserError when it is none.
 */
export function readCatalogue(path = join(packageRoot(), 'models', 'catalogue.json')): Catalogue {
  try {
    return catalogueSchema.parse(JSON.parse(String(readRegularSync(path))));
  } catch (cause) {
    const [issue] = cause instanceof z.ZodError ? cause.issues : [];
    const what = issue ? `${issue.path.join('.')}: ${issue.message}` : messageOf(cause);
    throw new UserError(`Expected a catalogue of models in ${path}: ${what}`, { cause });
  }
}

/** A file of the catalogue. */
export function publishedFile({ files }: Catalogue, name: string): PublishedFile {
  const file = files[name];
  if (!file) throw new Error(`The catalogue lacks its file ${name}.`);
  return { name, urls: file.urls, bytes: file.bytes ?? undefined, sha256: file.sha256 ?? undefined };
}

/** An entry by name. @throws UserError that lists the names. */
export function entryOf<Entry>(entries: Readonly<Record<string, Entry>>, name: string, kind: string): Entry {
  const entry = Object.hasOwn(entries, name) ? entries[name] : undefined;
  if (entry !== undefined) return entry;
  throw new UserError(`Unknown ${kind} \`${name}\`; the catalogue has ${Object.keys(entries).join(', ')}.`);
}
