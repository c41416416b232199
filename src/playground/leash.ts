/**
 * Runs a command line, the first argument, as long as whoever started this process is there: a bot of somebody else knows
 * nothing of a parent it should not outlive. SIGTERM is passed on to all that the line has started.
 */
import { spawn } from 'node:child_process';

const isWindows = process.platform === 'win32';
const child = spawn(process.argv[2] ?? '', { shell: true, detached: !isWindows, stdio: 'inherit' });

/** A shell is one process and the bot another: the whole group is meant. */
function signal(name: NodeJS.Signals): void {
  if (child.pid === undefined) return;
  try {
    if (isWindows) child.kill(name);
    else process.kill(-child.pid, name);
  } catch {
    // It has ended.
  }
}

process.on('SIGTERM', () => signal('SIGTERM'));
process.on('disconnect', () => {
  signal('SIGKILL');
  process.exit();
});
child.once('close', (code) => process.exit(code ?? 1));
