import { float32, type Tensor } from 'onnx-gradients/graph';
import { UserError } from '../errors.js';
import type { LoadedModel } from './load-model.js';
import { readWeights } from './read-weights.js';

/**
 * A model's codebook [codes, dim].
 *
 * @throws UserError when its size or its values are not the manifest's.
 */
export async function readCodebook(model: LoadedModel): Promise<Tensor> {
  const { codebook } = model.manifest.vqgan;
  const tensor = 'file' in codebook ? await readRaw(model, codebook.file) : await readTensor(model, codebook);
  if (!isFinite32(tensor.data as Float32Array)) {
    throw new UserError(
      `The codebook of the model ${model.manifest.name} holds numbers that are not finite.`,
    );
  }
  return tensor;
}

/** One sum is enough: what is not finite stays so, whatever is added. */
function isFinite32(values: Float32Array): boolean {
  let sum = 0;
  for (const value of values) sum += Math.abs(value);
  return Number.isFinite(sum);
}

/** Little-endian float32. */
async function readRaw({ manifest, read }: LoadedModel, file: string): Promise<Tensor> {
  const { codes, dim } = manifest.vqgan;
  const bytes = await read(file);
  if (bytes.length !== codes * dim * 4) {
    throw new UserError(
      `Expected ${codes} × ${dim} float32 in ${file} of the model ${manifest.name}, got ${bytes.length} bytes.`,
    );
  }
  const view = new DataView(bytes.buffer, bytes.byteOffset, bytes.byteLength);
  return float32(
    [codes, dim],
    Float32Array.from({ length: codes * dim }, (_, index) => view.getFloat32(index * 4, true)),
  );
}

interface TensorPlace {
  readonly weights: string;
  readonly tensor: string;
  readonly unitRows: boolean;
}

async function readTensor(
  model: LoadedModel,
  { weights: file, tensor: name, unitRows }: TensorPlace,
): Promise<Tensor> {
  const { codes, dim } = model.manifest.vqgan;
  const { weights } = await readWeights(model, file);
  const stored = weights(name, [codes, dim]);
  return unitRows ? withUnitRows(stored) : stored;
}

function withUnitRows({ shape, data }: Tensor): Tensor {
  const dim = shape[1] ?? 1;
  const values = Float32Array.from(data as Float32Array); // weights are read as float32
  for (let start = 0; start < values.length; start += dim) {
    const row = values.subarray(start, start + dim);
    const length = Math.hypot(...row);
    // F.normalize leaves rows shorter than 1e-12 as they are, nearly.
    for (const [index, value] of row.entries()) row[index] = value / Math.max(length, 1e-12);
  }
  return float32(shape, values);
}
