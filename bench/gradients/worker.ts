/** A child of bench/gradients.ts: opens graphs and runs them once for every message, reporting time and memory. */
import { createRuntime } from '../../src/runtime/create-runtime.js';
import type { GraphWork, Measurement } from './contestant.js';
import { feedsFor } from './feeds.js';
import { timed } from './timed.js';

const { graphs, threads, spinning } = JSON.parse(process.argv[2] ?? '') as GraphWork; // from our own parent
const runtime = createRuntime({ provider: 'cpu', threads, spinning });
const jobs: { readonly run: () => Promise<unknown>; readonly times: number }[] = [];
for (const { path, times, inputs } of graphs) {
  const session = await runtime.open({ model: path });
  const feeds = feedsFor(inputs);
  jobs.push({ run: () => session.run(feeds), times });
}

async function measure(): Promise<Measurement> {
  let [ms, cpuMs] = [0, 0];
  for (const { run, times } of jobs) {
    const once = await timed(run);
    ms += times * once.ms;
    cpuMs += times * once.cpuMs;
  }
  return { ms, cpuMs, peakBytes: process.resourceUsage().maxRSS * 1024 };
}

process.on('message', async () => {
  process.send?.(await measure());
});
process.send?.({ version: runtime.version });
