import type { ClipNetwork } from '../../paint/graphs/networks.js';
import { loadModel } from '../../zoo/load-model.js';
import { readImageTower } from '../../zoo/network.js';

/** The image tower of a model's first CLIP, to judge likeness by. @throws UserError when there is no such model. */
export async function readTower(name: string, dataDir: string): Promise<ClipNetwork> {
  const model = await loadModel({ name, dataDir });
  const [clip] = model.manifest.clips;
  if (!clip) throw new Error('A manifest lists at least one CLIP.');
  const { size, range, mean, std } = clip.image;
  let emissions = 0;
  const emitters = [
    await readImageTower(model, clip.image, 'first/'),
    await readImageTower(model, clip.image, 'second/'),
  ];
  return {
    ...{ size, range, mean, std },
    image: (b, pixels) => {
      const emit = emitters[emissions++ % emitters.length];
      if (!emit) throw new Error('There are two emitters.');
      return emit(b, pixels);
    },
  };
}
