import { createPainters, startBot } from '../../../src/bot.js';
import { systemClock } from '../../../src/clock.js';
import { readConfig } from '../../../src/config.js';
import { createLog } from '../../../src/log.js';
import { type Kill, parseKill } from './kill.js';

// The bot as a child of a crash test: `KILL` in the environment says at which point of a job's life whom to kill.

export type Report = { readonly type: 'ready' } | { readonly type: 'killing'; readonly kill: Kill };

const say = (report: Report) => process.send?.(report);
const { KILL = '', EDIT_INTERVAL_MS = '25', CLOCK_STEP_MS = '0' } = process.env;
const config = readConfig(process.env);
const log = createLog({ level: config.logLevel });
const painters = createPainters(config, log);
const kill = KILL === '' ? undefined : parseKill(KILL);
let left = kill?.hit ?? 0;
/** The machine's clock is set by so much once a frame was shown. */
let setMs = 0;

const bot = await startBot({
  config: { ...config, discord: { ...config.discord, editIntervalMs: Number(EDIT_INTERVAL_MS) } },
  log,
  painters,
  clock: { ...systemClock, now: () => systemClock.now() + setMs },
  // As the program does: it saves what it can, and leaves.
  onExpelled: () => process.kill(process.pid, 'SIGTERM'),
  crash(point) {
    if (point === 'frame-posted') setMs = Number(CLOCK_STEP_MS);
    if (point !== kill?.point) return;
    left -= 1;
    if (left !== 0) return;
    if (kill.victim === 'bot') process.kill(process.pid, 'SIGKILL');
    for (const { pid } of painters) if (pid !== undefined) process.kill(pid, 'SIGKILL');
    say({ type: 'killing', kill });
  },
});
for (const end of ['SIGTERM', 'disconnect']) process.once(end, () => bot.stop().then(() => process.exit(0)));
say({ type: 'ready' });
