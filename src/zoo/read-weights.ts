import { decodeBfloat16, decodeHalf, elementCount, float32, type Tensor } from 'onnx-gradients/graph';
import { type ByteSource, openFileSource } from '../checkpoints/byte-source.js';
import { readSafetensors } from '../checkpoints/safetensors/read-safetensors.js';
import { UserError } from '../errors.js';
import type { WeightSource } from './architectures/weight-source.js';
import type { LoadedModel } from './load-model.js';

/**
 * The weights of a safetensors file, read one by one when an emitter asks for them and widened to float32; asked twice, the
 * same tensor.
 *
 * @throws UserError when the file is damaged, lacks a tensor, or has one of another shape than the architecture.
 */
export async function readWeights(model: LoadedModel, file: string): Promise<WeightSource> {
  if (model.isHollow) return zeros;
  const path = await model.verified(file);
  const { tensors } = readSafetensors(reopened(path));
  const known = new Map<string, Tensor>();
  return (name, shape) => {
    const found = known.get(name);
    if (found) return found;
    const stored = tensors.get(name);
    const where = `${file} of the model ${model.manifest.name}`;
    if (!stored)
      throw new UserError(`Expected a tensor \`${name}\` of shape [${shape.join(', ')}] in ${where}.`);
    if (stored.shape.join() !== shape.join()) {
      throw new UserError(
        `Expected \`${name}\` to have shape [${shape.join(', ')}], got [${stored.shape.join(', ')}] in ${where}.`,
      );
    }
    const tensor = asFloat32(
      stored.read(),
      name,
      stored.position === undefined ? {} : { origin: { path, offset: stored.position } },
    );
    known.set(name, tensor);
    return tensor;
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

function asFloat32(
  { elementType, shape, data }: Tensor,
  name: string,
  where: Pick<Tensor, 'origin'>,
): Tensor {
  if (data instanceof Float32Array) return { elementType: 'float32', shape, data, ...where };
  if (data instanceof Float64Array) return float32(shape, Float32Array.from(data));
  if (data instanceof Uint16Array && elementType === 'float16') return float32(shape, decodeHalf(data));
  if (data instanceof Uint16Array && elementType === 'bfloat16') return float32(shape, decodeBfloat16(data));
  throw new UserError(`Expected floating-point numbers in \`${name}\`, got ${elementType}.`);
}
