import { rm } from 'node:fs/promises';
import { availableParallelism } from 'node:os';
import { basename, resolve } from 'node:path';
import type { Command } from 'commander';
import { type Activation, activationSchema } from '../contracts/architectures.js';
import { UserError } from '../errors.js';
import { type Catalogue, publishedFile, readCatalogue } from '../installer/catalogue/catalogue.js';
import { type Gathered, gatherFiles } from '../installer/download/gather-files.js';
import { openNetwork } from '../installer/download/open-network.js';
import { installModel } from '../installer/install/install-model.js';
import type { ClipPlan, InstallPlan } from '../installer/install/install-plan.js';
import { clipPlan, filesOf, planOf } from '../installer/plan/catalogue-plan.js';
import { defaultsFor } from '../installer/plan/defaults.js';
import { ownClipPlan, ownPlan } from '../installer/plan/file-plan.js';
import { cacheSecret } from '../runtime/cache-secret.js';
import { chooseProvider } from '../runtime/choose-provider.js';
import { createRuntime } from '../runtime/create-runtime.js';
import { probeProviders } from '../runtime/probe.js';
import { isModelName } from '../zoo/load-model.js';
import { createByteLine } from './byte-line.js';
import { describeChoice } from './describe-choice.js';
import { oneOf } from './option-values.js';
import { EXIT, type Shell } from './shell.js';

interface AddOptions {
  readonly name?: string;
  readonly clip: string;
  readonly config?: string;
  readonly licence?: string;
  readonly range?: readonly [number, number];
  readonly clipFile?: string;
  readonly clipConfig?: string;
  readonly activation?: Activation;
  readonly tokenizer?: string;
  readonly fromDir?: string;
  readonly catalogue?: string;
  readonly yes?: true;
  readonly keep?: true;
  readonly unchecked?: true;
}

/** Adds `models add`. */
export function addModelsAdd(models: Command, shell: Shell): void {
  models
    .command('add')
    .description('download published weights, convert, check and install them')
    .argument('<model>', 'a name of `easel models list --available`, or a file of weights')
    .option('--name <name>', 'what the model is called here')
    .option(
      '--clip <names>',
      'the CLIPs that guide it, with commas between; the first by default',
      'vit-b-32',
    )
    .option('--from-dir <folder>', 'take the files from a folder and download nothing')
    .option('--catalogue <file>', "a catalogue of one's own, in the form of models/catalogue.json")
    .option('--config <file>', "for a file of weights: its configuration, the authors' YAML or config.json")
    .option('--licence <text>', 'for a file of weights: its licence, as it will be shown')
    .option(
      '--range <low..high>',
      'for a file of weights: the range of its pictures; tried out when absent',
      readRange,
    )
    .option('--clip-file <file>', 'a CLIP from a file of weights instead of --clip')
    .option('--clip-config <file>', 'for --clip-file: its config.json')
    .option(
      '--activation <name>',
      'for --clip-file: its activation',
      oneOf('--activation', activationSchema.options),
    )
    .option('--tokenizer <file>', 'for --clip-file: its tokenizer.json')
    .option('--yes', 'do not ask')
    .option('--keep', 'keep the downloaded files')
    .option('--unchecked', 'leave out the self-check, as for untrained weights')
    .action((model: string, options: AddOptions) => unlessInterrupted(add(model, options, shell), shell));
}

/** An interruption is no fault: what was downloaded stays, and is gone on with. */
async function unlessInterrupted(adding: Promise<void>, shell: Shell): Promise<void> {
  try {
    await adding;
  } catch (error) {
    if (!shell.interrupted.aborted) throw error;
    shell.err('Stopped. What has been downloaded is kept; the same command goes on with it.\n');
    shell.exitWith(EXIT.interrupted);
  }
}

