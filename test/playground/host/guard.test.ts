import { describe, expect, it } from 'vitest';
import { ask, look, openStage } from './stage.js';

describe('who may use the page', () => {
  it.each(['evil.example', 'evil.example:80', 'localhost.evil.example', '127.0.0.1@evil.example'])(
    'refuses the host %j, as which a foreign name that points here comes',
    async (name) => {
      const { host } = await openStage();
      const { status, text } = await ask(host.port, { path: '/', headers: { host: name } });
      expect([400, 421]).toContain(status);
      expect(text).not.toContain('secret=');
    },
  );

  it.each(['127.0.0.1', 'localhost', 'LOCALHOST:4141', '[::1]:4141', '192.168.1.20:4141'])(
    'takes the host %s',
    async (name) => {
      const { host } = await openStage();
      expect((await ask(host.port, { path: '/', headers: { host: name } })).status).toBe(200);
    },
  );

  it('takes the name it was asked to serve', async () => {
    const { host } = await openStage({ host: 'localhost' });
    expect((await ask(host.port, { path: '/', headers: { host: 'localhost' } })).status).toBe(200);
  });

  it('does nothing for who does not know the secret of this start', async () => {
    const { host, discord, channel } = await openStage();
    for (const headers of [{}, { 'x-playground-secret': 'guessed' }]) {
      const answer = await ask(host.port, { path: '/act/say', method: 'POST', headers });
      expect(answer.status).toBe(403);
      expect((await ask(host.port, { path: '/happenings', headers })).status).toBe(403);
    }
    expect(discord.read({ channel })).toEqual([]);
  });

  it('refuses a socket without the secret, and one that comes by a foreign name', async () => {
    const { host, secret } = await openStage();
    for (const wrong of ['', 'guessed', `${secret}x`]) {
      await expect(look(host.port, wrong).opened).rejects.toThrow('403');
    }
    const upgrade = { connection: 'upgrade', upgrade: 'websocket', 'sec-websocket-version': '13' };
    const key = { 'sec-websocket-key': Buffer.alloc(16).toString('base64') };
    const headers = { ...upgrade, ...key, host: 'evil.example' };
    expect((await ask(host.port, { path: `/live?secret=${secret}`, headers })).status).toBe(403);
    await look(host.port, secret).opened;
  });

  it('lets nobody frame it, and runs no script of what people upload', async () => {
    const { host, discord, ada, channel } = await openStage();
    const page = await ask(host.port, { path: '/' });
    expect(page.headers['content-security-policy']).toContain("frame-ancestors 'none'");
    const bytes = Buffer.from('<script>alert(1)</script>');
    const { body } = discord.say({ user: ada, channel, files: [{ filename: 'a.html', bytes }] });
    const path = `/attachments/${channel.id}/${body.attachments[0]?.id}/a.html`;
    const { headers } = await ask(host.port, { path });
    expect(headers['content-security-policy']).toContain('sandbox');
    expect(headers['cross-origin-resource-policy']).toBe('same-origin');
  });
});
