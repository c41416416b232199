import { describe, expect, it } from 'vitest';
import { isContinuedBy, withMoreSteps } from '../../src/requests/more-steps.js';
import { readRequest } from '../../src/requests/paint-request.js';
import { paintRequest } from '../ledger/fixtures.js';

const short = paintRequest({ steps: 40 });

describe('more steps', () => {
  it('are noted in legs, each where the painting had ended', () => {
    const long = withMoreSteps(withMoreSteps(short, 60), 100);
    expect(long).toEqual({ ...short, steps: 100, legs: [40, 60] });
    expect(readRequest(JSON.parse(JSON.stringify(long)))).toEqual(long);
    expect(withMoreSteps(short, 40)).toBe(short);
  });

  it.each([39, 2001])('are refused where they are none or too many: %i', (steps) => {
    expect(() => withMoreSteps(short, steps)).toThrow(
      `Expected \`steps\` to be a whole number between 40 and 2000 for a painting of 40 steps, got \`${steps}\`.`,
    );
  });

  it.each([[[]], [[40]], [[7, 7]], [[9, 8]]])('are refused in a request whose legs are %j', (legs) => {
    expect(() => readRequest({ ...short, legs })).toThrow('Expected `legs`');
  });
});

describe('a painting', () => {
  it('is continued by the same request, one with more steps, and one shown otherwise', () => {
    const later = [short, withMoreSteps(short, 50), { ...short, upscale: 4 as const, frames: {} }];
    for (const request of later) expect(isContinuedBy(short, request)).toBe(true);
    expect(isContinuedBy(withMoreSteps(short, 50), withMoreSteps(withMoreSteps(short, 50), 60))).toBe(true);
  });

  it('is not continued by anything else', () => {
    const others = [
      { ...short, steps: 50 },
      { ...short, seed: short.seed + 1 },
      { ...short, steps: 50, legs: [41] },
    ];
    for (const request of others) expect(isContinuedBy(short, request)).toBe(false);
    expect(isContinuedBy(withMoreSteps(short, 50), short)).toBe(false);
  });
});
