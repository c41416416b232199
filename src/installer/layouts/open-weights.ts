import { elementCount, type Shape } from 'onnx-gradients/graph';
import type { Checkpoint, StoredTensor } from '../../checkpoints/checkpoint.js';
import { openCheckpoint } from '../../checkpoints/open-checkpoint.js';
import { UserError } from '../../errors.js';
import { findLayout } from './find-layout.js';
import type { Layout } from './layout.js';
import { prepareTensor } from './prepare-tensor.js';

/** The weights of a model, under the names that emitters ask for, whatever the file calls them. */
export interface Weights {
  /** What the file is and how it names its tensors, for people. */
  readonly description: string;
  /** How it names them. */
  readonly layout: Layout;
  /** The shape of a tensor; undefined when there is none. */
  shapeOf(name: string): Shape | undefined;
  /**
   * The tensors of these names and shapes, not yet read. Axes of length 1 may be missing or too many: a matrix is a kernel of 1 × 1.
   *
   * @throws UserError naming the first that is missing, or both shapes where they differ.
   */
  collect(wanted: ReadonlyMap<string, Shape>): ReadonlyMap<string, StoredTensor>;
  close(): void;
}

/**
 * Opens a file that holds a VQGAN or a CLIP.
 *
 * @throws UserError when it is no file of weights, or of another model.
 */
export async function openWeights(path: string, holds: Layout['holds']): Promise<Weights> {
  const checkpoint = await openCheckpoint(path);
  try {
    return weightsOf(checkpoint, holds, path);
  } catch (error) {
    checkpoint.close();
    throw error;
  }
}

/** As `openWeights`, of a checkpoint that is open already. */
export function weightsOf(checkpoint: Checkpoint, holds: Layout['holds'], path: string): Weights {
  const { layout, prefix } = findLayout(checkpoint, holds, path);
  const lookup = (name: string) => checkpoint.tensors.get(prefix + name);
  const find = (name: string) =>
    prepareTensor(
      layout.find(name, (each) => lookup(each) !== undefined),
      lookup,
    );
  const missing = (wanted: string, name: string): UserError => {
    const reason = checkpoint.unreadable.get(prefix + name);
    const other = wanted === name ? '' : ` (for \`${wanted}\`)`;
    return new UserError(
      reason === undefined
        ? `Expected \`${prefix}${name}\`${other} in ${path}, but it is not there; is the configuration of another model?`
        : `\`${prefix}${name}\`${other} in ${path} cannot be read: ${reason}.`,
    );
  };
  const collectOne = (name: string, shape: Shape): StoredTensor => {
    const found = find(name);
    if (typeof found === 'string') throw missing(name, found);
    if (squeezed(found.shape) !== squeezed(shape)) {
      throw new UserError(
        `Expected \`${name}\` to have shape [${shape.join(', ')}] as the configuration says, got [${found.shape.join(', ')}] in ${path}.`,
      );
    }
    return { elementType: found.elementType, shape, read: () => ({ ...found.read(), shape }) };
  };
  return {
    layout,
    description: `${checkpoint.format}, named as in ${layout.name}${prefix === '' ? '' : `, under \`${prefix}\``}`,
    shapeOf: (name) => {
      const found = find(name);
      return typeof found === 'string' ? undefined : found.shape;
    },
    collect: (wanted) => new Map([...wanted].map(([name, shape]) => [name, collectOne(name, shape)])),
    close: () => checkpoint.close(),
  };
}

/** A shape less its axes of length 1; that of a single number is its count. */
function squeezed(shape: Shape): string {
  return shape.filter((side) => side !== 1).join() || String(elementCount(shape));
}
