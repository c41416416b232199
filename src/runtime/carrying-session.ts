import { encodeModel, float32, GraphBuilder } from 'onnx-gradients/graph';
import * as op from 'onnx-gradients/ops';
import type { InferenceSession, Tensor as OrtTensor } from 'onnxruntime-node';
import type { CarryingSession, Feeds } from './runtime.js';
import { allToOrt, fromOrt, toOrt } from './session.js';

/** Opens an ordinary session, with the outputs named left where the device has them. */
export type OpenLeaving = (model: Uint8Array, left: readonly string[]) => Promise<InferenceSession>;

/**
 * A session some of whose inputs are the outputs of its run before: those are fed as they lie, so on a device they never
 * leave it. All of them are flat float32.
 *
 * @param carried The output that each of those inputs becomes.
 */
export async function openCarrying(
  model: Uint8Array,
  carried: Readonly<Record<string, string>>,
  open: OpenLeaving,
): Promise<CarryingSession> {
  const session = await open(model, Object.values(carried));
  const held = new Map<string, OrtTensor>();
  const hold = (input: string, value: OrtTensor) => {
    held.get(input)?.dispose();
    held.set(input, value);
  };
  return {
    carry: (values) => {
      for (const [input, value] of Object.entries(values)) hold(input, toOrt(input, value));
    },
    run: async (feeds) => {
      const results = await session.run({ ...allToOrt(feeds), ...Object.fromEntries(held) });
      for (const [input, output] of Object.entries(carried)) {
        const value = results[output];
        if (!value) throw new Error(`The graph has no output "${output}" to carry.`);
        hold(input, value);
      }
      const rest = Object.entries(results).filter(([name]) => !Object.values(carried).includes(name));
      return Object.fromEntries(rest.map(([name, value]) => [name, fromOrt(name, value)]));
    },
    carried: async () => {
      const values: Record<string, Feeds[string]> = {};
      for (const [input, value] of held) {
        values[input] = value.location === 'cpu' ? fromOrt(input, value) : await fetched(input, value, open);
      }
      return values;
    },
    isOnDevice: () => held.size > 0 && [...held.values()].every(({ location }) => location === 'gpu-buffer'),
    release: async () => {
      for (const value of held.values()) value.dispose();
      held.clear();
      await session.release();
    },
  };
}

/** Reads a value that lies on a device: through a graph that copies it, because reading it directly aborts the process (1.30). */
async function fetched(name: string, value: OrtTensor, open: OpenLeaving) {
  const b = new GraphBuilder();
  const there = b.input('there', { elementType: 'float32', shape: value.dims });
  b.output(op.identity(b, there), 'here');
  const session = await open(encodeModel(b.build('fetch')), []);
  try {
    const { here } = await session.run({ there: value });
    if (!here) throw new Error(`"${name}" could not be read from the device.`);
    return float32(value.dims, (here.data as Float32Array).slice()); // declared so
  } finally {
    await session.release();
  }
}
