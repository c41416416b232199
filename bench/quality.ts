/**
 * How soon a painting is as good as the reference's after 500 steps: `npm run bench:quality`. Every picture is painted by
 * VQGAN-CLIP's first loop (`--compat crops`) and by Easel with the same network, and looked at on the same held-out cutouts.
 * Only the algorithm differs. Runs are kept in a log, so that a bench that was stopped goes on where it was.
 */
import { appendFileSync, existsSync, mkdirSync, readFileSync, writeFileSync } from 'node:fs';
import { cpus } from 'node:os';
import { dirname } from 'node:path';
import { Command } from 'commander';
import { wholeNumber } from '../src/cli/option-values.js';
import { createPainter } from '../src/paint/create-painter.js';
import { composeRequest } from '../src/requests/compose-request.js';
import type { Given } from '../src/requests/options.js';
import { createRuntime } from '../src/runtime/create-runtime.js';
import { loadModel } from '../src/zoo/load-model.js';
import { CONTENDERS, type Contender, PROMPTS, REFERENCE } from './quality/contenders.js';
import { openHeldOut } from './quality/held-out.js';
import { keptRun } from './quality/kept-run.js';
import { trace } from './quality/trace.js';
import { arrival, judge, type Run, targetOf } from './quality/verdict.js';

const count = { min: 1, max: 1000 } as const;
const options = new Command('bench:quality')
  .option('--log <file>', 'keeps every run, one a line', 'node_modules/.cache/easel/quality.jsonl')
  .option('--prompts <n>', 'how many of the ten', wholeNumber('--prompts', count), PROMPTS.length)
  .option('--seeds <n>', 'seeds a prompt', wholeNumber('--seeds', count), 3)
  .option('--threads <n>', 'of the painter', wholeNumber('--threads', count), 1)
  .option('--try <name=json...>', 'other contenders: options as a request has them', [])
  .option('--only-tried', 'none but the reference and those')
  .parse()
  .opts<{ log: string; prompts: number; seeds: number; threads: number; try: string[]; onlyTried?: true }>();

const tried = options.try.map((text): Contender => {
  const at = text.indexOf('=');
  return { name: text.slice(0, at), given: JSON.parse(text.slice(at + 1)) as Given }; // composing checks it
});
const contenders = [...(options.onlyTried ? [] : CONTENDERS), ...tried];
const model = await loadModel({ name: 'pocket' });
// A thread that waits for work must not look busy.
const runtime = createRuntime({ provider: 'cpu', threads: options.threads, spinning: false });
const painter = createPainter({ model, runtime });
const heldOut = await openHeldOut(model, runtime, model.manifest.defaults);
mkdirSync(dirname(options.log), { recursive: true });
const runs = readRuns(options.log);

for (let seed = 1; seed <= options.seeds; seed += 1) {
  for (const prompt of PROMPTS.slice(0, options.prompts)) {
    const target = targetOf(await runOf(REFERENCE, { prompt, seed }));
    for (const contender of contenders) {
      const run = await runOf(contender, { prompt, seed, target });
      const { step } = arrival(run, target) ?? {};
      process.stderr.write(
        `${prompt}, seed ${seed}, ${contender.name}: ${target.toFixed(3)} after ${step ?? 'more than its'} steps\n`,
      );
    }
  }
}
await painter.release();
await heldOut.release();
report();

async function runOf(
  { name, given }: Contender,
  { prompt, seed, target = Number.NEGATIVE_INFINITY }: { prompt: string; seed: number; target?: number },
): Promise<Run> {
  const isThis = (run: Run) => run.contender === name && run.prompt === prompt && run.seed === seed;
  const known = runs.find(isThis);
  if (known) return known;
  const request = composeRequest({ prompts: [{ text: prompt, weight: 1 }], seed, ...given }, model.manifest);
  const points = await trace({
    ...{ painter, request, loss: await heldOut.lossFor(request) },
    isEnough: ({ loss }) => loss <= target,
    ...keptRun(`${options.log}.begun`, { contender: name, prompt, seed }),
  });
  const run = { contender: name, prompt, seed, points };
  appendFileSync(options.log, `${JSON.stringify(run)}\n`);
  runs.push(run);
  return run;
}

/** The runs of a log; a last line that was cut off is taken away. */
function readRuns(file: string): Run[] {
  if (!existsSync(file)) return [];
  const log = readFileSync(file, 'utf8');
  const whole = log.slice(0, log.lastIndexOf('\n') + 1);
  if (whole !== log) writeFileSync(file, whole);
  const lines = whole.split('\n').filter((line) => line !== '');
  return lines.map((line) => JSON.parse(line) as Run); // our own lines
}

function report(): void {
  const references = runs.filter(({ contender }) => contender === REFERENCE.name);
  const line = (cells: readonly (string | number)[]) => `| ${cells.join(' | ')} |\n`;
  const finite = (value: number, digits: number) => (Number.isFinite(value) ? value.toFixed(digits) : '–');
  const percent = (share: number) => (Number.isFinite(share) ? `${(100 * share).toFixed(1)} %` : '–');
  process.stdout.write(
    `${cpus()[0]?.model.trim()}, ${options.threads} thread(s), processor time, medians.\n\n`,
  );
  process.stdout.write(
    line(['who', 'arrived', 'steps', 'seconds', "share of the reference's", 'worst']) +
      line(['---', '---:', '---:', '---:', '---:', '---:']),
  );
  for (const { name } of [REFERENCE, ...contenders]) {
    const own = runs.filter(({ contender }) => contender === name);
    const verdict = judge(own, references);
    process.stdout.write(
      line([
        ...[
          name,
          `${verdict.arrived} of ${verdict.runs}`,
          finite(verdict.steps, 0),
          finite(verdict.seconds, 1),
        ],
        ...[percent(verdict.share), percent(verdict.worstShare)],
      ]),
    );
  }
}
