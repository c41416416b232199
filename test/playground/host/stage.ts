import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { request } from 'node:http';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { onTestFinished } from 'vitest';
import { WebSocket } from 'ws';
import { adjustableClock } from '../../../src/playground/adjustable-clock.js';
import { createDiscord } from '../../../src/playground/discord.js';
import { type HostSettings, openHost } from '../../../src/playground/host/host.js';
import type { Thing, Update, Wish } from '../../../src/playground/host/protocol.js';
import { settle } from '../api.js';

/** A host with a page of one word, and two people to be. */
export async function openStage(more: Partial<HostSettings> = {}) {
  const site = mkdtempSync(join(tmpdir(), 'easel-site-'));
  writeFileSync(join(site, 'index.html'), 'secret={{secret}}');
  writeFileSync(join(site, 'main.js'), 'let a;');
  const clock = adjustableClock();
  const discord = await createDiscord({ clock });
  const places = settle(discord);
  const bob = discord.addUser({ name: 'Bob', guilds: [places.guild] });
  const host = await openHost({
    discord,
    clock,
    parts: new Map([
      [places.ada.id, 'member'],
      [bob.id, 'member'],
    ]),
    dismissed: new Set(),
    suggestions: null,
    bot: undefined,
    title: 'Test',
    site,
    host: '127.0.0.1',
    port: 0,
    ...more,
  });
  onTestFinished(async () => {
    await host.close();
    await discord.close();
    rmSync(site, { recursive: true });
  });
  const secret = (await ask(host.port, { path: '/' })).text.replace('secret=', '');
  return { ...places, bob, clock, discord, host, secret };
}

interface Asking {
  readonly path: string;
  readonly method?: string;
  readonly headers?: Readonly<Record<string, string>>;
}

/** A request with headers `fetch` would not let one set. */
export function ask(port: number, { path, method = 'GET', headers = {} }: Asking) {
  return new Promise<{ status: number; text: string; headers: NodeJS.Dict<string | string[]> }>(
    (resolve, reject) => {
      const sent = request({ host: '127.0.0.1', port, path, method, headers }, (response) => {
        let text = '';
        response.on('data', (data) => {
          text += String(data);
        });
        response.on('end', () =>
          resolve({ status: response.statusCode ?? 0, text, headers: response.headers }),
        );
      });
      sent.on('error', reject);
      sent.end();
    },
  );
}

/** An open page: what it has been shown, by key. */
export function look(port: number, secret: string, wish: Wish = {}) {
  const things = new Map<string, Thing>();
  const socket = new WebSocket(`ws://127.0.0.1:${port}/live?secret=${secret}`);
  const opened = new Promise<void>((resolve, reject) => {
    socket.on('open', () => {
      socket.send(JSON.stringify(wish));
      resolve();
    });
    socket.on('error', reject);
  });
  socket.on('message', (data) => {
    const { put, drop } = JSON.parse(String(data)) as Update; // the host's
    for (const key of drop) things.delete(key);
    for (const thing of put) things.set(thing.key, thing);
  });
  return { things, opened, socket };
}
