/**
 * Paints prompts with default settings and lays the pictures on one sheet: `npm run sheet -- --out docs/pocket-sheet.png`. With `--keep`
 * an interrupted run goes on where it was. What
 * `/styles` shows: `npm run sheet -- --styles --prompts 'a castle on a hill' --columns 6 --out models/styles.webp`.
 */
import { writeFileSync } from 'node:fs';
import { Command } from 'commander';
import { wholeNumber } from '../src/cli/option-values.js';
import { composeSheet, type SheetEntry } from '../src/images/sheet.js';
import { createPainter } from '../src/paint/create-painter.js';
import { STYLES } from '../src/requests/styles.js';
import { createRuntime } from '../src/runtime/create-runtime.js';
import { loadModel } from '../src/zoo/load-model.js';
import { paintPrompt } from './judge/contestants.js';
import { keptOrPainted } from './judge/kept-paintings.js';

/** Places in their lights and manners, moods, things before places, and a row of things alone; none chosen by result. */
const PROMPTS = [
  ...['mountains at sunrise', 'a lake at sunset, monet', 'a cyberpunk street', 'a forest in the fog'],
  ...['starry night by van gogh', 'the great wave', 'a city skyline at night', 'a castle in the clouds'],
  ...['loneliness', 'happiness', 'a dream', 'peace', 'anger', 'hope', 'melancholy', 'an enchanted forest'],
  ...['a village in the snow', 'sand dunes at dusk', 'an underwater city', 'a planet with rings'],
  ...['a canyon at sunset', 'a lighthouse in a storm', 'northern lights over a lake', 'autumn'],
  ...[
    'a castle on a hill, stained glass',
    'a meadow of flowers, pointillism',
    'the sea in a storm by turner',
  ],
  ...['mountains at noon, low poly', 'a beach at sunset, vaporwave', 'a bridge in the mist, ink wash'],
  ...['a wheat field, van gogh', 'a vase of flowers, oil on canvas', 'a still life with fruit, picasso'],
  ...['a waterfall in the jungle, watercolor', 'a village, woodblock print', 'a road at dawn, pastels'],
  ...['a fox in a snowy forest, watercolor', 'a robot in a garden, impressionist', 'a sailboat on a lake'],
  ...['a dragon flying over a volcano', "a wizard's castle at dusk", 'a cat in space'],
  ...['a red apple', 'a cat wearing sunglasses', 'a rocket on a blue background', 'a sunflower'],
  ...['a house in the snow', 'trending on artstation'],
];

const whole = wholeNumber('--seed', { min: 0, max: 0xffff_ffff });
const { out, folder, seed, steps, columns, prompts, keep, threads, styles } = new Command('sheet')
  .requiredOption('--out <file>', 'the sheet, a PNG or WebP')
  .option('--folder <path>', 'the folder of a model; the embedded pocket model when absent')
  .option('--seed <n>', 'of every picture', whole, 1)
  .option(
    '--steps <n>',
    "of guidance; the model's own when absent, 1 shows what the prior begins with",
    wholeNumber('--steps', { min: 1, max: 2000 }),
  )
  .option('--columns <n>', 'pictures a row', wholeNumber('--columns', { min: 1, max: 50 }), 8)
  .option('--prompts <texts...>', 'instead of the forty-eight', PROMPTS)
  .option('--keep <folder>', 'where every painting is kept, and taken from when it is there already')
  .option('--threads <n>', 'of every network', wholeNumber('--threads', { min: 1, max: 256 }))
  .option('--styles', 'each prompt in every style, under its title', false)
  .parse()
  .opts<{
    out: string;
    folder?: string;
    seed: number;
    steps?: number;
    columns: number;
    prompts: string[];
    keep?: string;
    threads?: number;
    styles: boolean;
  }>();

const manners = styles
  ? Object.entries(STYLES).map(([style, { title }]) => ({ style, title }))
  : [{ style: undefined, title: undefined }];
const wishes = prompts.flatMap((prompt) =>
  manners.map(({ style, title }) => ({ prompt, style, caption: title ?? prompt })),
);
const format = out.endsWith('.webp') ? 'webp' : 'png';

const model = await loadModel(folder === undefined ? { name: 'pocket' } : { folder });
const runtime = createRuntime({ provider: 'auto', ...(threads === undefined ? {} : { threads }) });
const painter = createPainter({ model, runtime });
const entries: SheetEntry[] = [];
for (const { prompt, style, caption } of wishes) {
  const manner = { style, seed, steps };
  const paint = () => paintPrompt(prompt, { painter, model, manner });
  const { end } = await (keep === undefined
    ? paint()
    : keptOrPainted(prompt, { folder: keep, model, manner, paint }));
  entries.push({ picture: end, caption });
  process.stderr.write(`${caption}\n`);
  // Rewritten after every picture: forty-eight take their time.
  writeFileSync(out, (await composeSheet(entries, { columns, cell: 128, format })).bytes);
}
await painter.release();
