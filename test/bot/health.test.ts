import { createServer } from 'node:net';
import { describe, expect, it, vi } from 'vitest';
import { openAtelier, PATIENCE_MS } from './atelier.js';

/** A port that was free a moment ago. */
async function freePort(): Promise<number> {
  const server = createServer();
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  const address = server.address();
  await new Promise((resolve) => server.close(resolve));
  return typeof address === 'object' && address ? address.port : 0;
}

/** Waits until what is asked over HTTP holds. */
const eventually = (check: () => Promise<void>) => vi.waitFor(check, { timeout: PATIENCE_MS, interval: 20 });

describe('the bot’s health', () => {
  it('is served while it runs, counts its requests to Discord, and names no person', async () => {
    const at = await openAtelier();
    const HTTP_PORT = String(await freePort());
    const { stop } = await at.open({ environment: { HTTP_PORT } });
    const get = (path: string) => fetch(`http://127.0.0.1:${HTTP_PORT}${path}`);
    await eventually(async () => expect((await get('/readyz')).status).toBe(200));
    await at.imagine(at.ada, 'a red apple');
    await eventually(async () => {
      const text = await (await get('/metrics')).text();
      expect(text).toMatch(/easel_jobs_accepted_total 1\n/);
      expect(text).toMatch(/easel_discord_request_seconds_count\{method="POST",route="\/interactions\/:id/);
      expect(text).not.toContain(at.ada.id);
      expect(text).not.toContain('apple');
    });
    await stop();
    await expect(get('/healthz')).rejects.toThrow();
  });
});
