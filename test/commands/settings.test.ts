import { describe, expect, it } from 'vitest';
import { RULE_NAMES } from '../../src/contracts/rules.js';
import type { User } from '../../src/playground/world/places.js';
import { type Atelier, eventually, openAtelier } from '../bot/atelier.js';

type Options = Readonly<Record<string, string | number | boolean>>;

async function set(at: Atelier, name: string, options: Options = {}, user: User = at.mod) {
  const outcome = await at.discord.slash({ user, channel: at.channel, name: `settings ${name}`, options });
  expect(outcome.ephemeral).toBe(true);
  return outcome.message?.body.content ?? '';
}

describe('/settings', () => {
  it('shows every rule with the value that holds, to those who rule the server only', async () => {
    const at = await openAtelier({ environment: { MAX_STEPS: '120' } });
    await at.open();
    const shown = await set(at, 'show');
    expect(shown.split('\n')).toHaveLength(1 + RULE_NAMES.length);
    expect(shown).toContain('**channels** · everywhere');
    expect(shown).toContain('**max-steps** · 120');
    expect(await set(at, 'show', {}, at.bob)).toContain('Manage Server');
    expect(await set(at, 'max-steps', { value: 10 }, at.bob)).toContain('Manage Server');
    expect(await set(at, 'max-steps')).toBe('**max-steps** · 120');
  });

  it('says where the bot may not post what it shall post', async () => {
    const at = await openAtelier();
    await at.open();
    const hall = at.discord.addChannel({ guild: at.guild, name: 'hall' });
    const deny = (...names: readonly ('AttachFiles' | 'SendMessages')[]) =>
      at.discord.setChannelRule({ channel: hall, user: at.discord.application.bot, deny: names });
    deny('AttachFiles');
    expect(await set(at, 'log-channel', { value: hall.id })).toBe(`**log-channel** · <#${hall.id}>`);
    expect(await set(at, 'gallery', { value: hall.id })).toContain(
      `may not post in <#${hall.id}>: give me Attach Files`,
    );
    expect((await set(at, 'show')).match(/⚠️/g)).toHaveLength(1);
    deny();
    expect(await set(at, 'show')).not.toContain('⚠️');
  });

  it('bounds what is asked for, and gives who did not say how much no more than that', async () => {
    const at = await openAtelier({ environment: { MAX_STEPS: '120' } });
    const { painter } = await at.open();
    expect(await set(at, 'max-steps', { value: 121 })).toContain('from 1 to 120');
    expect(await set(at, 'max-steps', { value: 9 })).toBe('**max-steps** · 9');
    await at.imagine(at.ada, 'modest');
    await eventually(() => painter.paintings.length === 1);
    expect(painter.current.task.request.steps).toBe(9);
    expect((await at.imagine(at.ada, 'more', { steps: 10 })).message?.body.content).toContain(
      'between 1 and 9',
    );
    expect(await set(at, 'max-steps', { default: true })).toBe('**max-steps** · 120');
  });

  it('says where painting is allowed, threads of a channel included, and who may paint', async () => {
    const at = await openAtelier();
    await at.open();
    const hall = at.discord.addChannel({ guild: at.guild, name: 'hall' });
    const role = at.discord.addRole({ guild: at.guild, user: at.bob, name: 'painters', permissions: [] });
    const paint = async (user: User, channel = hall) => {
      const asked = { user, channel, name: 'imagine', options: { prompt: 'x' } };
      return (await at.discord.slash(asked)).message?.body.content ?? '';
    };
    expect(await set(at, 'channels', { add: at.channel.id })).toContain(`<#${at.channel.id}>`);
    expect(await paint(at.ada)).toContain(`it is in <#${at.channel.id}>`);
    expect(await paint(at.ada, at.channel)).toContain('In line');
    expect(await set(at, 'channels', { remove: at.channel.id })).toContain('everywhere');
    expect(await set(at, 'roles', { add: role.id })).toContain(`<@&${role.id}>`);
    expect(await paint(at.ada)).toContain(`one of these roles may paint here: <@&${role.id}>`);
    expect(await paint(at.bob)).toContain('In line');
  });

  it('forbids words, apart from allowed phrases, to what waits already, too', async () => {
    const at = await openAtelier();
    const { painter } = await at.open();
    painter.become('restarting');
    const { message } = await at.imagine(at.ada, 'a room of gore');
    expect(await set(at, 'blocked-words', { add: 'Gore, blood*' })).toContain('||gore, blood\\*||');
    expect(await set(at, 'allowed-words', { add: 'blood orange' })).toContain('blood orange');
    const refused = await at.imagine(at.bob, 'a BL00D bath');
    expect(refused.message?.body.content).toContain('moderators of this server do not want blood');
    expect((await at.imagine(at.bob, 'a blood orange')).ephemeral).toBe(false);
    painter.become('idle');
    await eventually(() => message?.body.content.includes('moderators of this server do not want gore'));
    const { choices } = await at.discord.autocomplete({
      user: at.mod,
      channel: at.channel,
      name: 'settings blocked-words',
      options: { remove: 'blo' },
      focused: 'remove',
    });
    expect(choices?.map(({ value }) => value)).toEqual(['blood*']);
    expect(await set(at, 'blocked-words', { remove: 'blood*' })).toContain('||gore||');
  });

  it('speaks the language that is set, whatever the server has on Discord', async () => {
    const at = await openAtelier();
    await at.open();
    expect(await set(at, 'language', { value: 'de' })).toContain('German');
    const { message } = await at.imagine(at.ada, 'eine Burg');
    await eventually(() => message?.body.content.includes('Schritte'));
  });
});
