import { copyFile } from 'node:fs/promises';
import { dirname, join, posix } from 'node:path';
import { externalFilesOf } from 'onnx-gradients/node';
import type { Manifest } from '../../contracts/manifest.js';
import { makeFolder } from '../../make-folder.js';
import { loadModel } from '../../zoo/load-model.js';

/** Copies another model's CLIPs into a folder, so that the new model needs no other to paint with. */
export async function borrowClips(
  folder: string,
  from: string,
  dataDir: string,
): Promise<Pick<Manifest, 'clips' | 'files'>> {
  const model = await loadModel({ name: from, dataDir });
  const { clips } = model.manifest;
  const named = new Set<string>();
  for (const { image, text, tokenizer } of clips) {
    named.add(tokenizer.file);
    for (const network of [image, text]) {
      named.add('file' in network ? network.file : network.weights);
      if (!('file' in network)) continue;
      for (const external of externalFilesOf(await model.read(network.file), network.file)) {
        named.add(posix.join(posix.dirname(network.file), external));
      }
    }
  }
  const files: Manifest['files'] = {};
  for (const file of named) {
    const source = await model.verified(file);
    makeFolder(dirname(join(folder, file)));
    await copyFile(source, join(folder, file));
    const listed = model.manifest.files[file];
    if (listed) files[file] = listed; // verified says that it is
  }
  return {
    clips: clips.map((clip, index) => ({ name: index === 0 ? from : `${from}-${index}`, ...clip })),
    files,
  };
}
