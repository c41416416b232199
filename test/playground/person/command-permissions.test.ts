import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { createDiscord, type Discord } from '../../../src/playground/discord.js';
import { allChannels } from '../../../src/playground/world/may-use.js';
import type { CommandPermission } from '../../../src/playground/world/places.js';
import { api, lastInteraction, settle } from '../api.js';

describe('a command whose permissions a server’s admins have changed', () => {
  let discord: Discord;
  let place: ReturnType<typeof settle>;
  let command: string;

  beforeEach(async () => {
    discord = await createDiscord({ rateLimits: false });
    place = settle(discord);
    const body = { name: 'rule', description: 'Rules', default_member_permissions: '32' };
    const answer = await api(discord, `POST /applications/${discord.application.id}/commands`, { body });
    command = answer.body.id;
  });
  afterEach(() => discord.close());

  const say = (...said: readonly CommandPermission[]) => place.guild.commandPermissions.set(command, said);
  const tries = async (user = place.ada) => {
    try {
      const sent = discord.slash({ user, channel: place.channel, name: 'rule' });
      // Whoever may not, hears so before anything is sent.
      await Promise.race([sent, new Promise(setImmediate)]);
      const { id, token } = lastInteraction(discord);
      await api(discord, `POST /interactions/${id}/${token}/callback`, { body: { type: 5 } });
      return (await sent).kind;
    } catch (error) {
      return (error as Error).message;
    }
  };
  const ROLE = 'role' as const;

  it('is for those the bot suggested, until they say otherwise', async () => {
    expect(await tries()).toContain('to be allowed /rule');
    const mod = discord.addUser({ name: 'Mo', guilds: [place.guild], permissions: ['ManageGuild'] });
    expect(await tries(mod)).toBe('deferred');
    say({ id: place.guild.id, kind: ROLE, allowed: true });
    expect(await tries()).toBe('deferred');
    say({ id: place.guild.id, kind: ROLE, allowed: false });
    expect(await tries(mod)).toContain('to be allowed /rule');
  });

  it('weighs a person’s own word more than their roles’, and that more than everybody’s', async () => {
    const mod = discord.addUser({ name: 'Mo', guilds: [place.guild], permissions: ['KickMembers'] });
    const role = place.guild.members.get(mod.id)?.roles[0] ?? '';
    const everybody = { id: place.guild.id, kind: ROLE, allowed: false };
    say(everybody, { id: role, kind: ROLE, allowed: true });
    expect(await tries(mod)).toBe('deferred');
    say(everybody, { id: role, kind: ROLE, allowed: true }, { id: mod.id, kind: 'user', allowed: false });
    expect(await tries(mod)).toContain('to be allowed /rule');
  });

  it('can be kept to some channels, which does not concern administrators', async () => {
    const everybody = { id: place.guild.id, kind: ROLE, allowed: true };
    const nowhere = { id: allChannels(place.guild), kind: 'channel' as const, allowed: false };
    say(everybody, nowhere);
    expect(await tries()).toContain('to be allowed /rule');
    const admin = discord.addUser({ name: 'Al', guilds: [place.guild], permissions: ['Administrator'] });
    expect(await tries(admin)).toBe('deferred');
    say(everybody, nowhere, { id: place.channel.id, kind: 'channel', allowed: true });
    expect(await tries()).toBe('deferred');
  });

  it('shows the bot what they said', async () => {
    const path = `/applications/${discord.application.id}/guilds/${place.guild.id}/commands`;
    expect(await api(discord, `GET ${path}/${command}/permissions`)).toMatchObject({ body: { code: 10066 } });
    say({ id: place.guild.id, kind: ROLE, allowed: true });
    const said = {
      id: command,
      guild_id: place.guild.id,
      permissions: [{ id: place.guild.id, type: 1, permission: true }],
    };
    expect((await api(discord, `GET ${path}/${command}/permissions`)).body).toMatchObject(said);
    expect((await api(discord, `GET ${path}/permissions`)).body).toMatchObject([said]);
  });
});
