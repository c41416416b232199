import { existsSync, readdirSync, readFileSync } from 'node:fs';
import { expect, vi } from 'vitest';
import { PATIENCE_MS } from '../atelier.js';

/** A painter leaves with its bot, however that died; told by the data folder in its arguments, where `/proc` shows them. */
export async function noPainterLeft(dataDir: string): Promise<void> {
  if (!existsSync('/proc/self/cmdline')) return;
  await vi.waitFor(
    () => {
      const processes = readdirSync('/proc').filter((name) => /^\d+$/.test(name));
      expect(processes.filter((pid) => argumentsOf(pid).includes(dataDir))).toEqual([]);
    },
    { timeout: PATIENCE_MS, interval: 100 },
  );
}

function argumentsOf(pid: string): string {
  try {
    return readFileSync(`/proc/${pid}/cmdline`, 'utf8');
  } catch {
    // Gone meanwhile.
    return '';
  }
}
