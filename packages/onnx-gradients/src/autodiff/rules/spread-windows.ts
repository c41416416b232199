import type { GraphBuilder, Value } from '../../onnx/builder.js';
import * as ops from '../../onnx/ops.js';
import type { Window } from '../../onnx/shapes/window.js';

interface Windows {
  readonly b: GraphBuilder;
  /** [n, m, …]: one value a window. */
  readonly g: Value;
  /** [m, c / group, …]. */
  readonly kernel: Value;
  readonly window: Window;
  readonly group: number;
  /** The spatial shape that the windows slid over. */
  readonly spatial: readonly number[];
}

/**
 * The transpose of a sliding window: every g, times the kernel, added where its window lay. The end pads follow from
 * the target's shape; where the windows did not reach its end, zeros are left there.
 */
export function spreadWindows({ b, g, kernel, window, group, spatial }: Windows): Value {
  const surplus = spatial.map((length, axis) => {
    const reach =
      ((window.output[axis] ?? 1) - 1) * (window.strides[axis] ?? 1) +
      ((window.kernel[axis] ?? 1) - 1) * (window.dilations[axis] ?? 1) +
      1;
    return reach - (window.padsBegin[axis] ?? 0) - length;
  });
  return ops.convTranspose(b, g, kernel, {
    group,
    strides: window.strides,
    dilations: window.dilations,
    pads: [...window.padsBegin, ...surplus.map((length) => Math.max(0, length))],
    outputPadding: surplus.map((length) => Math.max(0, -length)),
  });
}
