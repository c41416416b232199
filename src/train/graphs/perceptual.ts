import type { GraphBuilder, Value } from 'onnx-gradients/graph';
import * as op from 'onnx-gradients/ops';
import { type ClipNetwork, normalise, toUnit } from '../../paint/graphs/networks.js';
import { meanOf } from './emit.js';

/** The range of the pictures that are compared. */
const PIXELS = [-1, 1] as const;
/** How many of a tower's layers are compared. */
const LAYERS = 4;

/**
 * The perceptual distance of pictures [n, 3, h, w] in −1…1, a scalar: a tower's activations, each place's of length 1, mean squared
 * difference, summed over layers. As LPIPS (Zhang et al. 2018) without its learnt weights. The layers lie evenly in the
 * first half of the tower: deeper ones no longer say where things are.
 */
export function perceptualDistance(b: GraphBuilder, tower: ClipNetwork, first: Value, second: Value): Value {
  const [ours, theirs] = [featuresOf(b, tower, first), featuresOf(b, tower, second)];
  const parts = ours.map((value, index) => {
    const difference = op.sub(b, value, theirs[index] ?? value);
    return meanOf(b, op.reduceSum(b, op.mul(b, difference, difference), [channelAxis(difference)]));
  });
  return parts.reduce((sum, part) => op.add(b, sum, part));
}

/** Activations of unit length a place: what convolutions read, or in a Vision Transformer what normalisations read. */
function featuresOf(b: GraphBuilder, tower: ClipNetwork, picture: Value): readonly Value[] {
  const before = b.nodes.length;
  const [n = 1, c = 3, h = 1] = picture.type.shape;
  const { size } = tower;
  const sized = h === size ? picture : op.resize(b, picture, { sizes: [n, c, size, size], mode: 'linear' });
  tower.image(b, normalise(b, toUnit(b, sized, PIXELS), tower));
  const nodes = b.nodes.slice(before);
  const readers = ['Conv', 'LayerNormalization'].map((opType) =>
    nodes.filter((node) => node.opType === opType),
  );
  const [convolutions = [], normalisations = []] = readers;
  const chosen = convolutions.length > normalisations.length ? convolutions : normalisations;
  const read = [...new Set(chosen.map(({ inputs }) => inputs[0] ?? ''))]
    .slice(1)
    .map((name) => b.value(name));
  const half = read.slice(0, Math.max(1, Math.ceil(read.length / 2)));
  const count = Math.min(LAYERS, half.length);
  if (count === 0) throw new Error('The image tower has no layers whose activations could be compared.');
  return Array.from({ length: count }, (_, index) => {
    const value = half[Math.floor((index * half.length) / count)] ?? picture;
    const square = op.reduceSumSquare(b, value, [channelAxis(value)]);
    return op.div(b, value, op.sqrt(b, op.add(b, square, b.scalar(1e-10))));
  });
}

const channelAxis = ({ type }: Value): number => (type.shape.length === 4 ? 1 : type.shape.length - 1);
