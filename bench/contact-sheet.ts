/** Paints prompts with default settings and lays the pictures on one sheet: `npm run sheet -- --out docs/pocket-sheet.png`. */
import { writeFileSync } from 'node:fs';
import { Command } from 'commander';
import { composeRequest } from '../src/cli/compose-request.js';
import { wholeNumber } from '../src/cli/option-values.js';
import { parsePrompts } from '../src/contracts/prompt-syntax.js';
import { composeSheet, type SheetEntry } from '../src/images/sheet.js';
import { createPainter } from '../src/paint/painter.js';
import { createRuntime } from '../src/runtime/create-runtime.js';
import { loadModel } from '../src/zoo/load-model.js';

/** Single things, things on a colour, scenes, compositions, colours and counts; none was chosen for how it came out. */
const PROMPTS = [
  ...['a red apple', 'a cat', 'a penguin', 'a pizza', 'a sunflower'],
  ...['a castle', 'a sailboat', 'a mushroom', 'a blue heart', 'a birthday cake'],
  ...['a cat wearing sunglasses', 'a rocket on a blue background', 'a banana on a purple background'],
  ...['a lighthouse in a storm', 'a house in the snow', 'a castle at night', 'a red apple next to a banana'],
  ...['a purple dragon', 'two balloons', 'a smiling face with sunglasses'],
];

const whole = wholeNumber('--seed', { min: 0, max: 0xffff_ffff });
const { out, folder, seed, columns, prompts } = new Command('sheet')
  .requiredOption('--out <file>', 'the sheet, a PNG')
  .option('--folder <path>', 'the folder of a model; the embedded pocket model when absent')
  .option('--seed <n>', 'of every picture', whole, 1)
  .option('--columns <n>', 'pictures a row', wholeNumber('--columns', { min: 1, max: 50 }), 5)
  .option('--prompts <texts...>', 'instead of the twenty', PROMPTS)
  .parse()
  .opts<{ out: string; folder?: string; seed: number; columns: number; prompts: string[] }>();

const model = await loadModel(folder === undefined ? { name: 'pocket' } : { folder });
const painter = createPainter({ model, runtime: createRuntime({ provider: 'auto' }) });
const entries: SheetEntry[] = [];
for (const prompt of prompts) {
  const request = composeRequest({ prompts: parsePrompts(prompt), seed }, model.manifest);
  for await (const event of painter.paint({ request })) {
    if (event.type !== 'done') continue;
    entries.push({ picture: event.picture, caption: prompt });
    process.stderr.write(`${prompt}: loss ${event.loss.toFixed(3)}, ${event.seconds.toFixed(1)} s\n`);
  }
  // Rewritten after every picture: twenty take their time.
  writeFileSync(out, (await composeSheet(entries, { columns, cell: 160, format: 'png' })).bytes);
}
await painter.release();
