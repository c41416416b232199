import { describe, expect, it } from 'vitest';
import { msUntilTaken, StepClock, stepKind } from '../../../src/jobs/line/step-clock.js';
import { paintRequest } from '../../ledger/fixtures.js';

describe('StepClock', () => {
  const small = paintRequest({ width: 64, height: 64 });
  const large = paintRequest({ width: 128, height: 128 });

  it('knows nothing before the first measure', () => {
    const clock = new StepClock();
    expect([clock.isEmpty, clock.stepMs(stepKind(small)), clock.remainingMs(small)]).toEqual([
      true,
      undefined,
      undefined,
    ]);
  });

  it('moves its mean slowly, so that one slow step does not shake the countdown', () => {
    const clock = new StepClock();
    clock.note(small, 100);
    expect(clock.note(small, 1100)).toBeCloseTo(200);
    expect(clock.remainingMs(small, 4)).toBeCloseTo(6 * 200);
    expect(clock.remainingMs(small, 99)).toBe(0);
  });

  it('scales a size it never saw by its pixels, from the nearest of the same model', () => {
    const other = { ...small, model: 'other' };
    const clock = new StepClock(
      new Map([
        [stepKind(small), 10],
        [stepKind(other), 1000],
        [stepKind({ ...small, width: 32, height: 32 }), 5],
      ]),
    );
    expect(clock.stepMs(stepKind(large))).toBe(40);
    expect(clock.stepMs(stepKind({ ...large, model: 'other' }))).toBe(4000);
    expect(clock.stepMs(stepKind({ ...small, model: 'third' }))).toBeDefined();
  });
});

describe('msUntilTaken', () => {
  it.each([
    { busy: [], work: 0, ms: undefined },
    { busy: [500], work: 0, ms: 500 },
    { busy: [500], work: 100, ms: 600 },
    { busy: [500, 100], work: 0, ms: 100 },
    { busy: [500, 100], work: 400, ms: 500 },
    { busy: [500, 100], work: 600, ms: 600 },
    { busy: [0, 0, 900], work: 1000, ms: 500 },
  ])('is $ms for lanes busy $busy and work $work', ({ busy, work, ms }) => {
    expect(msUntilTaken(busy, work)).toBe(ms);
  });
});
