import { describe, expect, it } from 'vitest';
import { openAtelier } from './atelier.js';
import { requiredOf, type Values, WAYS } from './ways.js';

const ROLES = ['member', 'moderator', 'operator'] as const;
type Role = (typeof ROLES)[number];

/** Who may give a command: everybody, who moderates the server, or who runs the bot. */
type Need = Role;

/** Every command with what it needs. One that is missing here fails the test below. */
const NEEDS: Readonly<Record<string, Need>> = {
  ...Object.fromEntries(
    ['imagine', 'queue', 'show', 'me', 'styles', 'cancel', 'help', 'stats', 'report'].map((name) => [
      name,
      'member',
    ]),
  ),
  'privacy export': 'member',
  'privacy delete': 'member',
  'queue-admin front': 'operator',
};
const MODERATED = ['queue-admin', 'mod', 'settings'];

/** What is said to those who may not. */
const REFUSALS = /Manage Server permission|Only the people who run this bot|Only moderators/;

const needOf = (name: string): Need | undefined =>
  NEEDS[name] ?? (MODERATED.includes(name.split(' ')[0] ?? '') ? 'moderator' : undefined);
const isEnough = (role: Role, need: Need) => ROLES.indexOf(role) >= ROLES.indexOf(need);

describe('who may give which command', () => {
  it('is said here of every command', () => {
    expect(WAYS.filter(({ name }) => needOf(name) === undefined)).toEqual([]);
    expect(WAYS.length).toBeGreaterThan(35);
  });

  it.each(ROLES)('holds for every command given by a %s, `everywhere` by operators only', async (role) => {
    const at = await openAtelier();
    const { painter } = await at.open();
    painter.become('restarting');
    const users = { member: at.bob, moderator: at.mod, operator: at.operator };
    const values: Values = {
      ...{ prompt: 'an apple', user: at.ada.id, job: 'nothing', picture: 'nothing', sure: false, place: 1 },
    };
    const wrong: string[] = [];
    for (const way of WAYS) {
      const { name, options } = way;
      const given = requiredOf(way, values);
      const tries = [{ given, need: needOf(name) ?? 'operator' }];
      if (options.some((option) => option.name === 'everywhere')) {
        tries.push({ given: { ...given, everywhere: true }, need: 'operator' });
      }
      for (const { given: options, need } of tries) {
        const asked = { user: users[role], channel: at.channel, name, options };
        const { message } = await at.discord.slash(asked);
        const isRefused = REFUSALS.test(message?.body.content ?? '');
        if (isRefused === isEnough(role, need)) wrong.push(`${name} ${JSON.stringify(options)}`);
      }
    }
    expect(wrong).toEqual([]);
  });
});
