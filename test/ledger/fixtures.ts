import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { onTestFinished } from 'vitest';
import { type PaintRequest, paintRequestSchema } from '../../src/requests/paint-request.js';
import type { NewJob } from '../../src/ledger/job-row.js';
import { type Ledger, openLedger } from '../../src/ledger/open-ledger.js';

/** A folder that goes with the test. */
export function temporaryFolder(): string {
  const folder = mkdtempSync(join(tmpdir(), 'easel-test-'));
  onTestFinished(() => rmSync(folder, { recursive: true, force: true }));
  return folder;
}

export async function temporaryLedger(): Promise<Ledger> {
  const ledger = await openLedger(join(temporaryFolder(), 'ledger.db'));
  onTestFinished(() => ledger.destroy());
  return ledger;
}

export function paintRequest(fields: Partial<PaintRequest> = {}): PaintRequest {
  return paintRequestSchema.parse({
    version: 1,
    prompts: [{ text: 'a lighthouse in a storm' }],
    model: 'tiny',
    width: 64,
    height: 64,
    steps: 10,
    seed: 7,
    start: 'noise',
    cutouts: 4,
    frames: { everySteps: 2 },
    upscale: 1,
    ...fields,
  });
}

export function newJob(id: string, fields: Partial<NewJob> = {}): NewJob {
  return {
    id,
    causeId: `interaction ${id}`,
    userId: 'ann',
    guildId: 'guild',
    channelId: 'channel',
    isAgeRestricted: false,
    locale: 'en-GB',
    request: paintRequest(),
    parentJob: null,
    savedState: null,
    priority: 0,
    sequence: Number.parseInt(id.replace(/\D/g, ''), 10),
    acceptedAt: 1_000,
    ...fields,
  };
}
