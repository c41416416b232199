import { describe, expect, it } from 'vitest';
import { whatToStart } from '../../src/cli/start.js';

describe('npm start', () => {
  it('runs the bot where there is a token, in production too', () => {
    expect(whatToStart({ DISCORD_TOKEN: 'abc' })).toBe('bot');
    expect(whatToStart({ DISCORD_TOKEN: 'abc', NODE_ENV: 'production', DATABASE_URL: 'postgres://x' })).toBe(
      'bot',
    );
  });

  it('opens the playground where there is none, and an empty one is none', () => {
    expect(whatToStart({})).toBe('playground');
    expect(whatToStart({ DISCORD_TOKEN: '', DATABASE_URL: '', NODE_ENV: 'development' })).toBe('playground');
  });

  it.each([
    [{ NODE_ENV: 'production' }, '`NODE_ENV` is `production`'],
    [{ DATABASE_URL: 'postgres://x' }, '`DATABASE_URL` is set'],
  ])('refuses to play on a machine that is in earnest: %o', (environment, why) => {
    expect(() => whatToStart(environment)).toThrow(why);
    expect(() => whatToStart(environment)).toThrow('`DISCORD_TOKEN` is not set');
  });
});
