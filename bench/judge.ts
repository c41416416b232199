/**
 * Lets an independent model judge what Easel paints: `npm run judge`. For each of fifty prompts, fixed before any training,
 * it asks which of the fifty a picture shows, and prints the share ranked first and the margin: for the prior's sample alone,
 * for the prior refined by guidance, for guidance from noise, and for real pictures that no training saw, the ceiling.
 */
import { mkdirSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { Command } from 'commander';
import sharp from 'sharp';
import { numberBetween, wholeNumber } from '../src/cli/option-values.js';
import type { Picture } from '../src/contracts/picture.js';
import { composeSheet } from '../src/images/sheet.js';
import { createPainter } from '../src/paint/create-painter.js';
import { createRuntime } from '../src/runtime/create-runtime.js';
import { loadModel } from '../src/zoo/load-model.js';
import { type Manner, paintPrompt } from './judge/contestants.js';
import { openJudge } from './judge/open-judge.js';
import type { Verdict } from './judge/verdict.js';

const JUDGE = join(import.meta.dirname, 'judge');
const PROMPTS = join(import.meta.dirname, '..', 'training', 'judge', 'prompts.json');
const CEILINGS = ['real-0.png', 'real-1.png', 'real-2.png'];
const [COLUMNS, SIDE] = [10, 128];

const steps = wholeNumber('--steps', { min: 0, max: 2000 });
const rate = numberBetween('--learning-rate', { min: 0, max: 10 });
const options = new Command('judge')
  .option('--folder <path>', 'the folder of a model; the embedded pocket model when absent')
  .option('--seeds <n>', 'pictures a prompt from the prior', wholeNumber('--seeds', { min: 0, max: 100 }), 3)
  .option('--steps <n>', "of guidance from the prior; the model's own when absent", steps)
  .option('--learning-rate <n>', "of guidance from the prior; the model's own when absent", rate)
  .option('--noise-steps <n>', 'steps of guidance from noise; 0 leaves that out', steps, 120)
  .option('--noise-learning-rate <n>', 'of guidance from noise', rate, 0.15)
  .option('--sheets <folder>', 'where to put a sheet of each group, + before what was ranked first')
  .parse()
  .opts<{
    folder?: string;
    seeds: number;
    steps?: number;
    learningRate?: number;
    noiseSteps: number;
    noiseLearningRate: number;
    sheets?: string;
  }>();

const { prompts } = JSON.parse(readFileSync(PROMPTS, 'utf8')) as { prompts: readonly { text: string }[] };
const texts = prompts.map(({ text }) => text);
const runtime = createRuntime({ provider: 'auto' });
const model = await loadModel(options.folder === undefined ? { name: 'pocket' } : { folder: options.folder });
const painter = createPainter({ model, runtime });
const judge = await openJudge(JUDGE, runtime);
process.stdout.write('| pictures | ranked first | margin | mean rank |\n|---|---:|---:|---:|\n');

for (const file of CEILINGS) await report(`real (${file})`, await cutSheet(join(JUDGE, file)));
for (let seed = 1; seed <= options.seeds; seed++) {
  const { steps, learningRate } = options;
  const { starts, ends } = await paintAll({ start: 'prior', seed, steps, learningRate });
  await report(`prior alone, seed ${seed}`, starts);
  await report(`prior + guidance, seed ${seed}`, ends);
}
if (options.noiseSteps > 0) {
  const { noiseSteps: steps, noiseLearningRate: learningRate } = options;
  const { ends } = await paintAll({ start: 'noise', seed: 1, steps, learningRate });
  await report(`noise + guidance, ${steps} steps`, ends);
}
await painter.release();
await judge.release();

async function paintAll(manner: Manner): Promise<{ starts: Picture[]; ends: Picture[] }> {
  const [starts, ends]: [Picture[], Picture[]] = [[], []];
  for (const prompt of texts) {
    const { start, end } = await paintPrompt(prompt, { painter, model, manner });
    if (start) starts.push(start);
    ends.push(end);
    process.stderr.write('.');
  }
  process.stderr.write('\n');
  return { starts, ends };
}

async function report(group: string, pictures: readonly Picture[]): Promise<void> {
  const verdict: Verdict = await judge.rank(pictures, texts);
  const cells = [
    group,
    verdict.rankedFirst.toFixed(2),
    verdict.margin.toFixed(3),
    verdict.meanRank.toFixed(1),
  ];
  process.stdout.write(`| ${cells.join(' | ')} |\n`);
  if (options.sheets === undefined) return;
  mkdirSync(options.sheets, { recursive: true });
  const entries = pictures.map((picture, index) => ({
    picture,
    caption: `${verdict.first[index] ? '+' : '–'} ${texts[index] ?? ''}`,
  }));
  const sheet = await composeSheet(entries, { columns: COLUMNS, cell: SIDE, format: 'png' });
  writeFileSync(join(options.sheets, `${group.replace(/[^a-z0-9]+/gi, '-')}.png`), sheet.bytes);
}

/** The pictures of a sheet without gaps, in rows. */
async function cutSheet(file: string): Promise<Picture[]> {
  const pictures: Picture[] = [];
  for (const index of texts.keys()) {
    const [left, top] = [(index % COLUMNS) * SIDE, Math.floor(index / COLUMNS) * SIDE];
    const { data } = await sharp(file)
      .extract({ left, top, width: SIDE, height: SIDE })
      .removeAlpha()
      .raw()
      .toBuffer({ resolveWithObject: true });
    pictures.push({ width: SIDE, height: SIDE, pixels: new Uint8Array(data) });
  }
  return pictures;
}
