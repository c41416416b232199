/**
 * Trains both stages on a folder of pictures and draws every figure of docs/training.md: `npm run docs:training -- --pictures FOLDER`.
 * A second VQGAN goes on without the discriminator from where the first one meets it. Resumable: the same command goes on.
 */
import { cpSync, existsSync, readdirSync, readFileSync, writeFileSync } from 'node:fs';
import { join, resolve } from 'node:path';
import { Command } from 'commander';
import sharp from 'sharp';
import { wholeNumber } from '../src/cli/option-values.js';
import { run } from '../src/cli/run.js';
import type { MeasuredEvent, StepEvent, TrainEvent } from '../src/contracts/train-event.js';
import { makeFolder } from '../src/make-folder.js';
import { packageRoot } from '../src/package-root.js';

const options = new Command('docs:training')
  .requiredOption('--pictures <folder>', 'a few hundred pictures')
  .option('--data <folder>', 'where the models go', 'data/docs-training')
  .option('--preset <name>', 'tiny, small, medium, f16', 'small')
  .option(
    '--steps <n>',
    'steps of the VQGAN, instead of the preset',
    wholeNumber('--steps', { min: 8, max: 1e6 }),
  )
  .option(
    '--transformer-steps <n>',
    'steps of the transformer, instead of the preset',
    wholeNumber('--transformer-steps', { min: 8, max: 1e6 }),
  )
  .option('--prompt <text>', 'what the window draws', 'a red apple')
  .option('--threads <n>', 'threads on the processor', wholeNumber('--threads', { min: 1, max: 256 }))
  .parse()
  .opts<{
    pictures: string;
    data: string;
    preset: string;
    steps?: number;
    transformerSteps?: number;
    prompt: string;
    threads?: number;
  }>();

const [MODEL, PLAIN] = ['figures', 'figures-plain'];
const data = resolve(options.data);
const out = join(packageRoot(), 'docs', 'training');
const folderOf = (model: string) => join(data, 'models', model);
const runOf = (model: string, stage: string) => join(folderOf(model), 'training', stage);

/** Runs a command as a person would; `onEvent` may end it, as Ctrl-C does. */
async function easel(
  args: readonly string[],
  onEvent?: (event: TrainEvent, stop: () => void) => void,
): Promise<void> {
  process.stderr.write(`easel ${args.join(' ')}\n`);
  const interruption = new AbortController();
  const code = await run([...args, ...threadsOf(options)], {
    out: (text) => {
      if (onEvent) onEvent(JSON.parse(text) as TrainEvent, () => interruption.abort()); // our own program's
    },
    err: (text) => process.stderr.write(text),
    isTerminal: false,
    interrupted: interruption.signal,
    dataDir: data,
    cacheDir: join(data, 'cache'),
  });
  if (code !== 0 && !interruption.signal.aborted) throw new Error(`It ended with ${code}.`);
}

function threadsOf({ threads }: { readonly threads?: number }): readonly string[] {
  return threads === undefined ? [] : ['--threads', String(threads)];
}

const common = ['--pictures', resolve(options.pictures), '--preset', options.preset];
const ofVqgan = [...common, ...(options.steps === undefined ? [] : ['--steps', String(options.steps)])];

/** Trains the VQGAN, and from where it meets the discriminator on a copy that never does. */
async function trainVqgans(): Promise<void> {
  const train = (model: string, ...more: readonly string[]) => [
    'train',
    'vqgan',
    '--out',
    model,
    ...ofVqgan,
    '--json',
    ...more,
  ];
  if (!existsSync(folderOf(PLAIN))) {
    let meets = false;
    await easel(train(MODEL), (event, stop) => {
      meets ||= event.type === 'step' && 'discriminator' in event.losses;
      if (meets) stop();
    });
    if (!meets) return;
    // One step with the discriminator has been taken; what is learnt of it in a step is nothing.
    cpSync(folderOf(MODEL), folderOf(PLAIN), { recursive: true });
  }
  await easel(train(PLAIN, '--adversarial-from', '999999999'), () => undefined);
  await easel(train(MODEL), () => undefined);
}

