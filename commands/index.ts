import type { Command } from '../src/discord/asking/command.js';
import { cancel } from './cancel.js';
import { imagine } from './imagine.js';
import { queue } from './queue.js';
import { queueAdmin } from './queue-admin.js';

/** Every slash command. A new one is a file beside this and a line here. */
export const commands: readonly Command[] = [imagine, queue, cancel, queueAdmin];
