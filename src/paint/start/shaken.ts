import type { Tensor } from 'onnx-gradients/graph';
import type { Random } from '../random.js';

export interface Shaking {
  /** In deviations of the codebook's rows, channel by channel. */
  readonly by: number;
  /** [codes, dim] */
  readonly codebook: Tensor;
  readonly random: Random;
}

/** A latent [dim, cells] with normal noise, so strong beside what tells codes from one another. */
export function shaken(latent: Float32Array, { by, codebook, random }: Shaking): Float32Array {
  const [, dim = 1] = codebook.shape;
  const deviations = Array.from({ length: dim }, (_, channel) => deviationOf(codebook, channel));
  const cells = latent.length / dim;
  return latent.map(
    (value, index) => value + by * (deviations[Math.floor(index / cells)] ?? 0) * random.normal(),
  );
}

function deviationOf({ data, shape }: Tensor, channel: number): number {
  const [codes = 1, dim = 1] = shape;
  let [sum, squares] = [0, 0];
  for (let code = 0; code < codes; code += 1) {
    const value = Number(data[code * dim + channel]);
    sum += value;
    squares += value * value;
  }
  return Math.sqrt(Math.max(0, squares / codes - (sum / codes) ** 2));
}
