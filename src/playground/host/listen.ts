import type { Server } from 'node:http';
import type { AddressInfo } from 'node:net';

/** How many ports are tried after the wished one. */
const TRIES = 20;

export interface Address {
  readonly host: string;
  /** The port to begin with; 0 for any free one. */
  readonly port: number;
}

/**
 * Makes a server listen at the first free port from the wished one on.
 *
 * @returns the port it has got.
 * @throws the system's error when none is free, or the address is not this machine's.
 */
export async function listenFrom(server: Server, { host, port }: Address): Promise<number> {
  for (let tried = port; ; tried++) {
    try {
      return await listen(server, { host, port: tried });
    } catch (error) {
      const isTaken = error instanceof Error && 'code' in error && error.code === 'EADDRINUSE';
      if (!isTaken || tried >= Math.min(port + TRIES, 65_535)) throw error;
    }
  }
}

function listen(server: Server, { host, port }: Address): Promise<number> {
  return new Promise((resolve, reject) => {
    server.once('error', reject);
    server.listen(port, host, () => {
      server.off('error', reject);
      resolve((server.address() as AddressInfo).port); // a TCP server, listening
    });
  });
}
