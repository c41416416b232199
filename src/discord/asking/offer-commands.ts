import type { RESTPostAPIApplicationCommandsJSONBody as Body } from 'discord.js';
import type { Staff } from '../people/permissions.js';
import type { Command } from './command.js';
import type { MessageMenu } from './menu.js';
import { MODEL_OPTION } from './model-choices.js';

export interface Offer {
  readonly commands: readonly Command[];
  readonly menus: readonly MessageMenu[];
  readonly staff: Staff;
  /** The most steps this bot paints. */
  readonly maxSteps: number;
  /** How many models there are to choose from. */
  readonly models: number;
}

/**
 * The commands as this bot offers them. Discord shows a command with default permissions to no one else, so that people
 * of the admin role and operators would not find theirs: where there are such people it is shown to everybody, and what
 * somebody may do is checked at each use. No number is offered that would be refused, and no choice of one.
 */
export function offeredCommands({ commands, menus, staff, maxSteps, models }: Offer): Body[] {
  const hasOthers = staff.adminRole !== undefined || staff.operators.length > 0;
  const typed = commands.map(({ data }) => {
    const { default_member_permissions: permissions = null, options, ...body } = data;
    const offered = options
      ?.filter(({ name }) => name !== MODEL_OPTION || models > 1)
      .map((option) =>
        option.name === 'steps' && 'max_value' in option
          ? { ...option, max_value: Math.min(Number(option.max_value), maxSteps) }
          : option,
      );
    return {
      ...body,
      ...(permissions !== null && !hasOthers && { default_member_permissions: permissions }),
      ...(offered && { options: offered }),
    } as Body; // of the type it had, with a smaller number in it
  });
  return [...typed, ...menus.map(({ data }) => data)];
}
