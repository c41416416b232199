import { createHash } from 'node:crypto';
import { createReadStream } from 'node:fs';
import { pipeline } from 'node:stream/promises';
import { z } from 'zod';

/** Names in a backup's folder and in a data folder alike. */
export const LEDGER = 'ledger.db';
export const FILES = 'files';
export const NOTE = 'backup.json';

/** Written last: a folder without it is no backup. */
export const backupNoteSchema = z.object({
  version: z.literal(1),
  /** Of the program that wrote it. */
  easel: z.string(),
  at: z.iso.datetime(),
  ledger: z.object({ sha256: z.string().regex(/^[0-9a-f]{64}$/), bytes: z.number().int().nonnegative() }),
  files: z.object({ count: z.number().int().nonnegative(), bytes: z.number().int().nonnegative() }),
});

export type BackupNote = z.infer<typeof backupNoteSchema>;

export async function sha256OfFile(path: string): Promise<string> {
  const hash = createHash('sha256');
  await pipeline(createReadStream(path), hash);
  return hash.digest('hex');
}
