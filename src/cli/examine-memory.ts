import { guidesOf } from '../paint/prompts/guides-of.js';
import { planMemory } from '../paint/step/plan-memory.js';
import type { Guide } from '../requests/guides.js';
import type { Size } from '../requests/kinds.js';
import type { Finding } from './finding.js';
import { gridFor, type ModelOptions, openModel } from './model-options.js';
import type { Shell } from './shell.js';

export interface MemoryOptions extends ModelOptions {
  readonly size?: Size;
  readonly cutouts?: number;
  readonly chunk?: number;
  readonly clips?: Guide[];
}

/** Whether somebody asked what a painting takes. */
export function asksForMemory({ size, cutouts, chunk, clips }: MemoryOptions): boolean {
  return [size, cutouts, chunk, clips].some((value) => value !== undefined);
}

/** What painting on the processor takes at a size, planned from its graphs, beside what is free. */
export async function examineMemory(options: MemoryOptions, shell: Shell): Promise<readonly Finding[]> {
  const { model, runtime } = await openModel({ ...options, provider: 'cpu' }, shell);
  const { manifest } = model;
  const { size = manifest.defaults, cutouts = manifest.defaults.cutouts, chunk = cutouts } = options;
  const guides = guidesOf({ clips: options.clips }, manifest);
  const clips = guides.map(({ index }) => index);
  const { step, towers, total } = await planMemory(model, {
    ...gridFor(model, size),
    ...{ cutouts, chunk, clips },
  });
  const free = runtime.availableMemory() ?? 0;
  const fine = (name: string, is: string): Finding => ({ name, is, good: true });
  const names = guides.map(({ index }) => manifest.clips[index]?.name ?? 'its CLIP').join(' and ');
  return [
    fine('painting', `${size.width} × ${size.height}, ${cutouts} cutouts, ${chunk} at a time, ${names}`),
    fine('weights', gigabytes(step.weights + towers.weights)),
    fine('values', gigabytes(step.values + towers.values)),
    {
      name: 'memory',
      is: `${gigabytes(total)} in all, ${gigabytes(free)} free`,
      good: total <= free,
    },
  ];
}

function gigabytes(bytes: number): string {
  return `${(bytes / 1e9).toFixed(2)} GB`;
}
