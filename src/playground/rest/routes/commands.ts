import {
  ApplicationCommandCreateRequestSchema,
  ApplicationCommandPatchRequestPartialSchema,
  ApplicationCommandResponseSchema,
  ApplicationCommandUpdateRequestSchema,
} from 'discord-api-spec/zod';
import { z } from 'zod';
import { commandListRules, commandRules } from '../../validation/command-rules.js';
import { withIntegerPermissions } from '../../validation/wrinkles.js';
import { commandObject, withoutLocalizations } from '../../wire/command.js';
import type { CommandBody } from '../../world/command.js';
import { commandsIn, replaceCommands, upsertCommand } from '../../world/commands.js';
import { refuse, tooManyCommands } from '../error.js';
import { type Call, param, type Route, route } from '../route.js';

const LIMIT = { requests: 5, windowMs: 20_000 };
const GLOBAL = '/applications/:application/commands';
const GUILD = '/applications/:application/guilds/:guild/commands';
/** How many commands of each type there may be: typed ones, those of people's menus, those of messages' (raised from 5 in March 2026). */
const LIMITS: Readonly<Record<number, number>> = { 1: 100, 2: 15, 3: 15 };
const answer = ApplicationCommandResponseSchema;
const create = withIntegerPermissions(ApplicationCommandCreateRequestSchema);
const update = z.array(withIntegerPermissions(ApplicationCommandUpdateRequestSchema)).max(110).nullable();
const patch = withIntegerPermissions(ApplicationCommandPatchRequestPartialSchema);

/** The same endpoints for global commands and for a guild's own. */
export const commandRoutes: readonly Route[] = ([GLOBAL, GUILD] as const).flatMap((base) => [
  route({
    on: `GET ${base}`,
    query: { with_localizations: 'boolean' },
    answer: z.array(answer),
    handle(call) {
      const commands = commandsIn(call.world, scopeOf(call)).map((command) =>
        commandObject(call.world, command),
      );
      const localized = call.query.get('with_localizations') === 'true';
      return { status: 200, body: localized ? commands : commands.map(withoutLocalizations) };
    },
  }),
  route<readonly CommandBody[] | null>({
    on: `PUT ${base}`,
    limit: LIMIT,
    body: update,
    rules: ({ body }) => commandListRules(body ?? []),
    answer: z.array(answer),
    handle(call) {
      const bodies = call.body ?? [];
      for (const { type = 1 } of bodies)
        requireRoom(type, bodies.filter((body) => (body.type ?? 1) === type).length);
      const commands = replaceCommands(call.world, scopeOf(call), bodies);
      return { status: 200, body: commands.map((command) => commandObject(call.world, command)) };
    },
  }),
  route<CommandBody>({
    on: `POST ${base}`,
    limit: LIMIT,
    body: create,
    rules: ({ body }) => commandRules(body),
    answer,
    handle(call) {
      const scope = scopeOf(call);
      const type = call.body.type ?? 1;
      const ofType = commandsIn(call.world, scope).filter(({ body }) => (body.type ?? 1) === type);
      const isNew = !ofType.some(({ body }) => body.name === call.body.name);
      if (isNew) requireRoom(type, ofType.length + 1);
      const { command, created } = upsertCommand(call.world, scope, call.body);
      return { status: created ? 201 : 200, body: commandObject(call.world, command) };
    },
  }),
  route({
    on: `GET ${base}/:command`,
    answer,
    handle: (call) => ({ status: 200, body: commandObject(call.world, findCommand(call)) }),
  }),
  route<Partial<CommandBody>>({
    on: `PATCH ${base}/:command`,
    limit: LIMIT,
    body: patch,
    rules: (call) => commandRules(changed(call)),
    answer,
    handle(call) {
      const command = { ...findCommand(call), version: call.world.nextId(), body: changed(call) };
      call.world.commands.set(command.id, command);
      return { status: 200, body: commandObject(call.world, command) };
    },
  }),
  route({
    on: `DELETE ${base}/:command`,
    limit: LIMIT,
    handle(call) {
      call.world.commands.delete(findCommand(call).id);
      return { status: 204 };
    },
  }),
]);

/** @throws Refusal 30032 where there are more of a type than there may be. */
function requireRoom(type: CommandBody['type'], count: number): void {
  const limit = LIMITS[type ?? 1] ?? 1;
  if (count > limit) throw tooManyCommands(limit);
}

function scopeOf(call: Call) {
  if (param(call, 'application') !== call.world.application.id) throw refuse('unknownApplication');
  const guildId = call.params['guild'];
  if (guildId !== undefined && !call.world.guilds.has(guildId)) throw refuse('missingAccess');
  return { guildId };
}

/** The command as it will be: fields that are not given stay. */
function changed(call: Call<Partial<CommandBody>>): CommandBody {
  return { ...findCommand(call).body, ...call.body } as CommandBody; // of the type it had, field by field
}

function findCommand(call: Call) {
  const { guildId } = scopeOf(call);
  const command = call.world.commands.get(param(call, 'command'));
  if (command === undefined || command.guildId !== guildId) throw refuse('unknownCommand');
  return command;
}
