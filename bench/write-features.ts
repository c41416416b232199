/**
 * Makes the pictures of docs/features.md by running the commands that stand on it: `npm run docs:features`. What a command made
 * is kept, so that a run that was stopped goes on; figures that are there are placed on the page, and only commands that were changed (and those behind them that should see it:
 * `--again`) are run another time.
 */
import { copyFileSync, existsSync, mkdirSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { Command } from 'commander';
import sharp from 'sharp';
import { run } from '../src/cli/run.js';
import { packageRoot } from '../src/package-root.js';
import { STYLES } from '../src/requests/styles.js';
import { sha256 } from '../src/zoo/sha256.js';
import { commandsOn } from './features/commands-on.js';
import { drawFigure } from './features/draw-figure.js';
import { FIGURES, filesOf } from './features/figures.js';
import { placeFigures } from './features/place-figures.js';

const { again, drawOnly, folder, page, threads } = new Command('docs:features')
  .option('--again <words>', 'run commands that hold these words another time')
  .option('--draw-only', 'run nothing, draw what can be drawn of what is there')
  .option('--folder <path>', 'where they run', join(packageRoot(), 'node_modules/.cache/easel/features'))
  .option('--page <file>', 'whose commands are run', join(packageRoot(), 'docs', 'features.md'))
  .option('--threads <n>', 'of every painting; one where the machine has other work')
  .parse()
  .opts<{ again?: string; drawOnly?: true; folder: string; page: string; threads?: string }>();

const target = join(packageRoot(), 'docs', 'features');
const fileOf = (name: string) => join(target, `${name}.webp`);
mkdirSync(target, { recursive: true });
mkdirSync(folder, { recursive: true });
const text = readFileSync(page, 'utf8');
const commands = commandsOn(text);
process.chdir(folder);
await writeGiven();
for (const args of drawOnly ? [] : commands) await runOnce(args);
for (const [name, figure] of Object.entries(FIGURES)) {
  if (drawOnly && !filesOf(figure).every((file) => existsSync(file))) {
    process.stderr.write(`${name}: not all of its pictures are there\n`);
  } else writeFileSync(fileOf(name), await drawFigure(figure, folder));
}
copyFileSync(fileOf('styles'), join(packageRoot(), 'models', 'styles.webp')); // what `/styles` shows
writeFileSync(
  page,
  placeFigures(text, (name) => existsSync(fileOf(name))),
);

/** The files that the page's commands take from their reader. */
async function writeGiven(): Promise<void> {
  writeFileSync('prompts.txt', 'a sunflower\nan octopus\n');
  const styled = Object.keys(STYLES).map((style) => `a castle by a lake --style ${style}\n`);
  writeFileSync('styles.txt', styled.join(''));
  // The upper right, above the castle.
  const raw = { width: 128, height: 128, channels: 3 } as const;
  const isSky = (at: number) => at % 128 >= 68 && at < 128 * 56;
  const sky = Uint8Array.from({ length: 3 * 128 * 128 }, (_, at) => (isSky(Math.floor(at / 3)) ? 255 : 0));
  await sharp(sky, { raw }).png().toFile('sky.png');
}

async function runOnce(args: readonly string[]): Promise<void> {
  const line = args.join(' ');
  const mark = `${sha256(Buffer.from(line))}.done`;
  if (existsSync(mark) && (again === undefined || !line.includes(again))) return;
  process.stderr.write(`easel ${line}\n`);
  const code = await run([...args, ...(threads === undefined ? [] : ['--threads', threads])], {
    out: () => undefined,
    err: (text) => process.stderr.write(text),
    isTerminal: false,
    columns: () => 80,
    interrupted: new AbortController().signal,
    dataDir: folder,
    cacheDir: join(folder, 'cache'),
  });
  if (code !== 0) throw new Error(`easel ${line} ended with ${code}.`);
  writeFileSync(mark, line);
}
