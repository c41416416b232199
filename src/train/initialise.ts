import type { Random } from '../paint/random.js';
import type { Layout, Place } from './parameters.js';

/**
 * Fills parameters with what they start from: kernels and matrices uniform on ±1/√fan-in (PyTorch's default for
 * convolutions and linear layers) with biases of the same width, scales of normalisations 1 and their biases 0, codebooks
 * uniform on ±1/codes (Esser et al. 2021), tables of embeddings normal with the deviation `embeddings`.
 */
export function initialise(
  layout: Layout,
  flat: Float32Array,
  random: Random,
  { embeddings = 0.02 }: { readonly embeddings?: number } = {},
): void {
  for (const [name, place] of layout.places) {
    const draw = distributionOf(name, place, layout, embeddings);
    for (let index = 0; index < place.length; index += 1) flat[place.offset + index] = draw(random);
  }
}

type Draw = (random: Random) => number;

const constant =
  (value: number): Draw =>
  () =>
    value;
const uniform =
  (width: number): Draw =>
  (random) =>
    (2 * random.uniform() - 1) * width;
const normal =
  (deviation: number): Draw =>
  (random) =>
    random.normal() * deviation;

function distributionOf(name: string, { shape }: Place, { places }: Layout, embeddings: number): Draw {
  const [rows = 1] = shape;
  if (/^quantize\..*weight$/.test(name)) return uniform(1 / rows);
  if (/embedding|\.near\.|^near\./.test(name)) return normal(embeddings);
  if (name === 'logit_scale') return constant(Math.log(1 / 0.07));
  if (shape.length > 1) return uniform(1 / Math.sqrt(fanIn(shape)));
  if (name.endsWith('weight')) return constant(1);
  // A bias is as wide as its layer's kernel; one of a normalisation has no kernel beside it.
  const kernel = places.get(name.replace(/bias$/, 'weight'));
  return kernel && kernel.shape.length > 1 ? uniform(1 / Math.sqrt(fanIn(kernel.shape))) : constant(0);
}

const fanIn = (shape: readonly number[]): number =>
  shape.slice(1).reduce((product, size) => product * size, 1);
