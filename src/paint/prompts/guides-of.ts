import type { Manifest } from '../../contracts/manifest.js';
import type { PaintRequest } from '../../requests/paint-request.js';

/** A CLIP that guides a request. */
export interface GuidingClip {
  /** Its place in the manifest. */
  readonly index: number;
  readonly weight: number;
}

/** The CLIPs that a request names, or those that guide by default, in the manifest's order. */
export function guidesOf(
  { clips: named }: { readonly clips?: PaintRequest['clips'] },
  { clips }: Manifest,
): readonly GuidingClip[] {
  return clips.flatMap(({ name, weight, byDefault }, index) => {
    if (named === undefined) return byDefault ? [{ index, weight }] : [];
    const guide = named.find((candidate) => candidate.name === name);
    return guide ? [{ index, weight: guide.weight }] : [];
  });
}
