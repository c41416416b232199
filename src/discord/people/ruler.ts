import type { AutocompleteInteraction, ChatInputCommandInteraction } from 'discord.js';
import { UserError } from '../../errors.js';
import type { Actor } from '../../jobs/api.js';
import type { Text } from '../words/text.js';
import { actorFor, type Staff } from './permissions.js';
import { personOf } from './person.js';

interface Asked {
  readonly staff: Staff;
  readonly text: Text;
  /** Whether it is for operators only. */
  readonly isForOperators?: boolean;
}

/**
 * Who rules by a command. An operator rules this server like a moderator, until they say `everywhere` or do what only
 * operators may.
 *
 * @throws UserError for everybody else.
 */
export function rulerBehind(
  interaction: ChatInputCommandInteraction,
  { staff, text, isForOperators = false }: Asked,
): Actor {
  const actor = actorFor(personOf(interaction), staff, 'ManageGuild');
  if (actor.role === 'member') throw new UserError(text.rulersOnly);
  const isEverywhere = interaction.options.getBoolean('everywhere') === true || isForOperators;
  if (isEverywhere && actor.role !== 'operator') throw new UserError(text.operatorsOnly);
  return isEverywhere ? actor : { ...actor, role: 'moderator' };
}

/** Whether somebody who is still typing rules this server. */
export function isRuler(interaction: AutocompleteInteraction, staff: Staff): boolean {
  return actorFor(personOf(interaction), staff, 'ManageGuild').role !== 'member';
}
