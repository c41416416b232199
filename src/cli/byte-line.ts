import type { Shell } from './shell.js';

/** One line that shows how much of a file has come. */
export interface ByteLine {
  update(name: string, bytes: number, total: number | undefined): void;
  clear(): void;
}

const LEAST_MS = 200;

/** Rewritten a few times a second on a terminal; elsewhere a line at every tenth. */
export function createByteLine(shell: Shell, now: () => number = Date.now): ByteLine {
  let last = 0;
  let tenth = '';
  return {
    update: (name, bytes, total) => {
      const share =
        total === undefined ? '' : ` of ${megabytes(total)} MB, ${Math.floor((100 * bytes) / total)} %`;
      if (shell.isTerminal) {
        if (now() - last < LEAST_MS && bytes !== total) return;
        last = now();
        shell.err(`\r${name}: ${megabytes(bytes)} MB${share} \u001b[K`);
        return;
      }
      const reached = `${name} ${total === undefined ? '' : Math.floor((10 * bytes) / total)}`;
      if (reached !== tenth) shell.err(`${name}: ${megabytes(bytes)} MB${share}\n`);
      tenth = reached;
    },
    clear: () => {
      if (shell.isTerminal) shell.err('\r\u001b[K');
    },
  };
}

function megabytes(bytes: number): string {
  return (bytes / 1e6).toFixed(1);
}