function entriesOf(model: string, stage: string): readonly (StepEvent | MeasuredEvent)[] {
  return readFileSync(join(runOf(model, stage), 'log.jsonl'), 'utf8')
    .trim()
    .split('\n')
    .map((line) => JSON.parse(line)); // our own lines
}

const psnrs = (model: string) =>
  entriesOf(model, 'vqgan').flatMap((entry) =>
    entry.type === 'measured' ? [{ step: entry.step, psnr: entry.metrics['psnr'] ?? 0 }] : [],
  );

/** Sheets of a run one below the other, from the first to the last. */
async function samplesOverSteps(): Promise<void> {
  const folder = join(runOf(MODEL, 'transformer'), 'sheets');
  const steps = readdirSync(folder)
    .map((file) => Number.parseInt(file, 10))
    .sort((one, another) => one - another);
  const chosen = [...new Set([steps[0], steps[Math.floor(steps.length / 3)], steps.at(-1)])];
  const rows = await Promise.all(
    chosen.map(async (step) => {
      const sheet = sharp(join(folder, `${step}.png`));
      const { width = 1, height = 1 } = await sheet.metadata();
      const half = Math.floor(height / 2);
      return {
        width,
        height: half,
        png: await sheet.extract({ left: 0, top: half, width, height: half }).toBuffer(),
      };
    }),
  );
  const [{ width, height } = { width: 1, height: 1 }] = rows;
  await sharp({ create: { width, height: height * rows.length, channels: 3, background: '#ffffff' } })
    .composite(rows.map(({ png }, index) => ({ input: png, left: 0, top: index * height })))
    .png({ palette: true })
    .toFile(join(out, 'samples.png'));
  process.stdout.write(`samples.png: steps ${chosen.join(', ')}, from above\n`);
}

makeFolder(out);
await trainVqgans();
const ofTransformer = options.transformerSteps;
await easel(
  [
    ...['train', 'transformer', '--model', MODEL, ...common],
    ...(ofTransformer === undefined ? [] : ['--steps', String(ofTransformer)]),
    '--json',
  ],
  () => undefined,
);
await easel([
  ...['train', 'figures', '--model', MODEL, '--pictures', resolve(options.pictures), '--out', out],
  ...['--prompt', options.prompt, ...(existsSync(folderOf(PLAIN)) ? ['--beside', PLAIN] : [])],
]);
await easel(['codebook', '--model', MODEL, '--out', join(out, 'codebook.png')]);
const codebook = await sharp(join(out, 'codebook.png')).metadata();
const larger = await sharp(join(out, 'codebook.png'))
  .resize((codebook.width ?? 1) * 3, undefined, { kernel: 'nearest' })
  .png()
  .toBuffer();
writeFileSync(join(out, 'codebook.png'), larger);
for (const stage of ['vqgan', 'transformer']) {
  cpSync(join(runOf(MODEL, stage), 'curves.png'), join(out, `curves-${stage}.png`));
}
await samplesOverSteps();
for (const model of [MODEL, PLAIN]) {
  if (!existsSync(folderOf(model))) continue;
  const told = psnrs(model).map(({ step, psnr }) => `${step}: ${psnr.toFixed(2)}`);
  process.stdout.write(
    `held-out PSNR, ${model === MODEL ? 'with' : 'without'} the discriminator: ${told.join(', ')}\n`,
  );
}
const seconds = (stage: string) =>
  entriesOf(MODEL, stage).reduce((sum, entry) => sum + (entry.type === 'step' ? entry.ms : 0), 0) / 1000;
process.stdout.write(
  `steps of the VQGAN took ${(seconds('vqgan') / 60).toFixed(1)} min, of the transformer ${(seconds('transformer') / 60).toFixed(1)} min\n`,
);
