import { createServer, type Server } from 'node:http';
import type { AddressInfo } from 'node:net';
import { describe, expect, it, onTestFinished } from 'vitest';
import { listenFrom } from '../../../src/playground/host/listen.js';

const HOST = '127.0.0.1';

/** A server that is closed when the test is over. */
function server(): Server {
  const made = createServer();
  onTestFinished(() => void made.close());
  return made;
}

/** Takes a port with a free one after it. */
async function takenPort(): Promise<number> {
  const taken = server();
  await listenFrom(taken, { host: HOST, port: 0 });
  return (taken.address() as AddressInfo).port;
}

describe('listenFrom', () => {
  it('takes the next free port where the wished one is taken', async () => {
    const taken = await takenPort();
    const first = await listenFrom(server(), { host: HOST, port: taken });
    const second = await listenFrom(server(), { host: HOST, port: taken });
    expect(first).toBeGreaterThan(taken);
    expect(first).toBeLessThanOrEqual(taken + 20);
    expect(second).toBeGreaterThan(first);
  });

  it('tries no other for what another would not mend', async () => {
    await expect(listenFrom(server(), { host: '192.0.2.1', port: 0 })).rejects.toThrow('EADDRNOTAVAIL');
  });
});
