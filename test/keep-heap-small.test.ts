import { execFileSync } from 'node:child_process';
import { expect, it } from 'vitest';

interface Heap {
  /** Megabytes of the space for young objects. */
  readonly young: number;
  /** The most megabytes that were held at any time. */
  readonly most: number;
}

/** The heap of a process in which some objects live on and many of them only for a while. */
function heapAfter(prelude: string): Heap {
  const code = `${prelude}
    const kept = Array.from({ length: 3e5 }, (_, i) => ({ i, text: 'x' + i }));
    let [living, most] = [[], 0];
    for (let i = 0; i < 4e6; i += 1) {
      living.push({ i });
      if (living.length > 2e5) living = [];
      if (i % 1e5 === 0) most = Math.max(most, process.memoryUsage().heapUsed / 2 ** 20);
    }
    const { getHeapSpaceStatistics } = await import('node:v8');
    const young = getHeapSpaceStatistics().find(({ space_name }) => space_name === 'new_space').space_size / 2 ** 20;
    console.log(JSON.stringify({ young, most, kept: kept.length }));`;
  const args = ['--import', 'tsx', '--input-type=module', '-e', code];
  return JSON.parse(execFileSync(process.execPath, args, { encoding: 'utf8' }));
}

it('the heap stays small in a process that asks for it, and in no other', () => {
  const file = JSON.stringify(new URL('../src/keep-heap-small.ts', import.meta.url).href);
  const onlyYoung = "(await import('node:v8')).setFlagsFromString('--semi-space-growth-factor=1');";
  const small = heapAfter(`(await import(${file})).keepHeapSmall();`);
  expect(small.young).toBeLessThan(heapAfter('').young / 2);
  const most = heapAfter(onlyYoung).most;
  expect(small.most).toBeLessThan(most * 0.85);
});
