import { createServer, type RequestListener } from 'node:http';
import type { AddressInfo } from 'node:net';
import { describe, expect, it, onTestFinished } from 'vitest';
import { fetchAttachment, trustedOrigins } from '../../../src/discord/asking/fetch-attachment.js';
import { textFor } from '../../../src/discord/words/text.js';

const text = textFor('en');
const MEGABYTE = 1024 * 1024;

async function serve(answer: RequestListener): Promise<string> {
  const server = createServer(answer).listen(0, '127.0.0.1');
  onTestFinished(() => {
    server.closeAllConnections();
    server.close();
  });
  await new Promise((resolve) => server.once('listening', resolve));
  return `http://127.0.0.1:${(server.address() as AddressInfo).port}`;
}

const take = (origin: string, about: object = {}) =>
  fetchAttachment(
    { url: `${origin}/a.png`, size: 3, contentType: 'image/png', ...about },
    { origins: [origin], text },
  );

describe('an attached file', () => {
  it('is read from where Discord keeps it', async () => {
    const origin = await serve((_, response) => response.end('abc'));
    expect(Buffer.from(await take(origin)).toString()).toBe('abc');
  });

  it('is fetched from nowhere else, not even by way of a redirect', async () => {
    const asked: string[] = [];
    const elsewhere = await serve((request, response) => {
      asked.push(request.url ?? '');
      response.end('secret');
    });
    const origin = await serve((_, response) => response.writeHead(302, { location: elsewhere }).end());
    await expect(take(origin)).rejects.toThrow(text.pictureNotHad);
    for (const url of [`${elsewhere}/a.png`, 'file:///etc/passwd', 'nonsense', `${origin}@evil.example/`]) {
      await expect(take(origin, { url })).rejects.toThrow(text.pictureNotHad);
    }
    expect(asked).toEqual([]);
  });

  it('is refused by what Discord says of it, and when it is more than was said', async () => {
    let isAsked = false;
    const origin = await serve((_, response) => {
      isAsked = true;
      const part = Buffer.alloc(MEGABYTE);
      const more = () => {
        while (!response.destroyed && response.write(part));
      };
      response.on('drain', more);
      more();
    });
    await expect(take(origin, { contentType: 'image' })).rejects.toThrow(text.notAPicture);
    await expect(take(origin, { contentType: null })).rejects.toThrow(text.notAPicture);
    await expect(take(origin, { size: 11 * MEGABYTE })).rejects.toThrow('at most 10 MB');
    expect(isAsked).toBe(false);
    await expect(take(origin)).rejects.toThrow('at most 10 MB');
  });

  it('that is gone is told of in one sentence', async () => {
    const origin = await serve((_, response) => response.writeHead(404).end());
    await expect(take(origin)).rejects.toThrow(text.pictureNotHad);
  });
});

describe('where files are taken from', () => {
  it('is Discord’s CDN, or the address that stands in for Discord', () => {
    expect(trustedOrigins('https://discord.com/api')).toEqual([
      'https://cdn.discordapp.com',
      'https://media.discordapp.net',
    ]);
    expect(trustedOrigins('http://127.0.0.1:4000/api')).toEqual(['http://127.0.0.1:4000']);
  });
});
