import type { Node } from '../graph.js';

const AUTO_PAD = ['NOTSET', 'SAME_UPPER', 'SAME_LOWER', 'VALID'];
const LOSS = ['none', 'sum', 'mean'];
const SCATTER = ['none', 'add', 'mul', 'max', 'min'];
const INTERPOLATION = ['nearest', 'linear', 'cubic'];

/** The words that an attribute may hold, by operator and attribute; an operator `*` is any. */
const WORDS: Readonly<Record<string, readonly string[]>> = {
  '*.auto_pad': AUTO_PAD,
  'DepthToSpace.mode': ['DCR', 'CRD'],
  'Gelu.approximate': ['none', 'tanh'],
  // Opset 16 says bilinear and bicubic, opset 20 linear and cubic.
  'GridSample.mode': [...INTERPOLATION, 'bilinear', 'bicubic'],
  'GridSample.padding_mode': ['zeros', 'border', 'reflection'],
  'NegativeLogLikelihoodLoss.reduction': LOSS,
  'Pad.mode': ['constant', 'reflect', 'edge', 'wrap'],
  'Resize.coordinate_transformation_mode': [
    'half_pixel',
    'half_pixel_symmetric',
    'pytorch_half_pixel',
    'align_corners',
    'asymmetric',
    'tf_half_pixel_for_nn',
    'tf_crop_and_resize',
  ],
  'Resize.keep_aspect_ratio_policy': ['stretch', 'not_larger', 'not_smaller'],
  'Resize.mode': INTERPOLATION,
  'Resize.nearest_mode': ['round_prefer_floor', 'round_prefer_ceil', 'floor', 'ceil'],
  'ScatterElements.reduction': SCATTER,
  'ScatterND.reduction': SCATTER,
  'SoftmaxCrossEntropyLoss.reduction': LOSS,
  'Upsample.mode': INTERPOLATION,
};

/** @throws when an attribute holds a word that its operator does not know, which ONNX Runtime refuses too. */
export function checkWords({ opType, attributes }: Node): void {
  for (const [name, attribute] of Object.entries(attributes)) {
    const known = WORDS[`${opType}.${name}`] ?? WORDS[`*.${name}`];
    if (attribute.kind !== 'string' || !known || known.includes(attribute.value)) continue;
    throw new Error(`Expected \`${name}\` to be one of ${known.join(', ')}, got "${attribute.value}".`);
  }
}
