import { describe, expect, it } from 'vitest';
import { commands } from '../../../commands/index.js';
import { differenceOf } from '../../../src/discord/asking/register-commands.js';

type Bodies = Parameters<typeof differenceOf>[0];

const ours = commands.map(({ data }) => data);

/** What Discord answers for commands it was told: bookkeeping added, defaults spelt out. */
function asDiscordHasThem(bodies: Bodies = ours) {
  return bodies.map((body, index) => ({
    id: String(index),
    application_id: '1',
    version: '2',
    nsfw: false,
    default_member_permissions: null,
    dm_permission: true,
    name_localizations: null,
    description_localizations: null,
    ...body,
    options:
      ('options' in body ? body.options : undefined)?.map((option) => ({
        required: false,
        name_localizations: null,
        ...option,
      })) ?? [],
  })) as unknown as Bodies;
}

const changed = (change: (body: Record<string, unknown>) => void) => {
  const [first, ...others] = structuredClone(asDiscordHasThem()) as unknown as Record<string, unknown>[];
  if (first) change(first);
  return [first, ...others] as unknown as Bodies;
};

const NONE = { added: [], changed: [], removed: [] };

describe('comparing commands with those Discord has', () => {
  it('sees no difference in what Discord adds, nor in the order', () => {
    expect(differenceOf(ours, asDiscordHasThem())).toEqual(NONE);
    expect(differenceOf(ours, [...asDiscordHasThem()].reverse())).toEqual(NONE);
  });

  it.each([
    ['nothing known', []],
    ['one missing', asDiscordHasThem().slice(1)],
    ['one too many', [...asDiscordHasThem(), { name: 'x', description: 'y', type: 1 } as Bodies[number]]],
    ['another description', changed((body) => Object.assign(body, { description: 'old' }))],
    ['an option less', changed((body) => (body['options'] as unknown[]).pop())],
    ['options in another order', changed((body) => (body['options'] as unknown[]).reverse())],
    [
      'a permission we do not ask for',
      changed((body) => Object.assign(body, { default_member_permissions: '8' })),
    ],
    ['other contexts', changed((body) => Object.assign(body, { contexts: [0] }))],
    [
      'a bound of an option',
      changed((body) => Object.assign((body['options'] as object[])[0] ?? {}, { max_length: 9 })),
    ],
    ['age restriction', changed((body) => Object.assign(body, { nsfw: true }))],
  ])('sees %s', (_, known) => {
    expect(differenceOf(ours, known)).not.toEqual(NONE);
  });
});
