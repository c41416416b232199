import type { Channel, Command } from '../../host/protocol.js';
import { commandById } from '../state/things.js';

/** One line of the list of commands: a command, or one of its sub-commands. */
export interface Offer {
  readonly command: Command;
  readonly inside: readonly string[];
  /** `queue-admin pause` */
  readonly name: string;
  readonly description: string;
}

const TYPED = 1;
const SUBCOMMAND = 1;
const GROUP = 2;

/** Every command one can type in a channel, sub-commands on lines of their own. */
export function offersIn(channel: Channel): readonly Offer[] {
  return channel.commands.flatMap((id) => {
    const command = commandById.value.get(id);
    return command?.type === TYPED ? offersOf(command) : [];
  });
}

/** Those whose names hold what was typed; those that begin with it first. */
export function matchingCommands(offers: readonly Offer[], typed: string): readonly Offer[] {
  const wanted = typed.trim().toLowerCase();
  const rank = ({ name }: Offer) => (name.startsWith(wanted) ? 0 : 1);
  return offers.filter(({ name }) => name.includes(wanted)).sort((a, b) => rank(a) - rank(b));
}

function offersOf(command: Command): readonly Offer[] {
  const lines = command.options.flatMap((option): Offer[] => {
    if (option.type === SUBCOMMAND) return [offer(command, [option.name], option.description)];
    if (option.type !== GROUP) return [];
    return (option.options ?? []).map((inner) =>
      offer(command, [option.name, inner.name], inner.description),
    );
  });
  return lines.length > 0 ? lines : [offer(command, [], command.description)];
}

function offer(command: Command, inside: readonly string[], description: string): Offer {
  return { command, inside, description, name: [command.name, ...inside].join(' ') };
}
