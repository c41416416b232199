import {
  ApplicationCommandType,
  ApplicationIntegrationType,
  InteractionContextType,
  PermissionFlagsBits,
} from 'discord.js';
import { UserError } from '../../errors.js';
import type { Text } from '../words/text.js';
import type { Command } from './command.js';

/**
 * Where and to whom Discord offers the commands of those who rule a server. Its admins may give them to others, so what somebody
 * may do is checked again behind each.
 */
export const FOR_RULERS = {
  type: ApplicationCommandType.ChatInput,
  default_member_permissions: PermissionFlagsBits.ManageGuild.toString(),
  integration_types: [ApplicationIntegrationType.GuildInstall],
  contexts: [InteractionContextType.Guild],
} satisfies Partial<Command['data']>;

/** What a subcommand does. @throws UserError for one that this version does not know. */
export function actNamed<Act>(acts: Readonly<Record<string, Act>>, name: string, text: Text): Act {
  const act = Object.hasOwn(acts, name) ? acts[name] : undefined;
  if (act === undefined) throw new UserError(text.unknownCommand);
  return act;
}
