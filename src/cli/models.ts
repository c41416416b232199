import type { Command } from 'commander';
import { readCatalogue } from '../installer/catalogue/catalogue.js';
import { type ListedModel, listModels } from '../zoo/list-models.js';
import { addModelsAdd } from './models-add.js';
import { addModelsRemove, addModelsVerify } from './models-keep.js';
import type { Shell } from './shell.js';

interface ListOptions {
  readonly json?: true;
  readonly available?: true;
}

/** Adds `models` and what belongs to it. */
export function addModels(program: Command, shell: Shell): void {
  const models = program
    .command('models')
    .description('list, add, remove and verify models; alone it lists those that are installed');
  models
    .command('list', { isDefault: true })
    .description('list the installed models')
    .option('--json', 'as JSON')
    .option('--available', 'list what can be added instead')
    .action(async ({ json, available }: ListOptions) => {
      if (available) {
        shell.out(listAvailable());
        return;
      }
      const listed = await listModels(shell.dataDir);
      shell.out(json ? `${JSON.stringify(listed.map(factsOf), null, 2)}\n` : listed.map(lineOf).join(''));
    });
  addModelsAdd(models, shell);
  addModelsVerify(models, shell);
  addModelsRemove(models, shell);
}

function listAvailable(): string {
  const { vqgans, clips, files } = readCatalogue();
  const line = ([name, entry]: [string, (typeof vqgans | typeof clips)[string]]) => {
    const bytes = files[entry.checkpoint]?.bytes;
    const size = bytes ? `${(bytes / 1e6).toFixed(0)} MB` : 'size not stated';
    return `  ${name.padEnd(20)} ${entry.title}, ${size}, licence ${entry.licence.stated ?? 'not stated'}\n`;
  };
  return [
    'Models for `easel models add NAME`:\n',
    ...Object.entries(vqgans).map(line),
    'CLIPs for its --clip:\n',
    ...Object.entries(clips).map(line),
  ].join('');
}

function factsOf(entry: ListedModel) {
  const { name, folder } = entry;
  if ('problem' in entry) return { name, folder, problem: entry.problem };
  const { manifest, manifestHash } = entry.model;
  const { title, licence, source, defaults, suggestions, files } = manifest;
  const bytes = Object.values(files).reduce((sum, file) => sum + file.bytes, 0);
  return { name, folder, manifestHash, bytes, title, licence, source, defaults, suggestions };
}

function lineOf(entry: ListedModel): string {
  const facts = factsOf(entry);
  if ('problem' in facts) return `${facts.name}  cannot be used: ${facts.problem}\n`;
  const { name, title, licence, bytes, defaults, suggestions } = facts;
  const megabytes = (bytes / 1e6).toFixed(1);
  const size = `${defaults.width} × ${defaults.height}, ${defaults.steps} steps`;
  const tries = suggestions.length > 0 ? `  try: ${suggestions.slice(0, 3).join(' · ')}\n` : '';
  return `${name}  ${title}, ${megabytes} MB, ${licence}; ${size}\n${tries}`;
}
