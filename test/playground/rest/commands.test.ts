import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { createDiscord, type Discord } from '../../../src/playground/discord.js';
import { api, lastInteraction, settle } from '../api.js';

const option = (name: string, more: object = {}) => ({ type: 3, name, description: 'What', ...more });
const command = (name: string, ...options: readonly object[]) => ({ name, description: 'Does', options });

/** Commands Discord refuses: what is wrong, the command, where. */
const WRONG: readonly [what: string, body: object, path: string][] = [
  ['a capital in its name', command('Imagine'), '0.name'],
  ['a space in its name', command('queue admin'), '0.name'],
  ['a name of 33', command('x'.repeat(33)), '0.name'],
  ['no description', { name: 'imagine' }, '0.description'],
  ['a description of 101', { name: 'imagine', description: 'x'.repeat(101) }, '0.description'],
  ['26 options', command('imagine', ...Array.from({ length: 26 }, (_, n) => option(`o${n}`))), '0.options'],
  [
    '26 choices',
    command(
      'imagine',
      option('o', { choices: Array.from({ length: 26 }, (_, n) => ({ name: `${n}`, value: `${n}` })) }),
    ),
    '0.options.0.choices',
  ],
  [
    'a choice twice',
    command(
      'imagine',
      option('o', {
        choices: [
          { name: 'a', value: 'x' },
          { name: 'b', value: 'x' },
        ],
      }),
    ),
    '0.options.0.choices.1',
  ],
  ['an option twice', command('imagine', option('o'), option('o')), '0.options.1'],
  [
    'a required option after one that is not',
    command('imagine', option('a'), option('b', { required: true })),
    '0.options.1',
  ],
  [
    'sub-commands beside options',
    command('queue', { type: 1, name: 'pause', description: 'Stops' }, option('a')),
    '0.options.1',
  ],
  [
    'choices and autocomplete',
    command('imagine', option('a', { autocomplete: true, choices: [{ name: 'a', value: 'a' }] })),
    '0.options.0.choices',
  ],
  [
    'bounds upside down',
    command('imagine', { type: 4, name: 'n', description: 'N', min_value: 5, max_value: 4 }),
    '0.options.0.min_value',
  ],
  [
    'a bad name in a sub-command',
    command('queue', { type: 1, name: 'pause', description: 'Stops', options: [option('Bad')] }),
    '0.options.0.options.0.name',
  ],
  ['a description in a menu', { type: 3, name: 'Quote this', description: 'Quotes' }, '0.description'],
  ['options in a menu', { type: 2, name: 'Wave at', options: [option('o')] }, '0.options'],
  [
    'permissions that are no number',
    { ...command('imagine'), default_member_permissions: 'ManageGuild' },
    '0.default_member_permissions',
  ],
];

