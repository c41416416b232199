import { intAttribute } from '../attributes.js';
import { normalizeAxis } from '../axes.js';
import { broadcastShapes } from './broadcast.js';
import { brackets, isGiven, operand } from './operands.js';
import type { ShapeContext, ShapeRule } from './rule.js';

const overAxis: ShapeRule = (context) => {
  const type = operand(context, 0);
  normalizeAxis(intAttribute(context.node, 'axis', -1), type.shape.length);
  return [type];
};

/** Checks one-dimensional parameters of `length` at the given inputs. */
function checkVectors(context: ShapeContext, indices: readonly number[], length: number | undefined): void {
  for (const index of indices) {
    const { shape } = operand(context, index);
    if (shape.length !== 1 || shape[0] !== length) {
      throw new Error(`Expected input ${index} of shape [${length}], got ${brackets(shape)}.`);
    }
  }
}

/** Inference form only: y = (x − mean) / √(var + ε) · scale + bias per channel. */
const batchNormalization: ShapeRule = (context) => {
  const x = operand(context, 0);
  if (intAttribute(context.node, 'training_mode', 0) !== 0) throw new Error('Expected `training_mode` = 0.');
  checkVectors(context, [1, 2, 3, 4], x.shape.length > 1 ? x.shape[1] : 1);
  return [x];
};

const instanceNormalization: ShapeRule = (context) => {
  const x = operand(context, 0);
  if (x.shape.length < 3) throw new Error(`Expected [n, c, …], got ${brackets(x.shape)}.`);
  checkVectors(context, [1, 2], x.shape[1]);
  return [x];
};

/** Outputs: the result, then mean and 1/σ with the normalised axes kept as 1, always float32. */
const layerNormalization: ShapeRule = (context) => {
  const x = operand(context, 0);
  const axis = normalizeAxis(intAttribute(context.node, 'axis', -1), x.shape.length);
  const inner = x.shape.slice(axis);
  for (const index of [1, 2]) {
    if (index === 2 && !isGiven(context, 2)) continue;
    const { shape } = operand(context, index);
    if (brackets(broadcastShapes([inner, shape])) !== brackets(inner)) {
      throw new Error(`Expected input ${index} to stretch to ${brackets(inner)}, got ${brackets(shape)}.`);
    }
  }
  const statistics = {
    elementType: 'float32',
    shape: x.shape.map((dimension, i) => (i < axis ? dimension : 1)),
  } as const;
  return [x, statistics, statistics];
};

/** At inference Dropout passes its input; the mask is all true. */
const dropout: ShapeRule = (context) => {
  const x = operand(context, 0);
  return [x, { elementType: 'bool', shape: x.shape }];
};

const likeInput: ShapeRule = (context) => [operand(context, 0)];

export const NORMALIZATION = {
  BatchNormalization: batchNormalization,
  Dropout: dropout,
  Hardmax: overAxis,
  InstanceNormalization: instanceNormalization,
  LRN: likeInput,
  LayerNormalization: layerNormalization,
  LogSoftmax: overAxis,
  LpNormalization: overAxis,
  MeanVarianceNormalization: likeInput,
  Softmax: overAxis,
} as const satisfies Record<string, ShapeRule>;
