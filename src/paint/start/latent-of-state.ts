import { UserError } from '../../errors.js';
import type { Grid } from '../latent/codes.js';
import { onGrid } from '../latent/painting.js';
import { decodeState } from '../latent/saved-state.js';

/**
 * The latent of a saved painting, on a grid; undefined where there is none.
 *
 * @throws UserError when the state is damaged or another model's: its latent would mean nothing.
 */
export function latentOfState(
  bytes: Uint8Array | undefined,
  { manifestHash, grid }: { readonly manifestHash: string; readonly grid: Grid },
): Float32Array | undefined {
  if (bytes === undefined) return undefined;
  const painting = decodeState(bytes);
  if (painting.manifestHash !== manifestHash) {
    throw new UserError('The saved painting to start from is one of another model.');
  }
  return onGrid(painting.latent, painting, grid);
}
