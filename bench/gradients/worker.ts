/** A child of bench/gradients.ts: opens graphs and runs them once for every message, reporting time and memory. */
import { performance } from 'node:perf_hooks';
import { tensor } from '../../src/onnx/tensor.js';
import { createRuntime } from '../../src/runtime/create-runtime.js';
import type { Feeds } from '../../src/runtime/runtime.js';
import type { GraphWork, Measurement } from './contestant.js';

const { graphs, threads, spinning } = JSON.parse(process.argv[2] ?? '') as GraphWork; // from our own parent
const runtime = createRuntime({ provider: 'cpu', threads, spinning });
const jobs: { readonly run: () => Promise<unknown>; readonly times: number }[] = [];
for (const { path, times, inputs } of graphs) {
  const session = await runtime.open({ model: path });
  const feeds: Feeds = Object.fromEntries(inputs.map((input) => [input.name, noise(input)]));
  jobs.push({ run: () => session.run(feeds), times });
}

/** Positive numbers below 1 for floats, 0 for integers (offsets). */
function noise({ elementType, shape }: GraphWork['graphs'][number]['inputs'][number]) {
  const length = shape.reduce((product, dimension) => product * dimension, 1);
  if (elementType === 'int64') return tensor('int64', shape, new BigInt64Array(length));
  return tensor(
    'float32',
    shape,
    Float32Array.from({ length }, (_, index) => ((index * 0x9e3779b1) >>> 0) / 2 ** 32),
  );
}

async function measure(): Promise<Measurement> {
  let [ms, cpuMs] = [0, 0];
  for (const { run, times } of jobs) {
    const [cpu, start] = [process.cpuUsage(), performance.now()];
    await run();
    ms += times * (performance.now() - start);
    const { user, system } = process.cpuUsage(cpu);
    cpuMs += (times * (user + system)) / 1000;
  }
  return { ms, cpuMs, peakBytes: process.resourceUsage().maxRSS * 1024 };
}

process.on('message', async () => {
  process.send?.(await measure());
});
process.send?.({ version: runtime.version });
