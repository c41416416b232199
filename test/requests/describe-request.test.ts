import { expect, it } from 'vitest';
import { describeRequest } from '../../src/requests/describe-request.js';
import { readRequest } from '../../src/requests/paint-request.js';
import { parsePrompts } from '../../src/requests/prompt-syntax.js';
import { paintRequest } from '../ledger/fixtures.js';

it('a picture tells its prompts with weights and stops, its seed, its model, and the request that gives it again', () => {
  const prompts = parsePrompts('a castle | fog:-0.3 | a moon:2:0.5');
  const request = { ...paintRequest(), prompts, seed: 7 };
  const { prompt, seed, parameters, manifest } = describeRequest(request, 'f'.repeat(64));
  expect(parsePrompts(prompt)).toEqual(prompts);
  expect(seed).toBe(7);
  expect(manifest).toBe('f'.repeat(64));
  expect(readRequest(JSON.parse(parameters))).toEqual(request);
});
