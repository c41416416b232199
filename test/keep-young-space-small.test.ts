import { execFileSync } from 'node:child_process';
import { expect, it } from 'vitest';

/** Megabytes of the space for young objects after many of them lived for a while. */
function youngSpace(prelude: string): number {
  const code = `${prelude}
    const living = [];
    for (let i = 0; i < 4e6; i += 1) { living.push({ i }); if (living.length > 2e5) living.length = 0; }
    const { getHeapSpaceStatistics } = await import('node:v8');
    console.log(getHeapSpaceStatistics().find(({ space_name }) => space_name === 'new_space').space_size / 2 ** 20);`;
  const args = ['--import', 'tsx', '--input-type=module', '-e', code];
  return Number(execFileSync(process.execPath, args, { encoding: 'utf8' }));
}

it('the space for young objects stays small in a process that asks for it, and in no other', () => {
  const file = JSON.stringify(new URL('../src/keep-young-space-small.ts', import.meta.url).href);
  const small = youngSpace(`(await import(${file})).keepYoungSpaceSmall();`);
  expect(small).toBeLessThan(youngSpace('') / 2);
});