async function add(model: string, options: AddOptions, shell: Shell): Promise<void> {
  const catalogue = readCatalogue(options.catalogue);
  const clips = options.clipFile === undefined ? options.clip.split(',').map((name) => name.trim()) : [];
  const isOwn = options.config !== undefined;
  const names = isOwn ? clipFiles(catalogue, clips) : filesOf(catalogue, { vqgan: model, clips });
  const name = options.name ?? basename(model).replace(/\.[^.]*$/, '');
  if (!isModelName(name)) throw new UserError(`\`${name}\` is no name for a model; give one by --name.`);
  const files = names.map((each) => publishedFile(catalogue, each));
  shell.err(describeChoice(catalogue, { vqgan: isOwn ? undefined : model, clips, files }));
  if (!options.yes && !shell.confirm) throw new UserError('Expected `--yes` where nobody can be asked.');
  if (!options.yes && !(await shell.confirm?.('Go on?'))) {
    shell.err('Nothing was changed.\n');
    shell.exitWith(EXIT.fault);
    return;
  }
  const gathered = await gather(files, options, shell);
  const planned = isOwn
    ? ownVqganPlan(resolve(model), { ...options, name }, clipPlans(catalogue, clips, { options, gathered }))
    : withOwnClip(planOf(catalogue, { vqgan: model, clips, name }, gathered.pathOf), options);
  const isGpu = chooseProvider('auto', probeProviders()).provider !== 'cpu';
  const plan = { ...planned, defaults: defaultsFor({ isGpu, cores: availableParallelism() }) };
  const runtime = createRuntime({
    provider: 'cpu',
    cacheDir: shell.cacheDir,
    cacheSecret: cacheSecret(shell.dataDir),
  });
  await installModel({
    ...{ plan, runtime, dataDir: shell.dataDir, signal: shell.interrupted },
    report: (sentence) => shell.err(`${sentence}\n`),
    ...(options.unchecked && { unchecked: true }),
  });
  if (!options.keep) for (const path of gathered.downloaded) await rm(path, { force: true });
  shell.out(`Added ${name}: easel imagine --model ${name} "…"\n`);
}

async function gather(
  files: readonly ReturnType<typeof publishedFile>[],
  { fromDir }: AddOptions,
  shell: Shell,
): Promise<Gathered> {
  const network = openNetwork();
  const line = createByteLine(shell);
  try {
    return await gatherFiles({
      ...{ files, network, fromDir, dataDir: shell.dataDir, signal: shell.interrupted },
      onProgress: line.update,
      onTrouble: (sentence) => {
        line.clear();
        shell.err(`${sentence}\n`);
      },
    });
  } finally {
    line.clear();
    await network.close();
  }
}

function clipFiles(catalogue: Catalogue, clips: readonly string[]): readonly string[] {
  const [vqgan = ''] = Object.keys(catalogue.vqgans);
  const besides = new Set(filesOf(catalogue, { vqgan, clips: [] }));
  return filesOf(catalogue, { vqgan, clips }).filter((file) => !besides.has(file));
}

function clipPlans(
  catalogue: Catalogue,
  clips: readonly string[],
  { options, gathered }: { readonly options: AddOptions; readonly gathered: Gathered },
): readonly ClipPlan[] {
  const own = ownClip(options);
  if (own) return [own];
  return clips.map((name, index) => {
    const entry = catalogue.clips[name];
    if (!entry) throw new Error(`The catalogue has no CLIP ${name}.`);
    return clipPlan(name, entry, { pathOf: gathered.pathOf, byDefault: index === 0 });
  });
}

function withOwnClip(plan: InstallPlan, options: AddOptions): InstallPlan {
  const own = ownClip(options);
  return own ? { ...plan, clips: [own] } : plan;
}

const CLIP_MEAN = [0.48145466, 0.4578275, 0.40821073] as const;
const CLIP_STD = [0.26862954, 0.26130258, 0.27577711] as const;

function ownClip({ clipFile, clipConfig, activation, tokenizer }: AddOptions): ClipPlan | undefined {
  if (clipFile === undefined) return undefined;
  if (tokenizer === undefined)
    throw new UserError('Expected `--tokenizer` with `--clip-file`: a tokenizer.json.');
  return ownClipPlan({
    name: basename(clipFile).replace(/\.[^.]*$/, ''),
    checkpoint: resolve(clipFile),
    config: clipConfig,
    activation,
    tokenizer,
    mean: CLIP_MEAN,
    std: CLIP_STD,
    byDefault: true,
  });
}

function ownVqganPlan(
  checkpoint: string,
  { name, config = '', licence, range }: AddOptions & { readonly name: string },
  clips: readonly ClipPlan[],
): InstallPlan {
  return ownPlan({ name, checkpoint, config, licence, range }, clips);
}

function readRange(text: string): readonly [number, number] {
  const [, low, high] = /^(-?\d+(?:\.\d+)?)\.\.(-?\d+(?:\.\d+)?)$/.exec(text)?.map(Number) ?? [];
  if (low === undefined || high === undefined || low >= high) {
    throw new UserError(`Expected \`--range\` as LOW..HIGH, such as -1..1 or 0..1, got \`${text}\`.`);
  }
  return [low, high];
}
