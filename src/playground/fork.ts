import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { createInterface } from 'node:readline';
import { fileURLToPath } from 'node:url';
import { z } from 'zod';

/** The line `main.ts` prints when it is ready. */
const announcement = z.object({ restUrl: z.url(), token: z.string(), controlUrl: z.url() });

export interface ForkSettings {
  readonly validate?: boolean;
  readonly rateLimits?: { readonly scale: number } | false;
}

export interface ForkedDiscord {
  readonly restUrl: string;
  readonly token: string;
  readonly pid: number | undefined;
  /** One call of the control interface (`control.ts`); GET without a body. @throws with the other side's message. */
  control<T>(path: string, body?: unknown): Promise<T>;
  /** Ends the process. @throws when the stand-in strayed from Discord's description. */
  close(): Promise<void>;
}

/** Starts the stand-in in a process of its own, so that its work is not measured as the bot's. */
export async function forkDiscord(settings: ForkSettings = {}): Promise<ForkedDiscord> {
  // Run from the sources it needs the same loader as its parent: `main.ts` through tsx, `main.js` without.
  const isSource = import.meta.url.endsWith('.ts');
  const main = fileURLToPath(new URL(isSource ? './main.ts' : './main.js', import.meta.url));
  const loader = isSource ? ['--import', 'tsx'] : [];
  const child = spawn(process.execPath, [...loader, main, JSON.stringify(settings)], {
    stdio: ['pipe', 'pipe', 'inherit'],
  });
  const exited = once(child, 'exit') as Promise<[code: number | null]>; // as the event is documented
  const line = await Promise.race([
    once(createInterface({ input: child.stdout }), 'line') as Promise<[line: string]>, // likewise
    exited.then(([code]) => {
      throw new Error(`The stand-in ended with code ${code} before it was ready.`);
    }),
  ]);
  const { restUrl, token, controlUrl } = announcement.parse(JSON.parse(line[0]));
  return {
    restUrl,
    token,
    pid: child.pid,
    async control<T>(path: string, body?: unknown): Promise<T> {
      const init = body === undefined ? {} : { method: 'POST', body: JSON.stringify(body) };
      const response = await fetch(`${controlUrl}${path}`, init);
      const answer: unknown = await response.json();
      if (!response.ok) throw new Error(String((answer as { error?: unknown }).error)); // control.ts
      return answer as T; // as the path promises
    },
    async close() {
      child.stdin.end();
      const [code] = await exited;
      if (code !== 0) throw new Error(`The stand-in ended with code ${code}.`);
    },
  };
}
