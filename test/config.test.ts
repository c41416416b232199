import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { readConfig } from '../src/config.js';
import { UserError } from '../src/errors.js';
import { packageRoot } from '../src/package-root.js';

function mistakesOf(environment: Record<string, string>): string[] {
  try {
    readConfig({ DISCORD_TOKEN: 'x.y.z', ...environment });
    return [];
  } catch (error) {
    expect(error).toBeInstanceOf(UserError);
    return (error as UserError).message.split('\n');
  }
}

describe('the configuration', () => {
  it('needs nothing but a token', () => {
    const config = readConfig({ DISCORD_TOKEN: 'x.y.z' });
    expect(config.discord).toMatchObject({ token: 'x.y.z', apiUrl: 'https://discord.com/api' });
    expect(config.painting).toEqual({ model: 'pocket', provider: 'auto', threads: 0, painters: 1 });
    expect(config.dataDir).toMatch(/easel/);
  });

  it('takes an empty variable for one that is not set', () => {
    expect(readConfig({ DISCORD_TOKEN: 'x', THREADS: '', MODEL: '' }).painting.threads).toBe(0);
    expect(() => readConfig({ DISCORD_TOKEN: '' })).toThrow('`DISCORD_TOKEN` is not set');
  });

  it('names every mistake at once, one sentence each', () => {
    expect(
      mistakesOf({ DISCORD_TOKEN: 'a b', THREADS: 'many', PROVIDER: 'gpu', OPERATORS: '12, me' }),
    ).toEqual([
      'Expected `DISCORD_TOKEN` to hold no spaces; copy it again from the Bot page.',
      'Expected `OPERATORS` to be Discord ids (17 to 20 digits) separated by commas, got `12, me`.',
      'Expected `PROVIDER` to be one of auto, cuda, webgpu, coreml, dml, cpu, got `gpu`.',
      'Expected `THREADS` to be a whole number between 0 and 256, got `many`.',
    ]);
  });

  it.each([
    ['THREADS', '-1'],
    ['THREADS', '1.5'],
    ['THREADS', ' '],
    ['THREADS', '1e9'],
    ['PAINTERS', '0'],
    ['MAX_STEPS', '2001'],
    ['FRAME_SECONDS', '0.5'],
    ['FRAME_SECONDS', 'NaN'],
    ['ADMIN_ROLE', '@admins'],
    ['COMMANDS_GUILD', '123'],
    ['MODEL', '../pocket'],
    ['LOG_LEVEL', 'loud'],
    ['DISCORD_API_URL', 'discord'],
  ])('refuses %s=%s in a sentence that names both', (name, value) => {
    const [sentence, ...others] = mistakesOf({ [name]: value });
    expect(sentence).toContain(`\`${name}\``);
    expect(sentence).toContain(`\`${value}\``);
    expect(others).toEqual([]);
  });

  it('never repeats the token', () => {
    expect(mistakesOf({ DISCORD_TOKEN: 'se cret' }).join()).not.toContain('cret');
  });

  it('reads several operators, separated by commas or spaces', () => {
    const config = readConfig({ DISCORD_TOKEN: 'x', OPERATORS: '100000000000000001, 100000000000000002' });
    expect(config.moderation.operators).toEqual(['100000000000000001', '100000000000000002']);
  });

  it('is explained, variable by variable and with its defaults, in .env.example', () => {
    const example = readFileSync(join(packageRoot(), '.env.example'), 'utf8');
    const source = readFileSync(join(packageRoot(), 'src/config.ts'), 'utf8');
    const read = [...source.matchAll(/^ {2}([A-Z_]+): /gm)].map(([, name]) => name);
    const shown = [...example.matchAll(/^#? ?([A-Z_]+)=(.*)$/gm)];
    expect(shown.map(([, name]) => name)).toEqual(read);
    const defaults = Object.fromEntries(shown.map(([, name, value]) => [name, value]));
    expect(readConfig({ ...defaults, DISCORD_TOKEN: 'x' })).toEqual(readConfig({ DISCORD_TOKEN: 'x' }));
  });
});