describe('application commands', () => {
  let discord: Discord;
  let commands: string;

  beforeEach(async () => {
    discord = await createDiscord({ rateLimits: false });
    commands = `/applications/${discord.application.id}/commands`;
  });
  afterEach(() => discord.close());

  it('of a guild do not echo where they are offered', async () => {
    const { guild } = settle(discord);
    const body = { name: 'imagine', description: 'Paints', contexts: [0], integration_types: [0] };
    const path = `/applications/${discord.application.id}/guilds/${guild.id}/commands`;
    const { body: answer } = await api(discord, `POST ${path}`, { body });
    expect(answer.contexts).toBeNull();
    expect(answer).not.toHaveProperty('integration_types');
    expect((await api(discord, `POST ${commands}`, { body })).body).toMatchObject({ contexts: [0] });
  });

  it.each(WRONG)('are refused for %s', async (_, body, path) => {
    const { status, body: answer } = await api(discord, `PUT ${commands}`, { body: [body] });
    expect(status).toBe(400);
    const leaf = path.split('.').reduce((node, key) => node?.[key], answer.errors);
    expect(leaf?._errors?.length, JSON.stringify(answer)).toBeGreaterThan(0);
    expect(discord.violations).toHaveLength(1);
    expect(discord.world.commands.size).toBe(0);
  });

  it('share a name where they are of different types, fifteen in the menu of each', async () => {
    const menu = (type: number, name: string) => ({ type, name });
    const put = await api(discord, `PUT ${commands}`, {
      body: [command('quote'), menu(2, 'quote'), menu(3, 'quote'), menu(3, 'Quote')],
    });
    expect(put.status).toBe(200);
    const post = (type: number, name: string) => api(discord, `POST ${commands}`, { body: { type, name } });
    for (let n = 0; n < 13; n += 1) expect((await post(3, `More ${n}`)).status).toBe(201);
    expect((await post(3, 'One too many')).body).toMatchObject({
      code: 30032,
      message: 'Maximum number of application commands reached (15).',
    });
    const many = Array.from({ length: 16 }, (_, n) => menu(2, `Wave ${n}`));
    expect((await api(discord, `PUT ${commands}`, { body: many })).body.code).toBe(30032);
    expect((await post(3, 'quote')).status).toBe(200);
    expect((await post(2, 'Wave at')).status).toBe(201);
  });

  it('are refused when two of a list share a name', async () => {
    const { body } = await api(discord, `PUT ${commands}`, { body: [command('a'), command('a')] });
    expect(body.errors[1]._errors[0].code).toBe('APPLICATION_COMMANDS_DUPLICATE_NAME');
  });

  it('keep their ids when a list replaces them, and change their version', async () => {
    const [before] = (await api(discord, `PUT ${commands}`, { body: [command('a'), command('b')] })).body;
    const after = (await api(discord, `PUT ${commands}`, { body: [command('c'), command('a', option('o'))] }))
      .body;
    expect(after.map(({ name }: { name: string }) => name)).toEqual(['c', 'a']);
    expect(after[1].id).toBe(before.id);
    expect(after[1].version).not.toBe(before.version);
    expect((await api(discord, `GET ${commands}`)).body).toHaveLength(2);
  });

  it('come back without their options’ defaults, and with localizations only on demand', async () => {
    const names = { de: 'malen' };
    const wanted = option('o', {
      required: false,
      autocomplete: false,
      choices: [],
      name_localizations: names,
    });
    const put = await api(discord, `PUT ${commands}`, {
      body: [{ ...command('a', wanted), name_localizations: names }],
    });
    const told = { type: 3, name: 'o', description: 'What' };
    expect(put.body[0].options).toEqual([{ ...told, name_localizations: names }]);
    const [short] = (await api(discord, `GET ${commands}`)).body;
    expect(short.options).toEqual([told]);
    expect(short).not.toHaveProperty('name_localizations');
    const [long] = (await api(discord, `GET ${commands}?with_localizations=true`)).body;
    expect(long).toMatchObject({ name_localizations: names, integration_types: [0], contexts: null });
  });

  it('are created, changed and deleted one by one', async () => {
    const created = await api(discord, `POST ${commands}`, {
      body: { ...command('a'), default_member_permissions: '32' },
    });
    expect(created).toMatchObject({
      status: 201,
      body: { name: 'a', default_member_permissions: '32', type: 1 },
    });
    expect((await api(discord, `POST ${commands}`, { body: command('a') })).status).toBe(200);
    const path = `${commands}/${created.body.id}`;
    const changed = await api(discord, `PATCH ${path}`, { body: { description: 'Other' } });
    expect(changed.body).toMatchObject({ name: 'a', description: 'Other' });
    expect((await api(discord, `PATCH ${path}`, { body: { name: 'b' } })).body.description).toBe('Other');
    expect(
      (await api(discord, `PATCH ${path}`, { body: { name: 'B' } })).body.errors.name._errors,
    ).toHaveLength(1);
    expect((await api(discord, `DELETE ${path}`)).status).toBe(204);
    expect((await api(discord, `GET ${path}`)).body.code).toBe(10063);
  });

  it('of a guild go before the global ones and stay in it', async () => {
    const { guild, channel, ada } = settle(discord);
    const own = `/applications/${discord.application.id}/guilds/${guild.id}/commands`;
    await api(discord, `PUT ${commands}`, { body: [command('a')] });
    const [local] = (await api(discord, `PUT ${own}`, { body: [command('a')] })).body;
    const outcome = discord.slash({ user: ada, channel, name: 'a' });
    const { id, token } = lastInteraction(discord);
    await api(discord, `POST /interactions/${id}/${token}/callback`, { body: { type: 5 } });
    await outcome;
    expect(local.guild_id).toBe(guild.id);
    expect((await api(discord, `GET /applications/1/commands`)).body.code).toBe(10002);
  });
});
