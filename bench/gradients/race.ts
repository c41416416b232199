import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { median } from '../paint/median.js';
import { gradientParts, stepParts } from './build.js';
import { type Case, isCompared } from './cases.js';
import {
  arithmeticFloor,
  type Contestant,
  type GraphWork,
  type Layout,
  type Measurement,
  onnxRuntime,
  type PyTorchOptions,
  pyTorch,
} from './contestant.js';
import { writtenGraphs, writtenProducts } from './graph-work.js';

export interface RaceOptions {
  readonly threads: number;
  /** Rounds are run until this time is over, but at least three and at most `rounds`. */
  readonly secondsPerCase: number;
  readonly rounds: number;
  readonly clock: Clock;
  /** The interpreter that has torch; without one PyTorch does not run. */
  readonly python?: string | undefined;
  /** PyTorch's faster layout where an earlier line has found it; both are tried otherwise. */
  readonly layout?: Layout | undefined;
}

/** Wall-clock time; or CPU time, for a machine that is not ours alone. */
export type Clock = 'wall' | 'cpu';

/** One line's results. Times are medians in milliseconds. */
export interface Line {
  readonly title: string;
  readonly network: Case['network'];
  readonly ours: Side;
  /** Every convolution and matrix product of the graphs by itself, summed. */
  readonly floorMs: number;
  /** The floor's part of our time, the median of the rounds' own: the machine's rate drifts from round to round. */
  readonly share: number;
  readonly gigaMacs: number;
  readonly torch?: Side | undefined;
  readonly layout?: Layout | undefined;
}

export interface Side {
  readonly label: string;
  readonly ms: number;
  readonly peakBytes: number;
}

/** Runs one case: the contestants take turns, so that a slow minute of the machine slows all of them. */
export async function race(entry: Case, options: RaceOptions): Promise<Line> {
  const folder = mkdtempSync(join(tmpdir(), 'easel-bench-'));
  const open: Contestant[] = [];
  const opened = async (contestant: Promise<Contestant>) => {
    const ready = await contestant;
    open.push(ready);
    return ready;
  };
  try {
    const { work, floor, gigaMacs } = prepare(entry, folder, options);
    const ours = await opened(onnxRuntime(work));
    const lone = await opened(arithmeticFloor(floor));
    const contestants = [ours, lone];
    await ours.measure();
    let layout: Layout | undefined;
    if (options.python !== undefined && isCompared(entry)) {
      const settings = { python: options.python, threads: options.threads, work: entry };
      layout = options.layout ?? (await fasterLayout(settings));
      const torch = await opened(pyTorch({ ...settings, layout }));
      await torch.measure();
      contestants.push(torch);
    }
    const [ourRuns, floorRuns, torchRuns] = await alternate(contestants, options);
    const timeOf = ({ ms, cpuMs }: Measurement) => (options.clock === 'wall' ? ms : cpuMs);
    const side = (contestant: Contestant | undefined, runs: readonly Measurement[] | undefined) =>
      contestant &&
      runs && {
        label: contestant.label,
        ms: median(runs.map(timeOf)),
        peakBytes: Math.max(...runs.map(({ peakBytes }) => peakBytes)),
      };
    const own = side(ours, ourRuns);
    if (!own || !ourRuns || !floorRuns) throw new Error('Both of our sessions were measured.');
    const floors = floorRuns.map(timeOf);
    return {
      title: entry.title,
      network: entry.network,
      ours: own,
      floorMs: median(floors),
      share: median(ourRuns.map((run, round) => (floors[round] ?? 0) / timeOf(run))),
      gigaMacs,
      torch: side(contestants[2], torchRuns),
      layout,
    };
  } finally {
    for (const contestant of open) await contestant.close();
    rmSync(folder, { recursive: true, force: true });
  }
}

/** Writes the case's graphs, and a graph for each of their products. */
function prepare(entry: Case, folder: string, { threads, clock }: RaceOptions) {
  const parts = entry.network === 'step' ? stepParts(entry) : gradientParts(entry);
  const { graphs: lone, gigaMacs } = writtenProducts(parts, folder);
  const common = { threads, spinning: clock === 'wall' };
  return {
    work: { ...common, graphs: writtenGraphs(parts, folder, 'part') } satisfies GraphWork,
    floor: { ...common, graphs: lone } satisfies GraphWork,
    gigaMacs,
  };
}

/** PyTorch's memory layout whose second run was faster, each tried in a process of its own. */
async function fasterLayout(settings: Omit<PyTorchOptions, 'layout'>): Promise<Layout> {
  const tried: { readonly layout: Layout; readonly ms: number }[] = [];
  for (const layout of ['contiguous', 'channels-last'] as const) {
    const contestant = await pyTorch({ ...settings, layout });
    try {
      await contestant.measure();
      tried.push({ layout, ms: (await contestant.measure()).ms });
    } finally {
      await contestant.close();
    }
  }
  const [best] = tried.sort((one, another) => one.ms - another.ms);
  if (!best) throw new Error('Two layouts were tried.');
  return best.layout;
}

/** Rounds that always run, unless fewer are asked for. */
const LEAST = 3;

async function alternate(
  contestants: readonly Contestant[],
  { rounds, secondsPerCase }: RaceOptions,
): Promise<readonly (readonly Measurement[])[]> {
  const runs = contestants.map((): Measurement[] => []);
  const end = performance.now() + 1000 * secondsPerCase;
  for (let round = 0; round < rounds && (round < LEAST || performance.now() < end); round += 1) {
    for (const [index, contestant] of contestants.entries()) runs[index]?.push(await contestant.measure());
  }
  return runs;
}
