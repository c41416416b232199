import type { Command } from 'commander';
import { readCatalogue } from '../installer/catalogue/catalogue.js';
import { defaultShape } from '../paint/step/default-shape.js';
import { planMemory } from '../paint/step/plan-memory.js';
import { type ListedModel, listModels } from '../zoo/list-models.js';
import type { LoadedModel } from '../zoo/load-model.js';
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
      const facts = await Promise.all(listed.map(factsOf));
      shell.out(json ? `${JSON.stringify(facts, null, 2)}\n` : facts.map(linesOf).join(''));
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

async function factsOf(entry: ListedModel) {
  const { name, folder } = entry;
  if ('problem' in entry) return { name, folder, problem: entry.problem };
  const { manifest, manifestHash } = entry.model;
  const { title, licence, source, defaults, suggestions, files } = manifest;
  const memory = manifest.memory ?? (await plannedMemory(entry.model));
  const bytes = Object.values(files).reduce((sum, file) => sum + file.bytes, 0);
  const clips = manifest.clips.flatMap(({ name: clip, byDefault }) =>
    clip ? { name: clip, byDefault } : [],
  );
  return { name, folder, manifestHash, bytes, title, licence, source, defaults, memory, clips, suggestions };
}

/** What painting with the defaults takes; undefined where that cannot be planned, as with files that are damaged. */
async function plannedMemory(model: LoadedModel): Promise<number | undefined> {
  try {
    return Math.round((await planMemory(model, defaultShape(model.manifest))).total);
  } catch {
    return undefined;
  }
}

function linesOf(facts: Awaited<ReturnType<typeof factsOf>>): string {
  if ('problem' in facts) return `${facts.name}  cannot be used: ${facts.problem}\n`;
  const { name, title, licence, bytes, defaults, memory, clips, suggestions } = facts;
  const { width, height, steps, cutouts } = defaults;
  const guides = clips.map((clip) => (clip.byDefault ? clip.name : `${clip.name} (where --clips names it)`));
  const rows = {
    licence,
    paints: `${width} × ${height}, ${steps} steps, ${cutouts} cutouts unless told otherwise`,
    memory: memory === undefined ? '' : `${(memory / 1e9).toFixed(1)} GB for that on a processor`,
    clips: guides.join(', '),
    try: suggestions.slice(0, 3).join(' · '),
  };
  const lines = Object.entries(rows).filter(([, text]) => text !== '');
  return [
    `${name}  ${title}, ${(bytes / 1e6).toFixed(1)} MB\n`,
    ...lines.map(([label, text]) => `  ${label.padEnd(8)} ${text}\n`),
  ].join('');
}
