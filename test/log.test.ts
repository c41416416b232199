import { Writable } from 'node:stream';
import { DiscordAPIError } from 'discord.js';
import { describe, expect, it } from 'vitest';
import { createLog } from '../src/log.js';

function logTo(lines: string[]) {
  const destination = new Writable({
    write(chunk, _, done) {
      lines.push(String(chunk));
      done();
    },
  });
  return createLog({ level: 'info', destination });
}

describe('the log', () => {
  it('writes lines of JSON that carry a job id', () => {
    const lines: string[] = [];
    logTo(lines).child({ job: 'abc' }).info('accepted');
    expect(lines.map((line) => JSON.parse(line))).toMatchObject([{ job: 'abc', msg: 'accepted', level: 30 }]);
  });

  it('leaves a terminal only something to show, and says the same', () => {
    const lines: string[] = [];
    logTo(lines).info({ title: '\u001b[2J\u009b2J\u202e' }, 'hello');
    // biome-ignore lint/suspicious/noControlCharactersInRegex: they are what is looked for.
    expect(lines.join()).not.toMatch(/[\u001b\u009b\u202e]/);
    expect(JSON.parse(lines.join()).title).toBe('\u001b[2J\u009b2J\u202e');
  });

  it('keeps tokens and passwords to itself', () => {
    const lines: string[] = [];
    logTo(lines).info({ token: 'secret', config: { DISCORD_TOKEN: 'secret', password: 'secret' } }, 'hello');
    expect(lines.join()).not.toContain('secret');
  });

  it('says what Discord refused, without the files, the prompt and the token of the request', () => {
    const lines: string[] = [];
    const url = 'https://discord.com/api/v10/interactions/123/SeCrEt/callback?with_response=true';
    const files = [{ data: Buffer.alloc(100_000), name: 'easel.png' }];
    const body = { files, json: { content: 'a private prompt' } };
    const error = new DiscordAPIError(
      { code: 10062, message: 'Unknown interaction' },
      10062,
      404,
      'POST',
      url,
      body,
    );
    logTo(lines).error({ err: error }, 'no answer possible');
    const [line = ''] = lines;
    expect(line).toContain('Unknown interaction');
    expect(line).toContain('/interactions/123/[redacted]/callback');
    expect(line).not.toMatch(/SeCrEt|private prompt/);
    expect(line.length).toBeLessThan(5000);
  });

  it('keeps the causes of an error', () => {
    const lines: string[] = [];
    logTo(lines).error({ err: new Error('outer', { cause: new Error('inner') }) });
    expect(lines.join()).toContain('inner');
  });
});
