import { readFileSync, existsSync } from 'node:fs';
import { join } from 'node:path';
import { afterAll, expect, it } from 'vitest';
import { openReport } from '../../../src/train/report/report.js';
import { temporaryFolder } from '../support.js';

const { folder, remove } = temporaryFolder();
afterAll(remove);

it('shows the sheets of all measures, the latest first, and forgets what a run that goes on repeats', async () => {
  const measured = (step: number) => ({ type: 'measured', step, metrics: { psnr: step } }) as const;
  const first = openReport({ folder, name: 'vqgan', from: 0, steps: 30 });
  for (const step of [9, 10, 20]) {
    first.add(measured(step));
    await first.draw(Buffer.from(`sheet of ${step}`));
  }
  const page = () => readFileSync(join(folder, 'index.html'), 'utf8');
  expect([...page().matchAll(/src="([a-z/0-9]+\.png)/g)].map(([, file]) => file)).toEqual([
    ...['curves.png', 'sheet.png', 'sheets/10.png', 'sheets/9.png'],
  ]);
  expect(readFileSync(join(folder, 'sheet.png'), 'utf8')).toBe('sheet of 20');

  const again = openReport({ folder, name: 'vqgan', from: 9, steps: 30 });
  expect(readFileSync(join(folder, 'log.jsonl'), 'utf8').trim().split('\n')).toHaveLength(1);
  again.add(measured(10));
  await again.draw(Buffer.from('sheet again'));
  expect(page()).toContain('step 10 of 30');
  expect(existsSync(join(folder, 'sheets', '20.png'))).toBe(false);
  expect(existsSync(join(folder, 'sheets', '9.png'))).toBe(true);
});
