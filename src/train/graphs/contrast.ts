import { gradients } from 'onnx-gradients';
import { GraphBuilder, type Model, type Value } from 'onnx-gradients/graph';
import * as op from 'onnx-gradients/ops';
import { CLIP_NAMES } from './clip-step.js';
import { crossEntropy } from './cross-entropy.js';
import { scaled } from './emit.js';

export const CONTRAST_NAMES = {
  /** [pairs, pairs], added to the logits: −∞ or nearly so where two texts are the same and a picture fits both. */
  mask: 'mask',
  loss: 'loss/contrast',
  ofImage: 'gradient/image',
  ofText: 'gradient/text',
  ofScale: 'gradient/scale',
} as const;

/**
 * The contrastive loss of pairs (Radford et al. 2021, figure 3): each picture has to tell its text from all others by the cosine of
 * their embeddings [pairs, embedding], and each text its picture. Gives the loss and its gradients by both and by the scale.
 */
export function contrastGraph(pairs: number, embedding: number): Model {
  const b = new GraphBuilder();
  const given = (name: string, shape: readonly number[]) => b.input(name, { elementType: 'float32', shape });
  const image = given(CLIP_NAMES.image, [pairs, embedding]);
  const text = given(CLIP_NAMES.text, [pairs, embedding]);
  const scale = given(CLIP_NAMES.scale, []);
  const mask = given(CONTRAST_NAMES.mask, [pairs, pairs]);
  const cosines = op.matMul(b, unit(b, image), op.transpose(b, unit(b, text), [1, 0]));
  const logits = op.add(b, op.mul(b, cosines, op.exp(b, scale)), mask);
  const own = b.constant({
    elementType: 'int64',
    shape: [pairs],
    data: BigInt64Array.from({ length: pairs }, (_, index) => BigInt(index)),
  });
  const [ofPictures, ofTexts] = [
    crossEntropy(b, logits, own),
    crossEntropy(b, op.transpose(b, logits, [1, 0]), own),
  ];
  const loss = scaled(b, op.add(b, ofPictures.loss, ofTexts.loss), 0.5);
  const both = op.add(b, ofPictures.gradient, op.transpose(b, ofTexts.gradient, [1, 0]));
  const found = gradients(b, {
    of: [{ value: logits, cotangent: scaled(b, both, 0.5) }],
    wrt: [image, text, scale],
  });
  b.output(loss, CONTRAST_NAMES.loss);
  const names = [CONTRAST_NAMES.ofImage, CONTRAST_NAMES.ofText, CONTRAST_NAMES.ofScale];
  for (const [index, name] of names.entries()) {
    const gradient = found[index];
    if (gradient) b.output(gradient, name);
  }
  return b.build('contrast');
}

/** Rows of length 1. */
function unit(b: GraphBuilder, rows: Value): Value {
  const square = op.reduceSumSquare(b, rows, [1]);
  return op.div(b, rows, op.sqrt(b, op.add(b, square, b.scalar(1e-12))));
}
