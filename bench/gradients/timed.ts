import { performance } from 'node:perf_hooks';

/** How long one call took by the clock, and of processor time over all threads. */
export async function timed(
  run: () => Promise<unknown>,
): Promise<{ readonly ms: number; readonly cpuMs: number }> {
  const [cpu, start] = [process.cpuUsage(), performance.now()];
  await run();
  const ms = performance.now() - start;
  const { user, system } = process.cpuUsage(cpu);
  return { ms, cpuMs: (user + system) / 1000 };
}
