/**
 * Lets an independent model judge what Easel paints: `npm run judge`. For each prompt of a set that was fixed before any training
 * (fifty of things; a hundred of scenes, manners, moods and things) it asks which of the set a picture shows, and prints the share
 * ranked first and the margin: for the prior's sample alone, for the prior refined by guidance, for guidance from noise, and for
 * real pictures that no training saw, the ceiling. The hundred are also counted by what they ask for. With `--keep` an interrupted run
 * goes on where it was, and several runs with a `--part` each fill one folder.
 */
import { mkdirSync, writeFileSync } from 'node:fs';
import { basename, join } from 'node:path';
import { Command, InvalidArgumentError, Option } from 'commander';
import sharp from 'sharp';
import { numberBetween, wholeNumber } from '../src/cli/option-values.js';
import type { Picture } from '../src/contracts/picture.js';
import { composeSheet } from '../src/images/sheet.js';
import { createPainter } from '../src/paint/create-painter.js';
import { createRuntime } from '../src/runtime/create-runtime.js';
import { loadModel } from '../src/zoo/load-model.js';
import { type Manner, paintPrompt } from './judge/contestants.js';
import { keptOrPainted } from './judge/kept-paintings.js';
import { type Judge, openJudge } from './judge/open-judge.js';
import { type PromptSet, readPromptSet, SET_NAMES, type SetName } from './judge/prompt-sets.js';

const [COLUMNS, SIDE] = [10, 128];
type MaybePicture = Picture | undefined; // none where another part's run paints it

const steps = wholeNumber('--steps', { min: 0, max: 2000 });
const rate = numberBetween('--learning-rate', { min: 0, max: 10 });
const options = new Command('judge')
  .option('--folder <path>', 'the folder of a model; the embedded pocket model when absent')
  .addOption(new Option('--set <name>', 'one set of prompts; both when absent').choices(SET_NAMES))
  .option('--seeds <n>', 'pictures a prompt from the prior', wholeNumber('--seeds', { min: 0, max: 100 }), 3)
  .option('--steps <n>', "of guidance from the prior; the model's own when absent", steps)
  .option('--learning-rate <n>', "of guidance from the prior; the model's own when absent", rate)
  .option('--noise-steps <n>', 'steps of guidance from noise; 0 leaves that out', steps, 120)
  .option('--noise-learning-rate <n>', 'of guidance from noise', rate, 0.15)
  .option('--keep <folder>', 'where every painting is kept, and taken from when it is there already')
  .option(
    '--part <i/n>',
    'judges the prompts of one of n parts, from 0 on, against the texts of all',
    readPart,
    [0, 1],
  )
  .option('--threads <n>', 'of every network', wholeNumber('--threads', { min: 1, max: 256 }))
  .option('--sheets <folder>', 'where to put a sheet of each group, + before what was ranked first')
  .parse()
  .opts<{
    folder?: string;
    set?: SetName;
    seeds: number;
    steps?: number;
    learningRate?: number;
    noiseSteps: number;
    noiseLearningRate: number;
    keep?: string;
    part: readonly [number, number];
    threads?: number;
    sheets?: string;
  }>();

const { threads } = options;
const runtime = createRuntime({ provider: 'auto', ...(threads === undefined ? {} : { threads }) });
const model = await loadModel(options.folder === undefined ? { name: 'pocket' } : { folder: options.folder });
const painter = createPainter({ model, runtime });
for (const name of options.set === undefined ? SET_NAMES : [options.set]) await judgeSet(readPromptSet(name));
await painter.release();

