import { resolve } from 'node:path';
import type { Command } from 'commander';
import { backUp } from '../operations/back-up.js';
import { restore } from '../operations/restore.js';
import type { Shell } from './shell.js';

/** Adds `backup` and `restore`. */
export function addBackup(program: Command, shell: Shell): void {
  program
    .command('backup')
    .description('copy the ledger and all pictures of DATA_DIR into a new folder; the bot may be running')
    .argument('<folder>', 'where to; it must not exist')
    .action(async (folder: string) => {
      const to = resolve(folder);
      const { note, damaged } = await backUp({ dataDir: shell.dataDir, to, now: new Date() });
      sayDamaged(shell, damaged);
      shell.out(`${to}: the ledger (${megabytes(note.ledger.bytes)}) and ${filesOf(note.files)}\n`);
    });
  program
    .command('restore')
    .description('put a backup into DATA_DIR; the bot must be stopped')
    .argument('<folder>', 'what `easel backup` wrote')
    .option('--replace', 'move the ledger and pictures that are there aside (they are never deleted)')
    .action(async (folder: string, { replace = false }: { readonly replace?: boolean }) => {
      const { dataDir } = shell;
      const restored = await restore({ from: resolve(folder), dataDir, replace, now: new Date() });
      sayDamaged(shell, restored.damaged);
      if (restored.aside !== null) shell.out(`What was there is now in ${restored.aside}\n`);
      shell.out(`${dataDir} is as it was on ${restored.note.at}, with ${filesOf(restored.note.files)}\n`);
    });
}

function sayDamaged(shell: Shell, damaged: readonly string[]): void {
  if (damaged.length > 0) shell.err(`Left out, since damaged: ${damaged.join(', ')}\n`);
}

function filesOf({ count, bytes }: { readonly count: number; readonly bytes: number }): string {
  return `${count} ${count === 1 ? 'picture or state' : 'pictures and states'} (${megabytes(bytes)})`;
}

function megabytes(bytes: number): string {
  return `${(bytes / 1e6).toFixed(1)} MB`;
}
