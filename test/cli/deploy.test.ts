import { describe, expect, it, onTestFinished } from 'vitest';
import { deploy } from '../../src/cli/deploy.js';
import { createDiscord } from '../../src/playground/discord.js';
import { manualClock } from '../playground/manual-clock.js';
import { temporaryFolder } from '../ledger/fixtures.js';

async function setUp() {
  const discord = await createDiscord({ clock: manualClock(), rateLimits: false });
  onTestFinished(() => discord.close());
  const environment = {
    DISCORD_TOKEN: discord.token,
    DISCORD_API_URL: discord.restUrl,
    DATA_DIR: temporaryFolder(),
  };
  const guild = discord.addGuild({ name: 'Atelier' });
  const run = async (
    options: Parameters<typeof deploy>[0],
    answer?: boolean,
    more: Readonly<Record<string, string>> = {},
  ) => {
    const said: string[] = [];
    const codes: number[] = [];
    const say = (text: string) => said.push(text);
    const shell = { out: say, err: say, exitWith: (code: number) => codes.push(code) };
    const confirm = answer === undefined ? {} : { confirm: async () => answer };
    await deploy(options, { ...environment, ...more }, { ...shell, ...confirm });
    return { said: said.join(''), codes };
  };
  return { discord, guild, run };
}

describe('easel deploy', () => {
  it('shows the difference first, changes nothing without a yes, and has nothing to say the second time', async () => {
    const { discord, run } = await setUp();
    const shown = await run({}, false);
    expect(shown.said).toMatch(/everywhere.*\n\+ imagine\n/);
    expect(shown).toMatchObject({ codes: [1] });
    expect(discord.requests.some(({ route }) => route.startsWith('PUT'))).toBe(false);
    await expect(run({})).rejects.toThrow('`--yes`');
    expect((await run({}, true)).said).toContain('+ Report');
    expect((await run({ yes: true })).said).toContain('already');
    expect((await run({}, false, { MAX_STEPS: '20' })).said).toMatch(/:\n~ imagine\n/);
  });

  it('names what is wrong with a token or a server', async () => {
    const { run, guild } = await setUp();
    await expect(run({ yes: true }, undefined, { DISCORD_TOKEN: 'wrong' })).rejects.toThrow('Reset Token');
    await expect(run({ guild: '12' })).rejects.toThrow('17 to 20 digits');
    await expect(run({ guild: '123456789012345678', yes: true })).rejects.toThrow('not in the server');
    expect((await run({ guild: guild.id, yes: true })).said).toContain('at once');
  });
});
