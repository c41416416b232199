import { existsSync } from 'node:fs';
import { float32 } from 'onnx-gradients/graph';
import { openSafetensors } from '../checkpoints/safetensors/read-safetensors.js';
import { writeSafetensors } from '../checkpoints/safetensors/write-safetensors.js';
import { UserError } from '../errors.js';

/** Everything that a run changes, by name: arrays equal, runs equal. */
export type State = Readonly<Record<string, Float32Array>>;

/** What a run was asked, as far as going on depends on it. */
export type Settings = Readonly<Record<string, unknown>>;

export interface CheckpointPlace {
  readonly path: string;
  readonly settings: Settings;
}

/** Writes the state after a step, whole or not at all. @throws UserError when there is no room for it. */
export async function writeCheckpoint(
  { path, settings }: CheckpointPlace,
  state: State,
  step: number,
): Promise<void> {
  const tensors = new Map(
    Object.entries(state).map(([name, values]) => {
      const tensor = float32([values.length], values);
      return [name, { ...tensor, read: () => tensor }] as const;
    }),
  );
  await writeSafetensors({
    path,
    tensors,
    metadata: { step: String(step), settings: JSON.stringify(settings) },
  });
}

/**
 * Fills the state from a checkpoint and returns its step; 0 when there is none.
 *
 * @throws UserError when it is damaged or of a run that was asked something else.
 */
export function readCheckpoint({ path, settings }: CheckpointPlace, state: State): number {
  if (!existsSync(path)) return 0;
  const { tensors, metadata, close } = openSafetensors(path);
  try {
    const other = differenceOf(metadata.settings, settings);
    if (other !== undefined) {
      throw new UserError(
        `${path} belongs to a run with ${other}; ask for the same again, or begin anew with \`--fresh\`.`,
      );
    }
    for (const [name, values] of Object.entries(state)) {
      const stored = tensors.get(name);
      if (stored?.elementType !== 'float32' || stored.shape[0] !== values.length) {
        throw new UserError(
          `${path} has no ${name} of ${values.length} numbers; begin anew with \`--fresh\`.`,
        );
      }
      values.set(stored.read().data as Float32Array); // its element type was just asked
    }
    return Number(metadata.step);
  } finally {
    close();
  }
}

/** The first setting that is not as it was, as people would say it. */
function differenceOf(stored: string | undefined, settings: Settings): string | undefined {
  const before = JSON.parse(stored ?? '{}') as Settings; // ours, and compared only
  for (const name of Object.keys({ ...before, ...settings })) {
    const [was, now] = [before[name], settings[name]].map((each) => JSON.stringify(each ?? null));
    if (was !== now) return `${name} ${was} instead of ${now}`;
  }
  return undefined;
}
