import { describe, expect, it } from 'vitest';
import { createDiscord } from '../../../src/playground/discord.js';
import { api, settle } from '../api.js';

describe('the stand-in’s own side of the conversation', () => {
  it('fails loudly when an answer is not what the description promises: at once, and again when it is closed', async () => {
    const discord = await createDiscord();
    const { ada } = settle(discord);
    discord.world.users.set('1', { ...ada, id: 'no snowflake' });
    const { status, body } = await api(discord, 'GET /users/1');
    expect(status).toBe(500);
    expect(body.message).toContain('"id"');
    expect(discord.violations).toEqual([]);
    await expect(discord.close()).rejects.toThrow('The answer to GET /users/:user is not what Discord');
  });

  it('throws when an event is not what the client is promised, or none that is known', async () => {
    const discord = await createDiscord();
    const send = (event: string, data: object) => () => discord.world.dispatch({ event, data });
    expect(send('MESSAGE_DELETE', { id: '1' })).toThrow('"channel_id"');
    expect(send('MESSAGE_DELETE', { id: '1', channel_id: '2' })).not.toThrow();
    expect(send('NONSENSE', {})).toThrow('Expected a schema for the gateway event NONSENSE');
    await discord.close();
  });
});
