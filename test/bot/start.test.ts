import { chmodSync, statSync } from 'node:fs';
import { join } from 'node:path';
import { PassThrough } from 'node:stream';
import { describe, expect, it } from 'vitest';
import { startBot } from '../../src/bot.js';
import { readConfig } from '../../src/config.js';
import { UserError } from '../../src/errors.js';
import { createLog } from '../../src/log.js';
import type { Painter } from '../../src/workers/painter.js';
import { replaceFile } from '../support/alter-model.js';
import { writeTinyModel } from '../support/tiny-model.js';
import { eventually, openAtelier } from './atelier.js';

const COMMANDS = '/applications/:application/commands';

describe('starting the bot', () => {
  it('prints the link that invites it', async () => {
    const at = await openAtelier();
    const { bot } = await at.open();
    expect(bot.inviteUrl).toContain(`client_id=${at.discord.application.id}`);
  });

  it('tells Discord its commands once, and again only when they changed', async () => {
    const at = await openAtelier();
    const told = () => at.discord.requests.filter(({ route }) => route === `PUT ${COMMANDS}`).length;
    await (await at.open()).stop();
    expect(told()).toBe(1);
    await (await at.open()).stop();
    expect(told()).toBe(1);
    const [command] = at.discord.world.commands.values();
    if (command) Object.assign(command.body, { description: 'something old' });
    await (await at.open()).stop();
    expect(told()).toBe(2);
  });

  it('can keep its commands to one server', async () => {
    const at = await openAtelier();
    await at.open({ environment: { COMMANDS_GUILD: at.guild.id } });
    const told = [...at.discord.world.commands.values()];
    expect(told.map(({ guildId }) => guildId)).toEqual(told.map(() => at.guild.id));
    expect(told.length).toBeGreaterThan(0);
  });

  it('says that others can get into its data, and leaves a folder that was there as it is', async () => {
    const at = await openAtelier();
    const lines: string[] = [];
    const destination = new PassThrough().on('data', (line) => lines.push(String(line)));
    const log = createLog({ level: 'warn', destination });
    const config = readConfig({
      DISCORD_TOKEN: at.discord.token,
      DISCORD_API_URL: at.discord.restUrl,
      DATA_DIR: at.dataDir,
    });
    const warnings = () => lines.filter((line) => line.includes('chmod 700')).length;
    for (const [mode, count] of [
      [0o700, 0],
      [0o755, 1],
    ] as const) {
      chmodSync(at.dataDir, mode);
      await (await startBot({ config, log, painters: [], onExpelled: () => {} })).stop();
      expect(warnings()).toBe(count);
      expect(statSync(at.dataDir).mode & 0o777).toBe(mode);
    }
  });

  it('refuses a wrong token with a sentence, and leaves nothing locked', async () => {
    const at = await openAtelier();
    const config = readConfig({
      DISCORD_TOKEN: 'wrong.token.here',
      DISCORD_API_URL: at.discord.restUrl,
      DATA_DIR: at.dataDir,
    });
    const options = { config, log: createLog({ level: 'silent' }), painters: [], onExpelled: () => {} };
    const error = await startBot(options).catch((reason: unknown) => reason);
    expect(error).toBeInstanceOf(UserError);
    expect(String(error)).toContain('DISCORD_TOKEN');
    expect(String(error)).not.toContain('wrong.token');
    await at.open();
  });

  it('refuses a model that is not there or does not open and a device that is not there, unseen by Discord', async () => {
    const at = await openAtelier();
    const start = (environment: Record<string, string>, painters: readonly Painter[] | null = []) =>
      startBot({
        config: readConfig({
          DISCORD_TOKEN: at.discord.token,
          DISCORD_API_URL: at.discord.restUrl,
          DATA_DIR: at.dataDir,
          ...environment,
        }),
        log: createLog({ level: 'silent' }),
        ...(painters && { painters }),
        onExpelled: () => {},
      });
    await expect(start({ MODEL: 'nothing' })).rejects.toThrow('Unknown model `nothing`');
    await expect(start({ PROVIDER: 'cuda' }, null)).rejects.toThrow(/cuda/i);
    const folder = join(at.dataDir, 'models', 'tiny');
    await writeTinyModel(folder);
    replaceFile(folder, 'decoder.onnx', Buffer.from('no graph'));
    await expect(start({ MODEL: 'tiny' }, null)).rejects.toThrow(/^The model `tiny` cannot be opened/);
    expect(at.discord.requests).toEqual([]);
  });

  it('waits while Discord cannot be reached, and ends when it is told to', async () => {
    const at = await openAtelier();
    const waiting = new AbortController();
    const lines: string[] = [];
    const log = createLog({
      level: 'warn',
      destination: new PassThrough().on('data', (line) => lines.push(String(line))),
    });
    const config = readConfig({
      DISCORD_TOKEN: at.discord.token,
      DISCORD_API_URL: 'http://127.0.0.1:9/api',
      DATA_DIR: at.dataDir,
    });
    const options = { config, log, painters: [], onExpelled: () => {}, signal: waiting.signal };
    const starting = startBot(options).catch((error: unknown) => error);
    await eventually(() => lines.some((line) => line.includes('cannot be reached')));
    waiting.abort();
    expect(await starting).toMatchObject({ name: 'AbortError' });
    // Nothing stays locked, and when Discord is back the bot comes up: a 503 first.
    at.discord.faults.add({ kind: { type: 'status', status: 503 }, route: 'GET /gateway/bot', times: 6 });
    await at.open();
  });

  it('ends when it is told to while the gateway lets nobody in, and uses up no session', async () => {
    const at = await openAtelier();
    at.discord.gateway.refuse(true);
    const waiting = new AbortController();
    const config = readConfig({
      DISCORD_TOKEN: at.discord.token,
      DISCORD_API_URL: at.discord.restUrl,
      DATA_DIR: at.dataDir,
    });
    const log = createLog({ level: 'silent' });
    const options = { config, log, painters: [], onExpelled: () => {}, signal: waiting.signal };
    const starting = startBot(options).catch((error: unknown) => error);
    await eventually(
      () => at.discord.requests.filter(({ route }) => route === 'GET /gateway/bot').length > 1,
    );
    waiting.abort();
    expect(await starting).toMatchObject({ name: 'AbortError' });
    at.discord.gateway.refuse(false);
    await at.open();
  });

  it('says what to do when Discord closes the connection for want of shards', async () => {
    const at = await openAtelier();
    const expelled: Error[] = [];
    await at.open({ onExpelled: (error) => expelled.push(error) });
    at.discord.gateway.disconnect(4011);
    await eventually(() => expelled.length > 0);
    expect(String(expelled[0])).toMatch(/4011.*more servers than one connection/);
  });

  it('gives a server its commands when it is invited there later', async () => {
    const at = await openAtelier();
    const later = { id: '1234567890123456789' };
    await at.open({ environment: { COMMANDS_GUILD: later.id } });
    expect(at.discord.world.commands.size).toBe(0);
  });

  it('has its commands in one place only, when that is changed in either direction', async () => {
    const at = await openAtelier();
    const places = () => new Set([...at.discord.world.commands.values()].map(({ guildId }) => guildId));
    await (await at.open()).stop();
    await (await at.open({ environment: { COMMANDS_GUILD: at.guild.id } })).stop();
    expect(places()).toEqual(new Set([at.guild.id]));
    const told = at.discord.requests.filter(({ route }) => route.startsWith('PUT /applications')).length;
    await (await at.open({ environment: { COMMANDS_GUILD: at.guild.id } })).stop();
    expect(at.discord.requests.filter(({ route }) => route.startsWith('PUT /applications'))).toHaveLength(
      told,
    );
    await at.open();
    expect(places()).toEqual(new Set([undefined]));
  });

  it('refuses to share a data folder with another bot', async () => {
    const at = await openAtelier();
    const { stop } = await at.open();
    await expect(at.open()).rejects.toThrow(/Another Easel already works on the data folder/);
    await stop();
    await at.open();
  });

  it('answers what was asked while it was starting', async () => {
    const at = await openAtelier();
    await (await at.open()).stop();
    at.discord.faults.add({ kind: { type: 'slow', delayMs: 500 }, route: `GET ${COMMANDS}` });
    const opening = at.open();
    await eventually(() => at.discord.gateway.connections() === 1);
    const { message } = await at.imagine(at.ada, 'a red apple');
    expect(message?.body.content).toContain('In line');
    await opening;
  });
});
