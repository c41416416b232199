import type { Model } from 'onnx-gradients/graph';
import type { MemoryNeed } from '../../runtime/memory-need.js';
import { graphMemory } from './graph-memory.js';

/**
 * What ONNX Runtime holds on the processor for each byte of a graph's constants and of its values: constants are kept once
 * more where they are reordered for its kernels, and its arena grows in larger pieces than are asked for. Measured with f16 and
 * ViT-B/32 at 256², 384 × 256 and 512².
 */
const HELD = { weights: 1.43, values: 1.19 } as const;

/** Node.js, Easel and ONNX Runtime with nothing open. */
export const BASE_BYTES = 150e6;

/** What sessions for these graphs hold once all have run; each keeps the most that it ever needed. */
export function memoryNeedOf(models: Readonly<Record<string, Model>>): MemoryNeed {
  let [weights, values] = [0, 0];
  for (const model of Object.values(models)) {
    const memory = graphMemory(model);
    weights += HELD.weights * memory.weights;
    values += HELD.values * memory.values;
  }
  return { weights, values };
}

/** Graphs were not opened because the machine has no room for them. */
export class NotEnoughMemory extends Error {
  readonly need: MemoryNeed;
  readonly available: number;

  constructor(need: MemoryNeed, available: number) {
    super(`The graphs need ${need.weights + need.values} bytes, and ${available} are free.`);
    this.need = need;
    this.available = available;
  }
}
