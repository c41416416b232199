import { appendFileSync, existsSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import sharp from 'sharp';
import type { MeasuredEvent, StepEvent, TrainStage } from '../../contracts/train-event.js';
import { drawCurves } from './curves.js';

type Entry = StepEvent | MeasuredEvent;

export interface ReportOptions {
  readonly folder: string;
  readonly name: TrainStage;
  /** The step the run goes on from; what an earlier run logged after it is dropped. */
  readonly from: number;
  readonly steps: number;
}

/** What a run leaves to look at: `log.jsonl`, `curves.png`, `sheet.png`, and `index.html`, which shows both and reloads itself. */
export interface Report {
  add(entry: Entry): void;
  draw(sheet: Uint8Array | undefined): Promise<void>;
}

export function openReport({ folder, name, from, steps }: ReportOptions): Report {
  const log = join(folder, 'log.jsonl');
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
      if (sheet) writeFileSync(join(folder, 'sheet.png'), sheet);
      writeFileSync(join(folder, 'index.html'), pageOf(name, entries.at(-1)?.step ?? 0, steps));
    },
  };
}

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

function pageOf(name: string, step: number, steps: number): string {
  return `<!doctype html>
<html lang="en"><meta charset="utf-8"><meta http-equiv="refresh" content="20">
<title>${name}: step ${step} of ${steps}</title>
<style>body{font:16px sans-serif;margin:2rem auto;max-width:960px;padding:0 1rem}img{max-width:100%;image-rendering:pixelated}</style>
<h1>${name}: step ${step} of ${steps}</h1>
<p><img src="curves.png?${step}" alt="The losses and measures of every step so far"></p>
<p><img src="sheet.png?${step}" alt="Pictures that were not learnt from, and what the model makes of them"></p>
</html>
`;
}
