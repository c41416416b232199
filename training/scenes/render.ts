/**
 * Paints captioned scenes into a folder: `npm run scenes -- --out FOLDER [--count N] [--seed N] [--side PIXELS] [--manners N]
 * [--prompts FILE]`.
 *
 * FOLDER/NNNNNN.webp and FOLDER/captions.jsonl, one row a picture: {file, caption, subject, light, manner, horizon, seed}. In about
 * 5,000 pictures every subject comes in each of its lights and in every manner, or with `--manners` in so many drawn anew for each
 * light. With `--prompts` it paints what the rows {text, subject, light, manner} of a file name, in their order and again from the
 * first. FOLDER/words.json says what each is called. An interrupted run goes on where it stopped.
 */
import { appendFileSync, existsSync, mkdirSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { parseArgs } from 'node:util';
import sharp from 'sharp';
import { type Random, randomFromSeed } from '../../src/paint/random.js';
import { describe, WORDS } from './caption.js';
import type { LightName } from './light.js';
import { MANNER_NAMES, MANNERS, type MannerName } from './manners/manners.js';
import { paintScene } from './paint-scene.js';
import type { Raster } from './raster.js';
import { SUBJECT_NAMES, type SubjectName, SUBJECTS } from './subjects.js';

const { values } = parseArgs({
  options: {
    out: { type: 'string' },
    count: { type: 'string', default: '1000' },
    seed: { type: 'string', default: '1' },
    side: { type: 'string', default: '128' },
    manners: { type: 'string', default: String(MANNER_NAMES.length) },
    prompts: { type: 'string' },
  },
});
if (values.out === undefined) throw new Error('Expected `--out` with a folder for the pictures.');
await render({
  folder: values.out,
  count: Number(values.count),
  seed: Number(values.seed),
  side: Number(values.side),
  manners: Number(values.manners),
  asked: values.prompts === undefined ? undefined : readAsked(values.prompts),
});

interface Rendering {
  readonly folder: string;
  readonly count: number;
  readonly seed: number;
  readonly side: number;
  /** How many manners each light of a subject is painted in. */
  readonly manners: number;
  /** What to paint instead of everything there is. */
  readonly asked: readonly Sitting[] | undefined;
}

async function render({ folder, count, seed, side, manners: most, asked }: Rendering): Promise<void> {
  mkdirSync(folder, { recursive: true });
  const list = join(folder, 'captions.jsonl');
  if (!existsSync(list)) writeFileSync(list, '');
  writeFileSync(join(folder, 'words.json'), `${JSON.stringify(WORDS, undefined, 2)}\n`);
  const done = readFileSync(list, 'utf8').split('\n').length - 1;
  const order = randomFromSeed(seed);
  let at = 0;
  while (at < count) {
    for (const { subject, light, manners, text } of asked ?? shuffled(order, planRound(order, most))) {
      const own = order.integer(2 ** 31);
      const wanted = manners.map((manner, index) => ({ manner, index, number: at + index }));
      at += manners.length;
      const open = wanted.filter(({ number }) => number >= done && number < count);
      if (open.length === 0) continue;
      const { raster, horizon } = paintScene({ subject, light: light ?? 'noon', seed: own });
      for (const { manner, index, number } of open) {
        const random = randomFromSeed(own + index);
        const painted = manner === undefined ? raster : MANNERS[manner].paint(raster, random);
        const file = `${String(number).padStart(6, '0')}.webp`;
        await write(painted, side, join(folder, file));
        const caption = text ?? describe({ subject, light, manner }, random);
        appendFileSync(
          list,
          `${JSON.stringify({ file, caption, subject, light, manner, horizon, seed: own })}\n`,
        );
      }
      if (at >= count) return;
    }
  }
}

interface Sitting {
  readonly subject: SubjectName;
  readonly light: LightName | undefined;
  /** Nothing stands for the scene as it was painted. */
  readonly manners: readonly (MannerName | undefined)[];
  /** Its caption, where that is not ours to choose. */
  readonly text?: string;
}

/** The rows of a file of prompts that name a scene. */
function readAsked(file: string): readonly Sitting[] {
  const { prompts } = JSON.parse(readFileSync(file, 'utf8')) as { prompts: readonly Asked[] };
  return prompts.flatMap(({ text, subject, light, manner }) =>
    subject === undefined ? [] : [{ text, subject, light, manners: [manner] }],
  );
}

interface Asked {
  readonly text: string;
  readonly subject?: SubjectName;
  readonly light?: LightName;
  readonly manner?: MannerName;
}

/** Every subject in all its lights, each of them as it was painted and in so many manners. */
function planRound(random: Random, most: number): readonly Sitting[] {
  const drawn = () =>
    most < MANNER_NAMES.length ? shuffled(random, MANNER_NAMES).slice(0, most) : MANNER_NAMES;
  return SUBJECT_NAMES.flatMap((subject) => {
    const known: readonly LightName[] = SUBJECTS[subject].lights;
    const lights: readonly (LightName | undefined)[] = known.length > 0 ? known : [undefined];
    return lights.map((light) => ({ subject, light, manners: [undefined, ...drawn()] }));
  });
}

function shuffled<T>(random: Random, values: readonly T[]): readonly T[] {
  return values
    .map((value) => ({ value, key: random.uniform() }))
    .sort((a, b) => a.key - b.key)
    .map(({ value }) => value);
}

/** As WebP, made smaller with the mean of the pixels it had. */
async function write({ width, height, data }: Raster, side: number, path: string): Promise<void> {
  const bytes = Uint8ClampedArray.from(data, (value) => value * 255);
  await sharp(bytes, { raw: { width, height, channels: 3 } })
    .resize(side, side, { kernel: 'lanczos2' })
    .webp({ quality: 92 })
    .toFile(path);
}
