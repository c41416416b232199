/**
 * What gives a shrunk picture back best: `npm run bench:upscaling`. Scenes as they are rendered for training are made smaller (bicubic)
 * and enlarged again, by resampling and by the embedded networks; `--sheet FILE` lays some of them side by side.
 */
import { writeFileSync } from 'node:fs';
import { Command } from 'commander';
import sharp from 'sharp';
import type { Picture } from '../src/contracts/picture.js';
import { composeSheet, type SheetEntry } from '../src/images/sheet.js';
import { randomFromSeed } from '../src/paint/random.js';
import { createRuntime } from '../src/runtime/create-runtime.js';
import { createUpscaler, LEARNED_FACTORS, type LearnedFactor } from '../src/upscaling/create-upscaler.js';
import type { LightName } from '../training/scenes/light.js';
import { MANNERS, type MannerName } from '../training/scenes/manners/manners.js';
import { paintScene } from '../training/scenes/paint-scene.js';
import type { SubjectName } from '../training/scenes/subjects.js';
import { median } from './paint/median.js';
import { psnr, ssim } from './upscaling/likeness.js';

/** Smooth ones, some with fine lines, and some in each kind of manner. */
const SCENES: readonly (readonly [SubjectName, LightName, MannerName?])[] = [
  ['mountains', 'dawn'],
  ['lighthouse', 'storm'],
  ['castle', 'night'],
  ['city', 'sunset'],
  ['forest', 'fog'],
  ['village', 'snow'],
  ['lake', 'sunset', 'oil'],
  ['meadow', 'noon', 'impressionist'],
  ['mountains', 'night', 'swirls'],
  ['city', 'night', 'woodblock'],
  ['forest', 'noon', 'watercolour'],
  ['lighthouse', 'noon', 'pencil'],
];
/** What the sheet shows of them, by how many times as large. */
const SHOWN = { 2: [1, 8], 4: [3, 2] } as const satisfies Record<LearnedFactor, readonly number[]>;

const { sheet } = new Command('bench:upscaling')
  .option('--sheet <file>', 'where to lay some side by side, as WebP')
  .parse()
  .opts<{ sheet?: string }>();
const upscaler = createUpscaler(createRuntime({ provider: 'cpu', threads: 1 }));
const entries: SheetEntry[] = [];
process.stdout.write(
  '| times | what enlarges | PSNR | SSIM | nearer in |\n| ---: | --- | ---: | ---: | ---: |\n',
);
for (const factor of LEARNED_FACTORS) {
  const rows: { readonly psnr: readonly number[]; readonly ssim: readonly number[] }[] = [];
  for (const [index, [subject, light, manner]] of SCENES.entries()) {
    const { raster } = paintScene({ subject, light, seed: 1 });
    const { width, height, data } = manner ? MANNERS[manner].paint(raster, randomFromSeed(1)) : raster;
    const scene = {
      width,
      height,
      pixels: Uint8Array.from(data, (value) => Math.round(255 * clamped(value))),
    };
    const small = await resized(scene, width / factor, 'cubic');
    const both = [await resized(small, width, 'lanczos3'), await upscaler.enlarge(small, factor)] as const;
    rows.push({ psnr: both.map((one) => psnr(scene, one)), ssim: both.map((one) => ssim(scene, one)) });
    if (!SHOWN[factor].some((shown) => shown === index)) continue;
    const name = [subject, light, ...(manner ? [manner] : [])].join(', ');
    entries.push(
      ...[
        { picture: both[0], caption: `${factor} times, resampled` },
        { picture: both[1], caption: `${factor} times, by the network` },
        { picture: scene, caption: name },
      ],
    );
  }
  for (const [at, name] of ['Lanczos', 'the network'].entries()) {
    const of = (pick: 'psnr' | 'ssim') => rows.map((row) => row[pick][at] ?? Number.NaN);
    const nearer = rows.filter(({ ssim: values }) => values[at] === Math.max(...values)).length;
    const cells = [factor, name, `${median(of('psnr')).toFixed(2)} dB`, median(of('ssim')).toFixed(4)];
    process.stdout.write(`| ${[...cells, `${nearer} of ${rows.length}`].join(' | ')} |\n`);
  }
}
await upscaler.release();
if (sheet !== undefined) {
  writeFileSync(sheet, (await composeSheet(entries, { columns: 3, cell: 240, format: 'webp' })).bytes);
}

function clamped(value: number): number {
  return Math.min(1, Math.max(0, value));
}

async function resized(
  { width, height, pixels }: Picture,
  side: number,
  kernel: 'cubic' | 'lanczos3',
): Promise<Picture> {
  const { data, info } = await sharp(pixels, { raw: { width, height, channels: 3 } })
    .resize(side, side, { kernel, fit: 'fill' })
    .raw()
    .toBuffer({ resolveWithObject: true });
  return { width: info.width, height: info.height, pixels: data };
}
