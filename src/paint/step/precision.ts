import { encodeModel, float32, GraphBuilder } from 'onnx-gradients/graph';
import * as op from 'onnx-gradients/ops';
import type { Runtime } from '../../runtime/runtime.js';
import type { LoadedModel } from '../../zoo/load-model.js';
import { halved } from '../graphs/in-half.js';

/** Which networks of a step work in half precision; both in single where absent. */
export interface Precision {
  readonly clips: 'half' | 'single';
  readonly decoder: 'half' | 'single';
}

/**
 * Processors work in single precision. On other devices CLIPs work in half, as they were trained, and decoders where the
 * self-check at install found that they may; both only where the device gets a product right.
 */
export async function precisionFor(
  { manifest }: LoadedModel,
  runtime: Runtime,
): Promise<Precision | undefined> {
  if (runtime.provider === 'cpu' || !(await worksInHalf(runtime))) return undefined;
  return { clips: 'half', decoder: manifest.vqgan.half ? 'half' : 'single' };
}

/** Whether a device multiplies in half precision; some cannot, and say so only when asked to. */
async function worksInHalf(runtime: Runtime): Promise<boolean> {
  const b = new GraphBuilder();
  const given = b.input('x', { elementType: 'float32', shape: [2, 2] });
  b.output(op.matMul(b, given, b.constant(float32([2, 2], [1, 2, 3, 4]))), 'y');
  try {
    const session = await runtime.open({ model: encodeModel(halved(b.build('product'))) });
    try {
      const { y } = await session.run({ x: float32([2, 2], [1, 0.5, -1, 2]) });
      return y !== undefined && [...y.data].map(Number).join() === '2.5,4,5,6';
    } finally {
      await session.release();
    }
  } catch {
    return false;
  }
}
