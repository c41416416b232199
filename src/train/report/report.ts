import { appendFileSync, existsSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import sharp from 'sharp';
import type { MeasuredEvent, StepEvent, TrainStage } from '../../contracts/train-event.js';
import { makeFolder } from '../../make-folder.js';
import { drawCurves } from './curves.js';

type Entry = StepEvent | MeasuredEvent;

export interface ReportOptions {
  readonly folder: string;
  readonly name: TrainStage;
  /** The step the run goes on from; what an earlier run logged after it is dropped. */
  readonly from: number;
  readonly steps: number;
}

/**
 * What a run leaves to look at: `log.jsonl`, `curves.png`, `sheet.png` with those before it in `sheets/`, and `index.html`,
 * which shows them all and reloads itself.
 */
export interface Report {
  add(entry: Entry): void;
  draw(sheet: Uint8Array | undefined): Promise<void>;
}

export function openReport({ folder, name, from, steps }: ReportOptions): Report {
  const log = join(folder, 'log.jsonl');
  const sheets = join(folder, 'sheets');
  makeFolder(sheets);
  for (const step of stepsIn(sheets)) if (step > from) rmSync(join(sheets, `${step}.png`));
  const entries = existsSync(log) ? readEntries(log).filter(({ step }) => step <= from) : [];
  writeFileSync(log, entries.map(lineOf).join(''));
  return {
    add: (entry) => {
      entries.push(entry);
      appendFileSync(log, lineOf(entry));
    },
    draw: async (sheet) => {
      const curves = await sharp(Buffer.from(drawCurves(entries)))
        .png()
        .toBuffer();
      writeFileSync(join(folder, 'curves.png'), curves);
      const step = entries.at(-1)?.step ?? 0;
      if (sheet) {
        writeFileSync(join(folder, 'sheet.png'), sheet);
        writeFileSync(join(sheets, `${step}.png`), sheet);
      }
      const before = stepsIn(sheets).filter((each) => each < step);
      writeFileSync(join(folder, 'index.html'), pageOf({ name, step, steps, before }));
    },
  };
}

/** The steps whose sheets are kept, the latest first. */
const stepsIn = (sheets: string): readonly number[] =>
  readdirSync(sheets)
    .flatMap((file) => /^(\d+)\.png$/.exec(file)?.[1] ?? [])
    .map(Number)
    .sort((one, another) => another - one);

const lineOf = (entry: Entry): string => `${JSON.stringify(entry)}\n`;

/** The lines that are whole; a run that was cut off may have left half a line. */
function readEntries(path: string): Entry[] {
  return readFileSync(path, 'utf8')
    .split('\n')
    .flatMap((line) => {
      try {
        return [JSON.parse(line) as Entry]; // our own lines
      } catch {
        return [];
      }
    });
}

interface Page {
  readonly name: string;
  readonly step: number;
  readonly steps: number;
  /** Steps with a sheet before this one, the latest first. */
  readonly before: readonly number[];
}

function pageOf({ name, step, steps, before }: Page): string {
  const earlier = before.map(
    (each) =>
      `<h2>step ${each}</h2>\n<p><img src="sheets/${each}.png" loading="lazy" alt="The same at step ${each}"></p>`,
  );
  return `<!doctype html>
<html lang="en"><meta charset="utf-8"><meta http-equiv="refresh" content="20">
<title>${name}: step ${step} of ${steps}</title>
<style>body{font:16px sans-serif;margin:2rem auto;max-width:960px;padding:0 1rem}img{max-width:100%;image-rendering:pixelated}</style>
<h1>${name}: step ${step} of ${steps}</h1>
<p><img src="curves.png?${step}" alt="The losses and measures of every step so far"></p>
<p><img src="sheet.png?${step}" alt="Pictures that were not learnt from, and what the model makes of them"></p>
${earlier.join('\n')}
</html>
`;
}
