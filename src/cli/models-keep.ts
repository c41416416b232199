import type { Command } from 'commander';
import { messageOf } from '../errors.js';
import { checkModel } from '../installer/check/check-model.js';
import { removeModel } from '../installer/install/remove-model.js';
import { cacheSecret } from '../runtime/cache-secret.js';
import { createRuntime } from '../runtime/create-runtime.js';
import { listModels } from '../zoo/list-models.js';
import { filesInUse, loadModel } from '../zoo/load-model.js';
import { EXIT, type Shell } from './shell.js';

/** Adds `models verify`. */
export function addModelsVerify(models: Command, shell: Shell): void {
  models
    .command('verify')
    .description('read every file of models, compare it with its hash, and let them do the self-check')
    .argument('[names...]', 'the models; all when none is named')
    .option('--hashes', 'compare hashes only')
    .action(async (names: readonly string[], { hashes }: { readonly hashes?: true }) => {
      const all = names.length > 0 ? names : (await listModels(shell.dataDir)).map(({ name }) => name);
      for (const name of all) {
        try {
          shell.out(`✓ ${name}  ${await verify(name, shell, hashes ?? false)}\n`);
        } catch (error) {
          shell.out(`✗ ${name}  ${messageOf(error)}\n`);
          shell.exitWith(EXIT.fault);
        }
      }
    });
}

async function verify(name: string, shell: Shell, hashesOnly: boolean): Promise<string> {
  const model = await loadModel({ name, dataDir: shell.dataDir });
  const files = new Set([...filesInUse(model.manifest), ...Object.keys(model.manifest.files)]);
  for (const file of files) await model.verified(file);
  const hashes = `${files.size} files, every hash right`;
  if (hashesOnly) return hashes;
  const runtime = createRuntime({
    provider: 'cpu',
    cacheDir: shell.cacheDir,
    cacheSecret: cacheSecret(shell.dataDir),
  });
  const findings = await checkModel(model, runtime);
  const bad = findings.find(({ suspect }) => suspect !== undefined);
  if (bad) throw new Error(`${hashes}, but its ${bad.part} only ${bad.is}; ${bad.suspect}.`);
  return [hashes, ...findings.map(({ part, is }) => `${part} ${is}`)].join('; ');
}

/** Adds `models remove`. */
export function addModelsRemove(models: Command, shell: Shell): void {
  models
    .command('remove')
    .description('remove an added model')
    .argument('<name>', 'the model')
    .action(async (name: string) => {
      const { bytes, left } = await removeModel(name, shell.dataDir);
      shell.out(`Removed ${name}; ${(bytes / 1e6).toFixed(1)} MB are free again.\n`);
      if (left.length > 0) shell.err(`Its folder stays, as Easel did not make ${left.join(', ')} in it.\n`);
    });
}
