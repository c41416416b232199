import { join, posix } from 'node:path';
import { externalFilesOf } from 'onnx-gradients/node';
import type { LoadedModel } from './load-model.js';

/** An ONNX file of a model that is what the manifest says, with all the data beside it. */
export interface VerifiedOnnx {
  /** Where it lies, for ONNX Runtime to open with its external data. */
  readonly path: string;
  /** The file alone. */
  readonly bytes: Uint8Array<ArrayBuffer>;
}

/**
 * Verifies an ONNX file and the files that its tensors lie in, which the manifest must list too.
 *
 * @throws UserError when one is missing, damaged or not listed; ModelError when it is no model.
 */
export async function verifyOnnx(model: LoadedModel, file: string): Promise<VerifiedOnnx> {
  const bytes = await model.read(file);
  for (const external of externalFilesOf(bytes, `${model.manifest.name}/${file}`)) {
    await model.verified(posix.join(posix.dirname(file), external));
  }
  return { path: join(model.folder, file), bytes };
}
