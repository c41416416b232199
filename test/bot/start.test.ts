import { describe, expect, it } from 'vitest';
import { startBot } from '../../src/bot.js';
import { readConfig } from '../../src/config.js';
import { UserError } from '../../src/errors.js';
import { createLog } from '../../src/log.js';
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

  it('refuses an address where nobody answers, and an unknown model', async () => {
    const at = await openAtelier();
    const start = (environment: Record<string, string>) =>
      startBot({
        config: readConfig({
          DISCORD_TOKEN: at.discord.token,
          DISCORD_API_URL: at.discord.restUrl,
          DATA_DIR: at.dataDir,
          ...environment,
        }),
        log: createLog({ level: 'silent' }),
        painters: [],
        onExpelled: () => {},
      });
    await expect(start({ MODEL: 'nothing' })).rejects.toThrow('Unknown model `nothing`');
    await expect(start({ DISCORD_API_URL: 'http://127.0.0.1:9/api' })).rejects.toThrow(
      'could not be reached',
    );
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
