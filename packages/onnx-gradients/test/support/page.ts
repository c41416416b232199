import { decodeModel, differentiateModel, encodeModel } from 'onnx-gradients';
import { env, InferenceSession, Tensor } from 'onnxruntime-web/wasm';

env.wasm.numThreads = 1;
env.wasm.wasmPaths = '/ort/';

/** What a page would do: fetch a network, differentiate it, run what came of it. */
async function differentiate(values: readonly number[]): Promise<readonly number[]> {
  const bytes = new Uint8Array(await (await fetch('/network.onnx')).arrayBuffer());
  const network = decodeModel(bytes, { name: 'network.onnx' });
  const gradients = encodeModel(differentiateModel(network, { of: 'y', wrt: ['x'] }));
  const session = await InferenceSession.create(gradients);
  const tensor = (data: readonly number[]) => new Tensor('float32', Float32Array.from(data), [2, 3]);
  const results = await session.run({ x: tensor(values), 'cotangent/y': tensor([1, 1, 1, 1, 1, 1]) });
  return Array.from(results['gradient/x']?.data as Float32Array);
}

Object.assign(globalThis, { differentiate });
