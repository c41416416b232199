import type { Command, CommandBody } from './command.js';
import type { World } from './world.js';

interface Scope {
  /** Absent for global commands. */
  readonly guildId: string | undefined;
}

export function commandsIn(world: World, { guildId }: Scope): Command[] {
  return [...world.commands.values()].filter((command) => command.guildId === guildId);
}

/** Creates a command, or overwrites the one with its name and type; the id stays then. */
export function upsertCommand(
  world: World,
  scope: Scope,
  body: CommandBody,
): { command: Command; created: boolean } {
  const old = commandsIn(world, scope).find((command) => sameCommand(command.body, body));
  const command: Command = {
    id: old?.id ?? world.nextId(),
    version: world.nextId(),
    guildId: scope.guildId,
    body,
  };
  world.commands.set(command.id, command);
  world.changed();
  return { command, created: old === undefined };
}

/** Replaces all commands of a scope; those of the same name and type keep their ids. */
export function replaceCommands(world: World, scope: Scope, bodies: readonly CommandBody[]): Command[] {
  for (const old of commandsIn(world, scope)) {
    if (!bodies.some((body) => sameCommand(old.body, body))) world.commands.delete(old.id);
  }
  return bodies.map((body) => upsertCommand(world, scope, body).command);
}

function sameCommand(a: CommandBody, b: CommandBody): boolean {
  return a.name === b.name && (a.type ?? 1) === (b.type ?? 1);
}
