/**
 * A child of bench/gradients.ts: the floor. For every message it opens the graph of each product, one after the other so
 * that no other session's threads or memory are in its way, runs it warm several times in a row, and takes the fastest run.
 */
import { createRuntime } from '../../src/runtime/create-runtime.js';
import type { GraphWork, Measurement } from './contestant.js';
import { feedsFor } from './feeds.js';
import { timed } from './timed.js';

/** Runs in a row: at least three, then until the time is over, but no more than twenty. */
const RUNS = { least: 3, most: 20, ms: 100 };

const { graphs, threads, spinning } = JSON.parse(process.argv[2] ?? '') as GraphWork; // from our own parent
const runtime = createRuntime({ provider: 'cpu', threads, spinning });

/**
 * Each product's part of its session's time. The rest is bringing operands into the order that the kernel wants and back,
 * which a larger graph may share among nodes or save.
 */
const parts = new Map<string, number>();
for (const { path, inputs } of graphs) {
  const nodes = await runtime.profile({ model: path }, feedsFor(inputs), RUNS.least);
  const total = nodes.reduce((sum, { ms }) => sum + ms, 0);
  const product = nodes.filter(({ opType }) => /Conv|Gemm|MatMul/.test(opType));
  parts.set(path, product.reduce((sum, { ms }) => sum + ms, 0) / total);
}

async function fastest({ path, inputs }: GraphWork['graphs'][number]) {
  const session = await runtime.open({ model: path });
  const feeds = feedsFor(inputs);
  const run = () => session.run(feeds);
  try {
    await run();
    const [times, start] = [[await timed(run)], performance.now()];
    while (times.length < RUNS.least || (times.length < RUNS.most && performance.now() - start < RUNS.ms)) {
      times.push(await timed(run));
    }
    return {
      ms: Math.min(...times.map(({ ms }) => ms)),
      cpuMs: Math.min(...times.map(({ cpuMs }) => cpuMs)),
    };
  } finally {
    await session.release();
  }
}

async function measure(): Promise<Measurement> {
  let [ms, cpuMs] = [0, 0];
  for (const graph of graphs) {
    const best = await fastest(graph);
    const weight = graph.times * (parts.get(graph.path) ?? 1);
    ms += weight * best.ms;
    cpuMs += weight * best.cpuMs;
  }
  return { ms, cpuMs, peakBytes: process.resourceUsage().maxRSS * 1024 };
}

process.on('message', async () => {
  process.send?.(await measure());
});
process.send?.({ version: runtime.version });