async function judgeSet(set: PromptSet): Promise<void> {
  const judge = await openJudge(set.judge, runtime);
  const kinds = [...new Set(set.groups)];
  const columns = [
    `the ${set.name}`,
    'ranked first',
    ...(kinds.length > 1 ? kinds : []),
    'margin',
    'mean rank',
  ];
  process.stdout.write(`| ${columns.join(' | ')} |\n|---${'|---:'.repeat(columns.length - 1)}|\n`);
  const contest = { set, judge };
  for (const sheet of set.ceilings)
    await report(`real (${basename(sheet)})`, await cutSheet(sheet, set), contest);
  for (let seed = 1; seed <= options.seeds; seed++) {
    const { steps, learningRate } = options;
    const { starts, ends } = await paintAll({ start: 'prior', seed, steps, learningRate }, set);
    await report(`prior alone, seed ${seed}`, starts, contest);
    await report(`prior + guidance, seed ${seed}`, ends, contest);
  }
  if (options.noiseSteps > 0) {
    const { noiseSteps: steps, noiseLearningRate: learningRate } = options;
    const { ends } = await paintAll({ start: 'noise', seed: 1, steps, learningRate }, set);
    await report(`noise + guidance, ${steps} steps`, ends, contest);
  }
  await judge.release();
}

/** `1/3` as 1 and 3. */
function readPart(value: string): readonly [number, number] {
  const [part = Number.NaN, parts = Number.NaN] = value.split('/').map(Number);
  if (!(part < parts && part >= 0)) throw new InvalidArgumentError('Expected i/n with i from 0 to n - 1.');
  return [part, parts];
}

function isOwn(index: number): boolean {
  return index % options.part[1] === options.part[0];
}

async function paintAll(
  manner: Manner,
  { texts }: PromptSet,
): Promise<{ starts: MaybePicture[]; ends: MaybePicture[] }> {
  const [starts, ends]: [MaybePicture[], MaybePicture[]] = [[], []];
  for (const [index, prompt] of texts.entries()) {
    if (!isOwn(index)) {
      starts.push(undefined);
      ends.push(undefined);
      continue;
    }
    const paint = () => paintPrompt(prompt, { painter, model, manner });
    const folder = options.keep;
    const { start, end } = await (folder === undefined
      ? paint()
      : keptOrPainted(prompt, { folder, model, manner, paint }));
    starts.push(start);
    ends.push(end);
    process.stderr.write('.');
  }
  process.stderr.write('\n');
  return { starts, ends };
}

async function report(
  group: string,
  pictures: readonly MaybePicture[],
  { set, judge }: { readonly set: PromptSet; readonly judge: Judge },
): Promise<void> {
  const { texts, groups } = set;
  const { first, rankedFirst, margin, meanRank } = await judge.rank(pictures, texts);
  const kinds = [...new Set(groups)];
  const shares = kinds.map((kind) => {
    const own = first.filter((isFirst, index) => isFirst !== undefined && groups[index] === kind);
    return own.filter(Boolean).length / own.length;
  });
  const cells = [
    ...[group, rankedFirst.toFixed(2), ...(kinds.length > 1 ? shares.map((share) => share.toFixed(2)) : [])],
    ...[margin.toFixed(3), meanRank.toFixed(1)],
  ];
  process.stdout.write(`| ${cells.join(' | ')} |\n`);
  if (options.sheets === undefined) return;
  mkdirSync(options.sheets, { recursive: true });
  const entries = pictures.flatMap((picture, index) =>
    picture ? [{ picture, caption: `${first[index] ? '+' : '–'} ${texts[index] ?? ''}` }] : [],
  );
  const sheet = await composeSheet(entries, { columns: COLUMNS, cell: SIDE, format: 'png' });
  writeFileSync(join(options.sheets, `${set.name}-${group.replace(/[^a-z0-9]+/gi, '-')}.png`), sheet.bytes);
}

/** The pictures of a sheet without gaps, in rows. */
async function cutSheet(file: string, { texts }: PromptSet): Promise<MaybePicture[]> {
  const pictures: MaybePicture[] = [];
  for (const index of texts.keys()) {
    if (!isOwn(index)) {
      pictures.push(undefined);
      continue;
    }
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
