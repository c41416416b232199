/**
 * Paints captioned scenes into a folder: `npm run scenes -- --out FOLDER [--count N] [--seed N] [--side PIXELS]`.
 *
 * FOLDER/NNNNNN.webp and FOLDER/captions.jsonl, one row a picture: {file, caption, subject, light, manner, horizon, seed}. In about
 * 5,000 pictures every subject comes in each of its lights and in every manner, FOLDER/words.json says what each is called. An
 * interrupted run goes on where it stopped.
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
  },
});
if (values.out === undefined) throw new Error('Expected `--out` with a folder for the pictures.');
await render({
  folder: values.out,
  count: Number(values.count),
  seed: Number(values.seed),
  side: Number(values.side),
});

interface Rendering {
  readonly folder: string;
  readonly count: number;
  readonly seed: number;
  readonly side: number;
}

async function render({ folder, count, seed, side }: Rendering): Promise<void> {
  mkdirSync(folder, { recursive: true });
  const list = join(folder, 'captions.jsonl');
  if (!existsSync(list)) writeFileSync(list, '');
  writeFileSync(join(folder, 'words.json'), `${JSON.stringify(WORDS, undefined, 2)}\n`);
  const done = readFileSync(list, 'utf8').split('\n').length - 1;
  const order = randomFromSeed(seed);
  let at = 0;
  while (at < count) {
    for (const { subject, light, manners } of shuffled(order, planRound())) {
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
        const caption = describe({ subject, light, manner }, random);
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
}

/** Every subject in all its lights, each of them as it was painted and in every manner. */
function planRound(): readonly Sitting[] {
  return SUBJECT_NAMES.flatMap((subject) => {
    const known: readonly LightName[] = SUBJECTS[subject].lights;
    const lights: readonly (LightName | undefined)[] = known.length > 0 ? known : [undefined];
    return lights.map((light) => ({ subject, light, manners: [undefined, ...MANNER_NAMES] }));
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
