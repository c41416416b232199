import { rename, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { z } from 'zod';
import { readRegular } from '../../read-regular.js';

const pinsSchema = z.record(z.string(), z.strictObject({ bytes: z.int().positive(), sha256: z.string() }));

/** What files without a published hash were when they were first downloaded, by their name in the catalogue. */
export type Pins = z.output<typeof pinsSchema>;

const fileOf = (dataDir: string) => join(dataDir, 'downloads', 'pins.json');

export async function readPins(dataDir: string): Promise<Pins> {
  const text = await readRegular(fileOf(dataDir)).then(String, () => '{}');
  return pinsSchema.parse(JSON.parse(text));
}

/** Keeps what a file is, for its next download to be the same. */
export async function pin(dataDir: string, name: string, found: Pins[string]): Promise<void> {
  const path = fileOf(dataDir);
  await writeFile(`${path}.new`, JSON.stringify({ ...(await readPins(dataDir)), [name]: found }, null, 2));
  await rename(`${path}.new`, path);
}
