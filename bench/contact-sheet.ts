/** Paints prompts with default settings and lays the pictures on one sheet: `npm run sheet -- --out docs/pocket-sheet.png`. */
import { writeFileSync } from 'node:fs';
import { Command } from 'commander';
import { composeRequest } from '../src/requests/compose-request.js';
import { wholeNumber } from '../src/cli/option-values.js';
import { parsePrompts } from '../src/requests/prompt-syntax.js';
import { composeSheet, type SheetEntry } from '../src/images/sheet.js';
import { createPainter } from '../src/paint/create-painter.js';
import { createRuntime } from '../src/runtime/create-runtime.js';
import { loadModel } from '../src/zoo/load-model.js';

/** Single things, colours, backgrounds, counts, pairs, things worn, scenes, words it has no drawing for; none chosen by result. */
const PROMPTS = [
  ...['a red apple', 'a cat', 'a penguin', 'a pizza', 'a sunflower', 'a castle', 'a sailboat', 'a mushroom'],
  ...[
    'a blue heart',
    'a birthday cake',
    'a bicycle',
    'an octopus',
    'a guitar',
    'a lighthouse',
    'a teapot',
    'a puppy',
  ],
  ...[
    'a cat wearing sunglasses',
    'a dog wearing a top hat',
    'a fox wearing a crown',
    'a robot wearing glasses',
  ],
  ...['a rocket on a blue background', 'a banana on a purple background', 'a rose on a black background'],
  ...[
    'a snail on a yellow background',
    'a lighthouse in a storm',
    'a house in the snow',
    'a castle at night',
  ],
  ...[
    'a camel in the desert',
    'a rocket in space',
    'a sailboat by the sea',
    'a bear in the rain',
    'a cow under the sun',
  ],
  ...[
    'a purple dragon',
    'a green skull',
    'a golden key',
    'a pink elephant',
    'two balloons',
    'three strawberries',
  ],
  ...['four dice', 'a red apple next to a banana', 'a bird above a house', 'a mouse below a piece of cheese'],
  ...[
    'a knight and a dragon',
    'a smiling face with sunglasses',
    'an airplane, 3d style',
    'a frog, fluent style',
  ],
  ...['a haunted forest under a green moon', 'the sound of summer'],
];

const whole = wholeNumber('--seed', { min: 0, max: 0xffff_ffff });
const { out, folder, seed, columns, prompts } = new Command('sheet')
  .requiredOption('--out <file>', 'the sheet, a PNG')
  .option('--folder <path>', 'the folder of a model; the embedded pocket model when absent')
  .option('--seed <n>', 'of every picture', whole, 1)
  .option('--columns <n>', 'pictures a row', wholeNumber('--columns', { min: 1, max: 50 }), 8)
  .option('--prompts <texts...>', 'instead of the forty-eight', PROMPTS)
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
  // Rewritten after every picture: forty-eight take their time.
  writeFileSync(out, (await composeSheet(entries, { columns, cell: 128, format: 'png' })).bytes);
}
await painter.release();
