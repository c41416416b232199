import type { Picture } from '../../contracts/picture.js';
import { openFolder } from './open-folder.js';
import { splitExamples } from './split.js';
import { middleView, readView, writeView } from './views.js';

export interface HeldOutOptions {
  /** The folder of pictures. */
  readonly pictures: string;
  readonly side: number;
  /** The training's. */
  readonly seed: number;
}

/** The middles of the pictures that a training with this seed keeps aside; all of them where it could spare none. */
export async function openHeldOut({ pictures, side, seed }: HeldOutOptions): Promise<readonly Picture[]> {
  const folder = await openFolder({ folder: pictures, side, smallest: side / 2, onSkipped: () => undefined });
  const { heldOut, training } = splitExamples(folder.names.length, seed);
  const shown: Picture[] = [];
  for (const example of heldOut.length > 0 ? heldOut : training) {
    const picture = await folder.picture(example);
    const into = new Float32Array(3 * side * side);
    writeView(picture, middleView(picture, side), { side, into, index: 0 });
    shown.push(readView(into, 0, side));
  }
  return shown;
}
