import { decodeBfloat16, decodeHalf, elementCount, float32, type Tensor } from 'onnx-gradients/graph';
import { type ByteSource, openFileSource } from '../checkpoints/byte-source.js';
import type { StoredTensor } from '../checkpoints/checkpoint.js';
import { readSafetensors } from '../checkpoints/safetensors/read-safetensors.js';
import { UserError } from '../errors.js';
import type { WeightSource } from './architectures/weight-source.js';
import type { LoadedModel } from './load-model.js';

/** A file's weights, for emitters. */
export interface FileWeights {
  /** Widened to float32. */
  readonly weights: WeightSource;
  /** As they lie there; missing where they were not to be read. */
  readonly stored?: WeightSource;
}

/**
 * The weights of a safetensors file, read one by one when an emitter asks for them; asked twice, the same tensor.
 *
 * @throws UserError when the file is damaged, lacks a tensor, or has one of another shape than the architecture.
 */
export async function readWeights(model: LoadedModel, file: string): Promise<FileWeights> {
  if (model.isHollow) return { weights: zeros };
  const path = await model.verified(file);
  const { tensors } = readSafetensors(reopened(path));
  const known = new Map<string, Tensor>();
  const stored: WeightSource = (name, shape) => {
    const found = known.get(name);
    if (found) return found;
    const lying = tensors.get(name);
    const where = `${file} of the model ${model.manifest.name}`;
    if (!lying)
      throw new UserError(`Expected a tensor \`${name}\` of shape [${shape.join(', ')}] in ${where}.`);
    if (lying.shape.join() !== shape.join()) {
      throw new UserError(
        `Expected \`${name}\` to have shape [${shape.join(', ')}], got [${lying.shape.join(', ')}] in ${where}.`,
      );
    }
    const tensor = lying.position === undefined ? lying.read() : unread(lying, path, lying.position);
    known.set(name, tensor);
    return tensor;
  };
  const widened = new Map<string, Tensor>();
  const weights: WeightSource = (name, shape) => {
    const tensor = widened.get(name) ?? asFloat32(stored(name, shape), name);
    widened.set(name, tensor);
    return tensor;
  };
  return { stored, weights };
}

/** A tensor whose data is read when it is first looked at, if ever: most is read by ONNX Runtime, from the file itself. */
function unread({ elementType, shape, read }: StoredTensor, path: string, offset: number): Tensor {
  let data: Tensor['data'] | undefined;
  return {
    elementType,
    shape,
    origin: { path, offset },
    get data() {
      data ??= read().data;
      return data;
    },
  };
}

/** Memory that nobody touches costs nothing. */
const zeros: WeightSource = (_, shape) => float32(shape, new Float32Array(elementCount(shape)));

/** The file behind a source that is open only while it reads, so that nobody has to close it. */
function reopened(path: string): ByteSource {
  const { size, close } = openFileSource(path);
  close();
  return {
    name: path,
    size,
    read: (position, length) => {
      const source = openFileSource(path);
      try {
        return source.read(position, length);
      } finally {
        source.close();
      }
    },
    close: () => undefined,
  };
}

function asFloat32(stored: Tensor, name: string): Tensor {
  const { elementType, shape, data } = stored;
  if (data instanceof Float32Array) return stored;
  if (data instanceof Float64Array) return float32(shape, Float32Array.from(data));
  if (data instanceof Uint16Array && elementType === 'float16') return float32(shape, decodeHalf(data));
  if (data instanceof Uint16Array && elementType === 'bfloat16') return float32(shape, decodeBfloat16(data));
  throw new UserError(`Expected floating-point numbers in \`${name}\`, got ${elementType}.`);
}
