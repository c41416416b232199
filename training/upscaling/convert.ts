/**
 * Makes models/upscaling, the network for twice as wide and high, from the npm package @upscalerjs/esrgan-slim: `npx tsx training/upscaling/convert.ts FOLDER`,
 * where FOLDER is the unpacked package. Kernels of TensorFlow.js stand as [height, width, in, out]; ours as [out, in, height,
 * width].
 */
import { copyFile, mkdir, readFile } from 'node:fs/promises';
import { join } from 'node:path';
import type { StoredTensor } from '../../src/checkpoints/checkpoint.js';
import { writeSafetensors } from '../../src/checkpoints/safetensors/write-safetensors.js';
import { float32 } from 'onnx-gradients/graph';
import { packageRoot } from '../../src/package-root.js';

interface LayersModel {
  readonly weightsManifest: readonly [
    { readonly paths: readonly [string]; readonly weights: readonly { readonly name: string; readonly shape: number[] }[] },
  ];
}

const [source] = process.argv.slice(2);
if (source === undefined) throw new Error('Expected the folder of the unpacked package @upscalerjs/esrgan-slim.');
const target = join(packageRoot(), 'models', 'upscaling');
await mkdir(target, { recursive: true });
await copyFile(join(source, 'LICENSE'), join(target, 'LICENSE'));
for (const factor of [2]) {
  const folder = join(source, 'models', `x${factor}`);
  const model: LayersModel = JSON.parse(await readFile(join(folder, 'model.json'), 'utf8'));
  const [{ paths, weights }] = model.weightsManifest;
  const bytes = await readFile(join(folder, paths[0]));
  const tensors = new Map<string, StoredTensor>();
  let at = 0;
  for (const { name, shape } of weights) {
    const count = shape.reduce((product, side) => product * side, 1);
    const values = new Float32Array(bytes.buffer.slice(bytes.byteOffset + at, bytes.byteOffset + at + 4 * count));
    at += 4 * count;
    const [layer = '', kind] = name.split('/');
    const isKernel = kind === 'kernel';
    const tensor = isKernel ? outFirst(shape, values) : float32(shape, values);
    tensors.set(`${layer}.${isKernel ? 'weight' : 'bias'}`, { ...tensor, read: () => tensor });
  }
  const path = join(target, `esrgan-slim-x${factor}.safetensors`);
  const metadata = { source: '@upscalerjs/esrgan-slim 1.0.0', licence: 'MIT', factor: String(factor) };
  console.log(path, await writeSafetensors({ path, tensors, metadata }));
}

function outFirst([height = 1, width = 1, inner = 1, out = 1]: readonly number[], values: Float32Array) {
  const turned = new Float32Array(values.length);
  for (let o = 0; o < out; o += 1) {
    for (let i = 0; i < inner; i += 1) {
      for (let y = 0; y < height; y += 1) {
        for (let x = 0; x < width; x += 1) {
          turned[((o * inner + i) * height + y) * width + x] = values[((y * width + x) * inner + i) * out + o] ?? 0;
        }
      }
    }
  }
  return float32([out, inner, height, width], turned);
}
