import { UserError } from '../errors.js';
import { float32, type Tensor } from '../onnx/tensor.js';
import type { LoadedModel } from './load-model.js';

/**
 * A model's codebook [codes, dim], from little-endian float32.
 *
 * @throws UserError when its size or its values are not the manifest's.
 */
export async function readCodebook({ manifest, read }: LoadedModel): Promise<Tensor> {
  const { codes, dim, codebook } = manifest.vqgan;
  const bytes = await read(codebook.file);
  if (bytes.length !== codes * dim * 4) {
    throw new UserError(
      `Expected ${codes} × ${dim} float32 in ${codebook.file} of the model ${manifest.name}, got ${bytes.length} bytes.`,
    );
  }
  const view = new DataView(bytes.buffer, bytes.byteOffset, bytes.byteLength);
  const values = Float32Array.from({ length: codes * dim }, (_, index) => view.getFloat32(index * 4, true));
  if (!values.every(Number.isFinite)) {
    throw new UserError(`The codebook of the model ${manifest.name} holds numbers that are not finite.`);
  }
  return float32([codes, dim], values);
}
