import type { Command } from 'commander';
import { type ListedModel, listModels } from '../zoo/list-models.js';
import type { Shell } from './shell.js';

/** Adds `models`. */
export function addModels(program: Command, shell: Shell): void {
  program
    .command('models')
    .description('list the installed models')
    .option('--json', 'as JSON')
    .action(async ({ json }: { readonly json?: true }) => {
      const listed = await listModels(shell.dataDir);
      shell.out(json ? `${JSON.stringify(listed.map(factsOf), null, 2)}\n` : listed.map(lineOf).join(''));
    });
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
