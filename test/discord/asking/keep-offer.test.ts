import { pino } from 'pino';
import { expect, test } from 'vitest';
import { keepOffer } from '../../../src/discord/asking/keep-offer.js';

function stage() {
  const timers: (() => void)[] = [];
  const facts = { found: 'one', offers: 0, isDown: false };
  const keep = () =>
    keepOffer({
      look: async () => facts.found,
      offer: async () => {
        if (facts.isDown) throw new Error('Discord is away.');
        facts.offers += 1;
        return true;
      },
      clock: {
        ...{ now: () => 0, monotonic: () => 0 },
        after: (_, task) => {
          timers.push(task);
          return () => timers.splice(timers.indexOf(task), 1);
        },
      },
      log: pino({ level: 'silent' }),
    });
  /** Lets the time pass until it looks again, and has looked. */
  const pass = async () => {
    timers.shift()?.();
    await new Promise(setImmediate);
  };
  return { facts, keep, pass, timers };
}

test('offers once, and anew only when there is something else to offer', async () => {
  const { facts, keep, pass } = stage();
  expect((await keep()).isChanged).toBe(true);
  await pass();
  expect(facts.offers).toBe(1);
  facts.found = 'several';
  await pass();
  await pass();
  expect(facts.offers).toBe(2);
});

test('tries again where Discord could not be told, and looks no more once it is stopped', async () => {
  const { facts, keep, pass, timers } = stage();
  const { stop } = await keep();
  Object.assign(facts, { found: 'several', isDown: true });
  await pass();
  facts.isDown = false;
  await pass();
  expect(facts.offers).toBe(2);
  stop();
  expect(timers).toEqual([]);
});
