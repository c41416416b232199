import { mkdtempSync, readdirSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { beforeEach, describe, expect, it, onTestFinished } from 'vitest';
import { createDiscord } from '../../../src/playground/discord.js';
import { worldFile } from '../../../src/playground/keep/world-file.js';
import { settle } from '../api.js';
import { manualClock } from '../manual-clock.js';

const PNG = new Uint8Array([1, 2, 3, 255]);

async function open(settings: Parameters<typeof createDiscord>[0] = {}) {
  const discord = await createDiscord(settings);
  onTestFinished(() => discord.close());
  return discord;
}

describe('a world on disk', () => {
  let folder: string;
  beforeEach(() => {
    folder = mkdtempSync(join(tmpdir(), 'easel-world-'));
    onTestFinished(() => rmSync(folder, { recursive: true }));
  });

  it('comes back with everything in it, each thing once, and gives out newer ids', async () => {
    const before = await open();
    const { channel, ada, guild } = settle(before);
    const message = before.say({
      user: ada,
      channel,
      content: 'x',
      files: [{ filename: 'a.png', bytes: PNG }],
    });
    const reply = before.say({ user: ada, channel, content: 'y', replyTo: message });
    before.react({ user: ada, message, emoji: '🔁' });
    before.createThread({ parent: channel, name: 'thread', owner: ada });
    worldFile(folder).write(before.world, { note: 'kept' });

    const kept = worldFile<{ note: string }>(folder).read();
    expect(kept?.extra).toEqual({ note: 'kept' });
    const after = await open(kept === undefined ? {} : { state: kept.state });
    const [first, second] = [...after.world.messages.values()];
    expect(first?.body.attachments[0]?.bytes).toEqual(PNG);
    expect(second?.replyTo).toBe(first);
    expect(first?.channel).toBe(after.world.channels.get(channel.id));
    expect(first?.reactions.get('🔁')).toEqual([after.world.users.get(ada.id)]);
    expect(after.token).toBe(before.token);
    expect(after.world.guilds.get(guild.id)?.roles.size).toBe(guild.roles.size);
    const next = after.world.nextId();
    expect(BigInt(next)).toBeGreaterThan(BigInt(reply.id));
  });

  it('writes each file once, and lets go of those no message has any more', async () => {
    const discord = await open();
    const { channel, ada } = settle(discord);
    const file = worldFile(folder);
    const files = [{ filename: 'a.png', bytes: PNG }];
    const message = discord.say({ user: ada, channel, files });
    discord.say({ user: ada, channel, files });
    file.write(discord.world, null);
    writeFileSync(join(folder, 'files', 'a note of mine'), 'stays');
    expect(readdirSync(join(folder, 'files'))).toHaveLength(2);
    discord.deleteMessage({ user: ada, message });
    file.write(discord.world, null);
    expect(readdirSync(join(folder, 'files'))).toHaveLength(2);
    for (const left of [...discord.world.messages.values()]) {
      discord.deleteMessage({ user: ada, message: left });
    }
    file.write(discord.world, null);
    expect(readdirSync(join(folder, 'files'))).toEqual(['a note of mine']);
  });

  it('is new where there is none, and where it cannot be read; what was there is put aside', () => {
    expect(worldFile(folder).read()).toBeUndefined();
    writeFileSync(join(folder, 'world.bin'), 'half a wor');
    expect(worldFile(folder).read()).toBeUndefined();
    expect(readdirSync(folder).filter((name) => name.endsWith('.old'))).toHaveLength(1);
  });

  it('forgets who still waits for an answer: nobody does after a restart', async () => {
    const clock = manualClock();
    const discord = await open({ clock });
    const { channel, ada } = settle(discord);
    discord.world.commands.set('1', {
      id: '1',
      version: '1',
      guildId: undefined,
      body: { name: 'wait', description: 'Waits' },
    });
    const waiting = discord.slash({ user: ada, channel, name: 'wait' }).catch(String);
    worldFile(folder).write(discord.world, null);
    expect(worldFile(folder).read()?.state.interactions.size).toBe(0);
    clock.advance(4_000);
    expect(await waiting).toContain('did not respond');
  });
});
