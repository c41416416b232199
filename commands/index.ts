import type { Command } from '../src/discord/asking/command.js';
import type { MessageMenu } from '../src/discord/asking/menu.js';
import { cancel } from './cancel.js';
import { help } from './help.js';
import { imagine } from './imagine.js';
import { me } from './me.js';
import { mod } from './mod.js';
import { privacy } from './privacy.js';
import { queue } from './queue.js';
import { queueAdmin } from './queue-admin.js';
import { report, reportMenu } from './report.js';
import { settings } from './settings.js';
import { detailsMenu, show } from './show.js';
import { stats } from './stats.js';
import { styles } from './styles.js';

/** Every slash command. A new one is a file beside this and a line here. */
export const commands: readonly Command[] = [
  ...[imagine, queue, show, me, styles, cancel, help],
  ...[stats, privacy, report],
  ...[queueAdmin, mod, settings],
];

/** What stands in the menu of a message. */
export const menus: readonly MessageMenu[] = [detailsMenu, reportMenu];
