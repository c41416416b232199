import { describe, expect, it } from 'vitest';
import { BUTTON_VERBS, formatButtonId, parseButtonId } from '../../../src/discord/asking/custom-id.js';
import { JOB_ID } from '../support.js';

describe('a button id', () => {
  it.each(BUTTON_VERBS)('comes back as it went: %s', (verb) => {
    const id = formatButtonId({ verb, jobId: JOB_ID });
    expect(id.length).toBeLessThanOrEqual(100);
    expect(parseButtonId(id)).toEqual({ verb, jobId: JOB_ID });
  });

  it.each([
    '',
    'again',
    `v2:again:${JOB_ID}`,
    `v1:paint:${JOB_ID}`,
    'v1:again:',
    `v1:again:${JOB_ID}:more`,
    `v1:again:${JOB_ID.toUpperCase()}`,
    `V1:AGAIN:${JOB_ID}`,
    `v1:again:${JOB_ID}\n`,
    `v1:constructor:${JOB_ID}`,
  ])('of another make is refused: %j', (customId) => {
    expect(parseButtonId(customId)).toBeUndefined();
  });
});
