/**
 * The stand-in as a process of its own, for benchmarks. Its settings are the first argument, as JSON; it prints one line
 * of JSON, `{ restUrl, token, controlUrl }`, and runs until its standard input ends.
 */
import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import { getRequestListener } from '@hono/node-server';
import { z } from 'zod';
import { createControl } from './control.js';
import { createDiscord } from './discord.js';

const settings = z
  .strictObject({
    validate: z.boolean().default(true),
    rateLimits: z
      .union([z.literal(false), z.object({ scale: z.number().positive().default(1) })])
      .default({ scale: 1 }),
    port: z.int().min(0).max(65_535).default(0),
    controlPort: z.int().min(0).max(65_535).default(0),
  })
  .parse(JSON.parse(process.argv[2] ?? '{}'));

const discord = await createDiscord(settings);
const control = createServer(getRequestListener(createControl(discord).fetch));
control.listen(settings.controlPort, '127.0.0.1', () => {
  const { port } = control.address() as AddressInfo; // a TCP server, listening
  const { restUrl, token } = discord;
  process.stdout.write(`${JSON.stringify({ restUrl, token, controlUrl: `http://127.0.0.1:${port}` })}\n`);
});

process.stdin.resume().once('end', () => {
  control.closeAllConnections();
  control.close();
  discord.close().catch((error: unknown) => {
    process.stderr.write(`${String(error)}\n`);
    process.exitCode = 1;
  });
});
