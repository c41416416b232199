import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { randomFromSeed } from '../../src/paint/random.js';
import {
  arithmeticFloor,
  type Contestant,
  forked,
  type Layout,
  type Measurement,
  pyTorch,
} from '../gradients/contestant.js';
import { writtenProducts } from '../gradients/graph-work.js';
import { median } from '../paint/median.js';
import type { TrainCase } from './cases.js';
import { prepare } from './prepare.js';

/** How PyTorch can run a step: as it is, compiled first, or in bfloat16 where that is precise enough. */
export type Mode = 'eager' | 'compile' | 'bf16';

export interface RaceOptions {
  readonly threads: number;
  readonly rounds: number;
  readonly clock: 'wall' | 'cpu';
  /** The interpreter that has torch; without one Easel runs alone. */
  readonly python?: string | undefined;
  /** PyTorch's modes beside eager. */
  readonly also: readonly Mode[];
  /** Whether the arithmetic of the step is measured by itself, too. */
  readonly floor: boolean;
}

/** Medians of one contestant's steps. */
export interface Side {
  readonly ms: number;
  readonly cpuMs: number;
  readonly peakBytes: number;
}

export interface Line {
  readonly ours: Side;
  /** PyTorch's faster layout in eager mode. */
  readonly eager?: Side | undefined;
  readonly others: Readonly<Partial<Record<Mode, Side>>>;
  /** The part of our step that its convolutions and products take by themselves. */
  readonly floorShare?: number | undefined;
}

const LAYOUTS: readonly Layout[] = ['contiguous', 'channels-last'];

/** One case: the contestants take turns, so that a slow minute of the machine slows all of them. */
export async function race(entry: TrainCase, options: RaceOptions): Promise<Line> {
  const { threads, python, clock } = options;
  const spinning = clock === 'wall';
  const open: Contestant[] = [];
  const folder = mkdtempSync(join(tmpdir(), 'easel-bench-'));
  try {
    const opened = async (contestant: Promise<Contestant>) => {
      const ready = await contestant;
      open.push(ready);
      return ready;
    };
    await opened(forked(new URL('worker.ts', import.meta.url), { ...entry, threads, spinning }));
    const modes: Mode[] = python === undefined ? [] : ['eager'];
    if (python !== undefined) {
      const script = 'training_step.py';
      const layouts = entry.network === 'transformer' ? LAYOUTS.slice(0, 1) : LAYOUTS;
      const also = entry.network === 'kernel' ? [] : options.also;
      for (const layout of layouts)
        await opened(pyTorch({ python, threads, layout, script, work: { ...entry, mode: 'eager' } }));
      for (const mode of also)
        await opened(pyTorch({ python, threads, layout: 'contiguous', script, work: { ...entry, mode } }));
      modes.splice(0, 1, ...layouts.map((): Mode => 'eager'), ...also);
    }
    const hasFloor = options.floor && entry.network !== 'kernel';
    if (hasFloor) {
      const parts = [{ model: prepare(entry, randomFromSeed(1)).model, times: 1 }];
      const { graphs } = writtenProducts(parts, folder);
      await opened(arithmeticFloor({ graphs, threads, spinning }));
    }
    const timeOf = (side: { readonly ms: number; readonly cpuMs: number }) =>
      clock === 'wall' ? side.ms : side.cpuMs;
    const [ours, ...rest] = await alternate(open, options.rounds);
    const floor = hasFloor ? rest.pop() : undefined;
    if (!ours) throw new Error('Easel was measured.');
    const ofMode = (mode: Mode) =>
      rest.filter((_, index) => modes[index] === mode).sort((a, b) => timeOf(a) - timeOf(b))[0];
    const others = Object.fromEntries(options.also.map((mode) => [mode, ofMode(mode)]));
    return { ours, eager: ofMode('eager'), others, floorShare: floor && timeOf(floor) / timeOf(ours) };
  } finally {
    for (const contestant of open) await contestant.close();
    rmSync(folder, { recursive: true, force: true });
  }
}

async function alternate(contestants: readonly Contestant[], rounds: number): Promise<Side[]> {
  const runs = contestants.map((): Measurement[] => []);
  for (const contestant of contestants) await contestant.measure(); // the first step makes what later ones use
  for (let round = 0; round < rounds; round += 1) {
    for (const [index, contestant] of contestants.entries()) runs[index]?.push(await contestant.measure());
  }
  return runs.map((measured) => ({
    ms: median(measured.map(({ ms }) => ms)),
    cpuMs: median(measured.map(({ cpuMs }) => cpuMs)),
    peakBytes: Math.max(...measured.map(({ peakBytes }) => peakBytes)),
  }));
}
