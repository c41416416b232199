import type {
  AutocompleteInteraction,
  ChatInputCommandInteraction,
  RESTPostAPIChatInputApplicationCommandsJSONBody,
} from 'discord.js';
import type { Desk } from './desk.js';

/** A slash command: what Discord shows of it, and what it does. One file of `commands/` each. */
export interface Command {
  readonly data: RESTPostAPIChatInputApplicationCommandsJSONBody;
  /** Answers the interaction; a UserError is shown to the person, anything else is logged. */
  execute(interaction: ChatInputCommandInteraction, desk: Desk): Promise<void>;
  /** Offers values while somebody types an option. */
  complete?(interaction: AutocompleteInteraction, desk: Desk): Promise<void>;
}
