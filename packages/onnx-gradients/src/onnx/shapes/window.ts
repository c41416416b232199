import { intAttribute, intsAttribute, stringAttribute } from '../attributes.js';
import type { Node } from '../graph.js';
import type { Shape } from '../tensor.js';

/** How a kernel slides over the spatial axes, with `auto_pad` resolved. One entry an axis. */
export interface Window {
  readonly kernel: readonly number[];
  readonly strides: readonly number[];
  readonly dilations: readonly number[];
  readonly padsBegin: readonly number[];
  readonly padsEnd: readonly number[];
  readonly output: Shape;
}

interface WindowOperands {
  readonly node: Node;
  /** The spatial part of the input's shape. */
  readonly spatial: Shape;
  readonly kernel: readonly number[];
}

function perAxis(node: Node, name: string, count: number, fallback: number): readonly number[] {
  const values = intsAttribute(node, name) ?? Array.from({ length: count }, () => fallback);
  if (values.length !== count) throw new Error(`Expected ${count} \`${name}\`, got ${values.length}.`);
  return values;
}

function strideOf({ node, spatial, kernel }: WindowOperands) {
  const rank = spatial.length;
  if (kernel.length !== rank) throw new Error(`Expected a kernel of rank ${rank}, got ${kernel.length}.`);
  if (kernel.some((length) => length < 1))
    throw new Error('Expected a kernel of at least 1 along each axis.');
  const [strides, dilations] = [perAxis(node, 'strides', rank, 1), perAxis(node, 'dilations', rank, 1)];
  if ([...strides, ...dilations].some((value) => value < 1)) {
    throw new Error('Expected strides and dilations of at least 1.');
  }
  return { strides, dilations };
}

/** Total padding split over both ends; the odd one goes to the end for SAME_UPPER, to the begin for SAME_LOWER. */
function split(total: readonly number[], upper: boolean) {
  const small = total.map((t) => Math.floor(t / 2));
  const large = total.map((t, i) => t - (small[i] ?? 0));
  return upper ? { padsBegin: small, padsEnd: large } : { padsBegin: large, padsEnd: small };
}

/**
 * The window of a convolution or pooling: output = ⌊(input + pads − extent) / stride⌋ + 1 with
 * extent = (kernel − 1)·dilation + 1; with `ceil_mode` rounded up, less a last window that would start in the padding.
 *
 * @throws when attributes do not fit or the kernel is larger than the padded input.
 */
export function slidingWindow({ node, spatial, kernel }: WindowOperands): Window {
  const rank = spatial.length;
  const { strides, dilations } = strideOf({ node, spatial, kernel });
  const extent = kernel.map((k, i) => (k - 1) * (dilations[i] ?? 1) + 1);
  const autoPad = stringAttribute(node, 'auto_pad', 'NOTSET');
  if (autoPad === 'SAME_UPPER' || autoPad === 'SAME_LOWER') {
    const output = spatial.map((size, i) => Math.ceil(size / (strides[i] ?? 1)));
    const total = output.map((out, i) =>
      Math.max(0, (out - 1) * (strides[i] ?? 1) + (extent[i] ?? 1) - (spatial[i] ?? 0)),
    );
    return { kernel, strides, dilations, ...split(total, autoPad === 'SAME_UPPER'), output };
  }
  const pads = autoPad === 'VALID' ? spatial.flatMap(() => [0, 0]) : perAxis(node, 'pads', 2 * rank, 0);
  const [padsBegin, padsEnd] = [pads.slice(0, rank), pads.slice(rank)];
  const ceil = intAttribute(node, 'ceil_mode', 0) === 1;
  const output = spatial.map((size, i) => {
    const [stride, begin] = [strides[i] ?? 1, padsBegin[i] ?? 0];
    const room = size + begin + (padsEnd[i] ?? 0) - (extent[i] ?? 1);
    if (room < 0) throw new Error(`A kernel of extent ${extent[i]} does not fit into ${size} with its pads.`);
    const out = (ceil ? Math.ceil(room / stride) : Math.floor(room / stride)) + 1;
    return ceil && (out - 1) * stride >= size + begin ? out - 1 : out;
  });
  return { kernel, strides, dilations, padsBegin, padsEnd, output };
}

/**
 * The window of a ConvTranspose: output = (input − 1)·stride + output_padding + extent − pads; with `output_shape` or
 * SAME padding the pads follow from the output instead.
 */
export function transposedWindow({ node, spatial, kernel }: WindowOperands): Window {
  const rank = spatial.length;
  const { strides, dilations } = strideOf({ node, spatial, kernel });
  const outputPadding = perAxis(node, 'output_padding', rank, 0);
  const full = spatial.map(
    (size, i) =>
      (size - 1) * (strides[i] ?? 1) +
      (outputPadding[i] ?? 0) +
      ((kernel[i] ?? 1) - 1) * (dilations[i] ?? 1) +
      1,
  );
  const autoPad = stringAttribute(node, 'auto_pad', 'NOTSET');
  const stated = intsAttribute(node, 'output_shape');
  if (stated || autoPad.startsWith('SAME')) {
    // SAME asks for input · stride, which a kernel narrower than its stride does not reach without pads.
    const same = spatial.map((size, i) => Math.min(size * (strides[i] ?? 1), full[i] ?? 0));
    const output = stated?.slice(-rank) ?? same;
    const total = output.map((out, i) => Math.max(0, (full[i] ?? 0) - out));
    return { kernel, strides, dilations, ...split(total, autoPad === 'SAME_UPPER'), output };
  }
  const pads = autoPad === 'VALID' ? spatial.flatMap(() => [0, 0]) : perAxis(node, 'pads', 2 * rank, 0);
  const [padsBegin, padsEnd] = [pads.slice(0, rank), pads.slice(rank)];
  const output = full.map((size, i) => size - (padsBegin[i] ?? 0) - (padsEnd[i] ?? 0));
  if (output.some((size) => size < 1)) throw new Error('The pads leave no output.');
  return { kernel, strides, dilations, padsBegin, padsEnd, output };
}
