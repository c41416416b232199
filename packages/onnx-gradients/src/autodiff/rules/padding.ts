import { stringAttribute } from '../../onnx/attributes.js';
import type { GraphBuilder, Value } from '../../onnx/builder.js';
import * as ops from '../../onnx/ops.js';
import { padAmounts } from '../../onnx/shapes/arrangement.js';
import { dimension, pad, reshape, reverse, slice, sumOver, upTo } from '../emit.js';
import { gradientOf, inputAt, type Rule } from '../rule.js';

interface PaddedAxis {
  readonly axis: number;
  /** The axis' length before padding. */
  readonly length: number;
  readonly before: number;
  readonly after: number;
}

type Fold = (b: GraphBuilder, g: Value, padded: PaddedAxis) => Value;

/** A margin of g, put down inside an axis of `length` with its first element at `at`. */
function placed(
  b: GraphBuilder,
  margin: Value,
  { axis, length, at }: { axis: number; length: number; at: number },
) {
  return pad(b, margin, [{ axis, before: at, after: length - at - dimension(margin, axis) }]);
}

/** The repeated border element gets the sum of its copies. */
const edge: Fold = (b, g, { axis, length, before, after }) => {
  const end = before + length;
  const parts = [slice(b, g, [{ axis, start: before, end }])];
  if (before > 0) {
    const left = sumOver(b, slice(b, g, [{ axis, start: 0, end: before }]), [axis]);
    parts.push(placed(b, left, { axis, length, at: 0 }));
  }
  if (after > 0) {
    const right = sumOver(b, slice(b, g, [{ axis, start: end, end: end + after }]), [axis]);
    parts.push(placed(b, right, { axis, length, at: length - 1 }));
  }
  return parts.reduce((sum, part) => ops.add(b, sum, part));
};

/** The mirror image without its axis: the left margin shows elements before … 1, the right one n−2 … n−1−after. */
const reflect: Fold = (b, g, { axis, length, before, after }) => {
  const end = before + length;
  const parts = [slice(b, g, [{ axis, start: before, end }])];
  if (before > 0) {
    const left = reverse(b, slice(b, g, [{ axis, start: 0, end: before }]), [axis]);
    parts.push(placed(b, left, { axis, length, at: 1 }));
  }
  if (after > 0) {
    const right = reverse(b, slice(b, g, [{ axis, start: end, end: end + after }]), [axis]);
    parts.push(placed(b, right, { axis, length, at: length - 1 - after }));
  }
  return parts.reduce((sum, part) => ops.add(b, sum, part));
};

const FOLDS: Readonly<Record<string, Fold>> = { edge, reflect };

/** The gradient of Pad: the middle of g, and what the margins copied added back where it came from. */
export const padding: Rule = (d) => {
  const { builder: b, inputs, wanted } = d;
  const [x, g] = [inputAt(d, 0), gradientOf(d)];
  const { begin, end } = padAmounts(d.shapes);
  const axes = upTo(x.type.shape.length).map((axis) => ({
    axis,
    length: dimension(x, axis),
    before: begin[axis] ?? 0,
    after: end[axis] ?? 0,
  }));
  const mode = stringAttribute(d.node, 'mode', 'constant');
  if (mode === 'constant') {
    const middle = pad(
      b,
      g,
      axes.map(({ axis, before, after }) => ({ axis, before: -before, after: -after })),
    );
    const value = inputs[2];
    return [middle, value && wanted[2] ? marginSum({ b, g, axes, like: value }) : undefined].toSpliced(
      1,
      0,
      undefined,
    );
  }
  const fold = FOLDS[mode];
  if (!fold) throw new Error(`mode "${mode}" has no gradient`);
  // Negative pads cut first; the margins copy from what is left.
  const cut = axes.map(({ axis, before, after }) => ({
    axis,
    before: Math.max(0, -before),
    after: Math.max(0, -after),
  }));
  const padded = axes.map(({ axis, length, before, after }, index) => ({
    axis,
    length: length - (cut[index]?.before ?? 0) - (cut[index]?.after ?? 0),
    before: Math.max(0, before),
    after: Math.max(0, after),
  }));
  const folded = padded.reduce((rest, axis) => fold(b, rest, axis), g);
  return [pad(b, folded, cut)];
};

interface MarginSum {
  readonly b: GraphBuilder;
  readonly g: Value;
  readonly axes: readonly PaddedAxis[];
  readonly like: Value;
}

/** Σ g over the margins alone: everything less what was inside. */
function marginSum({ b, g, axes, like }: MarginSum): Value {
  const all = upTo(axes.length);
  const inside = slice(
    b,
    g,
    axes.map(({ axis, before, after }) => ({
      axis,
      start: Math.max(0, before),
      end: dimension(g, axis) - Math.max(0, after),
    })),
  );
  const total = ops.sub(b, sumOver(b, g, all), sumOver(b, inside, all));
  return reshape(b, total, like.type.shape);
}
