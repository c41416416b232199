import type {
  MessageContextMenuCommandInteraction,
  RESTPostAPIContextMenuApplicationCommandsJSONBody,
} from 'discord.js';
import type { Desk } from './desk.js';

/** A command in the menu of a message. */
export interface MessageMenu {
  readonly data: RESTPostAPIContextMenuApplicationCommandsJSONBody;
  /** Answers the interaction; a UserError is shown to the person, anything else is logged. */
  execute(interaction: MessageContextMenuCommandInteraction, desk: Desk): Promise<void>;
}
