import { intAttribute } from '../../onnx/attributes.js';
import type { GraphBuilder, Value } from '../../onnx/builder.js';
import * as ops from '../../onnx/ops.js';
import { slidingWindow, transposedWindow, type Window } from '../../onnx/shapes/window.js';
import { elementCount } from '../../onnx/tensor.js';
import { pad, reshape, slice, upTo } from '../emit.js';
import { type Entries, product } from '../entry.js';
import { gradientOf, inputAt, type Rule } from '../rule.js';
import { flippedKernel } from './flipped-kernel.js';
import { kernelGradient } from './kernel-gradient.js';
import { spreadWindows } from './spread-windows.js';

/** Elements from the first to the last that a kernel touches, along one axis. */
const extent = ({ kernel, dilations }: Window, axis: number): number =>
  ((kernel[axis] ?? 1) - 1) * (dilations[axis] ?? 1) + 1;

interface Convolution {
  readonly b: GraphBuilder;
  readonly w: Value;
  readonly g: Value;
  readonly window: Window;
  readonly group: number;
  /** The spatial shape of the input, which the gradient gets. */
  readonly spatial: readonly number[];
}

/**
 * dL/dx of y = x ∗ w at stride 1: again a convolution, of g with the kernel flipped and its channel axes exchanged,
 * padded by what the forward pads left of the kernel's extent. Several times faster than a ConvTranspose.
 */
function fullCorrelation({ b, w, g, window, group }: Convolution): Value {
  const sides = window.kernel.map((_, axis) => ({
    axis: axis + 2,
    before: extent(window, axis) - 1 - (window.padsBegin[axis] ?? 0),
    after: extent(window, axis) - 1 - (window.padsEnd[axis] ?? 0),
  }));
  // Forward pads beyond the kernel's reach made outputs that see no input at all.
  const seen = pad(
    b,
    g,
    sides.map(({ axis, before, after }) => ({
      axis,
      before: Math.min(0, before),
      after: Math.min(0, after),
    })),
  );
  return ops.conv(b, seen, flippedKernel({ b, w, group }), {
    group,
    dilations: window.dilations,
    pads: [
      ...sides.map(({ before }) => Math.max(0, before)),
      ...sides.map(({ after }) => Math.max(0, after)),
    ],
  });
}

/** Whether the kernel's places lie side by side from the first element on. */
const areTiles = ({ kernel, strides, dilations, padsBegin }: Window): boolean =>
  kernel.every((length, axis) => length === strides[axis] && dilations[axis] === 1 && padsBegin[axis] === 0);

/**
 * dL/dx where kernel and stride are equal, as in a ViT's patches: no two places share an element, so all patches are
 * one matrix product gᵀ·w, put in order. Half the time of a ConvTranspose.
 */
function patches({ b, w, g, window, spatial }: Convolution): Value {
  const [m = 1, c = 1, ...kernel] = w.type.shape;
  const [n = 1, , ...places] = g.type.shape;
  const rank = kernel.length;
  const lastChannels = ops.transpose(b, g, [0, ...upTo(rank).map((axis) => axis + 2), 1]);
  const rows = reshape(b, lastChannels, [n * elementCount(places), m]);
  const products = ops.matMul(b, rows, reshape(b, w, [m, c * elementCount(kernel)]));
  const blocks = reshape(b, products, [n, ...places, c, ...kernel]);
  // [n, places…, c, kernel…] to [n, c, place, kernel, place, kernel, …]
  const order = upTo(rank).flatMap((axis) => [1 + axis, 2 + rank + axis]);
  const covered = places.map((place, axis) => place * (window.kernel[axis] ?? 1));
  const image = ops.reshape(b, ops.transpose(b, blocks, [0, 1 + rank, ...order]), [n, c, ...covered]);
  return pad(
    b,
    image,
    spatial.map((length, axis) => ({ axis: axis + 2, before: 0, after: length - (covered[axis] ?? 0) })),
  );
}

/** dL/dbias: g summed over the batch and all places. */
function biasGradient(b: GraphBuilder, g: Value): Value {
  const axes = upTo(g.type.shape.length).filter((axis) => axis !== 1);
  return ops.reduceSum(b, g, axes, false);
}

const conv: Rule = (d) => {
  const { builder: b, inputs, wanted } = d;
  const [x, w, g] = [inputAt(d, 0), inputAt(d, 1), gradientOf(d)];
  const group = intAttribute(d.node, 'group', 1);
  const spatial = x.type.shape.slice(2);
  const window = slidingWindow({ node: d.node, spatial, kernel: w.type.shape.slice(2) });
  const isDense = window.strides.every((stride) => stride === 1);
  const toX = () => {
    if (isDense) return fullCorrelation({ b, w, g, window, group, spatial });
    if (group === 1 && areTiles(window)) return patches({ b, w, g, window, group, spatial });
    return spreadWindows({ b, g, kernel: w, window, group, spatial });
  };
  return [
    wanted[0] ? toX() : undefined,
    wanted[1] ? kernelGradient({ b, x, g, window, group }) : undefined,
    inputs[2] && wanted[2] ? biasGradient(b, g) : undefined,
  ];
};

/** ConvTranspose is the data gradient of a Conv with the same kernel; its own gradient is therefore that Conv. */
const convTranspose: Rule = (d) => {
  const { builder: b, inputs, wanted } = d;
  const [x, w, g] = [inputAt(d, 0), inputAt(d, 1), gradientOf(d)];
  const group = intAttribute(d.node, 'group', 1);
  const spatial = x.type.shape.slice(2);
  const window = transposedWindow({ node: d.node, spatial, kernel: w.type.shape.slice(2) });
  const { strides, dilations, padsBegin, padsEnd } = window;
  const toX = () => {
    const all = ops.conv(b, g, w, { group, strides, dilations, pads: [...padsBegin, ...padsEnd] });
    // Output padding of a whole stride and more makes the Conv see places that no input went to.
    return slice(
      b,
      all,
      spatial.map((end, axis) => ({ axis: axis + 2, start: 0, end })),
    );
  };
  return [
    wanted[0] ? toX() : undefined,
    wanted[1] ? kernelGradient({ b, x: g, g: x, window, group }) : undefined,
    inputs[2] && wanted[2] ? biasGradient(b, g) : undefined,
  ];
};

export const CONVOLUTION = {
  Conv: product(
    conv,
    'X: Conv of g with the kernel flipped and transposed (stride 1), ConvTranspose of g (else); W: products of g with shifted copies of X, Conv of X by g (groups); B: Σ g',
    '1-d to 3-d, any strides, pads, dilations, groups',
  ),
  ConvTranspose: product(
    convTranspose,
    'X: Conv of g with W; W: as Conv, X and g exchanged; B: Σ g',
    'as Conv',
  ),
} as const satisfies Entries;
