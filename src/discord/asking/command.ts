import type {
  AutocompleteInteraction,
  ChatInputCommandInteraction,
  MessageComponentInteraction,
  RESTPostAPIChatInputApplicationCommandsJSONBody,
} from 'discord.js';
import type { Desk } from './desk.js';

/** A slash command: what Discord shows of it, and what it does. One file of `commands/` each. */
export interface Command {
  readonly data: RESTPostAPIChatInputApplicationCommandsJSONBody;
  /** Answers the interaction; a UserError is shown to the person, anything else is logged. */
  execute(interaction: ChatInputCommandInteraction, desk: Desk): Promise<void>;
  /** Takes in what is pressed or chosen under its answers; `wish` is what the component's id says. */
  press?(interaction: MessageComponentInteraction, wish: string, desk: Desk): Promise<void>;
  /** Offers values while somebody types an option. */
  complete?(interaction: AutocompleteInteraction, desk: Desk): Promise<void>;
}
