import { describe, expect, it } from 'vitest';
import { createWaiting } from '../../src/playground/waiting.js';

describe('waiting for something to become the case', () => {
  it('ends at once, or with the change that brings it about, with the value found', async () => {
    const { until, changed } = createWaiting();
    expect(await until(() => 'there')).toBe('there');
    let value: number | undefined;
    const found = until(() => value);
    changed();
    value = 0;
    changed();
    expect(await found).toBe(0);
  });

  it('gives up with a sentence that says what for', async () => {
    const { until } = createWaiting();
    await expect(until(() => false, { timeoutMs: 5, what: 'the picture' })).rejects.toThrow(
      'Within 5 ms there was no sign of the picture.',
    );
  });

  it('ends with what the check throws', async () => {
    const { until, changed } = createWaiting();
    let broken = false;
    const found = until(() => {
      if (broken) throw new Error('no such message');
      return undefined;
    });
    broken = true;
    changed();
    await expect(found).rejects.toThrow('no such message');
  });
});
