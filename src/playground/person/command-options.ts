import {
  type APIApplicationCommandOption,
  ApplicationCommandOptionType as Type,
} from 'discord-api-types/v10';
import { channelObject, memberFields, roleObject } from '../wire/guild.js';
import { attachmentObject } from '../wire/message.js';
import { userObject } from '../wire/user.js';
import { keepFile, type UploadedFile } from '../world/attachments.js';
import type { Channel } from '../world/places.js';
import type { World } from '../world/world.js';
import { OptionError } from './option-error.js';

/** Ids stand for users, channels and roles. */
export type OptionValue = string | number | boolean | UploadedFile;

interface WireOption {
  readonly name: string;
  readonly type: Type;
  readonly value?: string | number | boolean;
  readonly focused?: true;
  readonly options?: readonly WireOption[];
}

export interface Given {
  readonly options: readonly WireOption[];
  /** What the ids among the values stand for. */
  readonly resolved: Readonly<Record<string, Record<string, unknown>>> | undefined;
}

interface Giving {
  readonly described: readonly APIApplicationCommandOption[];
  /** The sub-command, or group and sub-command. */
  readonly inside: readonly string[];
  readonly options: Readonly<Record<string, OptionValue>>;
  readonly channel: Channel;
  /** The option being typed, where that is why it is sent: nothing is required then. */
  readonly focused?: string;
}

/** Values in the shape of an interaction's `options`, checked as Discord's own client checks them before sending. */
export function givenOptions(world: World, giving: Giving): Given {
  const { described, inside, options } = giving;
  const [first, ...rest] = inside;
  if (first !== undefined) {
    const group = described.find(({ name }) => name === first);
    if (group === undefined || !('options' in group || isGroup(group)))
      throw new Error(`Expected a sub-command ${first}.`);
    const within = ('options' in group ? group.options : undefined) ?? [];
    const given = givenOptions(world, { ...giving, described: within, inside: rest });
    return { options: [{ name: first, type: group.type, options: given.options }], resolved: given.resolved };
  }
  if (described.some(isGroup))
    throw new Error(`Expected one of the sub-commands ${described.map(({ name }) => name).join(', ')}.`);
  const unknown = Object.keys(options).find((name) => !described.some((option) => option.name === name));
  if (unknown !== undefined) throw new Error(`Expected an option the command has, got ${unknown}.`);
  const resolved: Record<string, Record<string, unknown>> = {};
  const wire = described.flatMap((option): WireOption[] => {
    const value = options[option.name];
    const isFocused = option.name === giving.focused;
    if (value === undefined) {
      if (option.required && giving.focused === undefined)
        throw new OptionError(option.name, `Expected a value for the required option \`${option.name}\`.`);
      return [];
    }
    if (isFocused) return [{ name: option.name, type: option.type, value: value as string, focused: true }]; // still being typed
    return [
      {
        name: option.name,
        type: option.type,
        value: wireValue(world, { option, value, resolved, channel: giving.channel }),
      },
    ];
  });
  return { options: wire, resolved: Object.keys(resolved).length === 0 ? undefined : resolved };
}

function isGroup({ type }: APIApplicationCommandOption): boolean {
  return type === Type.Subcommand || type === Type.SubcommandGroup;
}

interface Value {
  readonly option: APIApplicationCommandOption;
  readonly value: OptionValue;
  readonly resolved: Record<string, Record<string, unknown>>;
  readonly channel: Channel;
}

function wireValue(world: World, { option, value, resolved, channel }: Value): string | number | boolean {
  const resolve = (kind: string, id: string, object: unknown) => {
    resolved[kind] = { ...resolved[kind], [id]: object };
    return id;
  };
  const guild = channel.kind === 'direct' ? undefined : channel.guild;
  if (typeof value === 'object') {
    if (option.type !== Type.Attachment)
      throw new OptionError(option.name, `Expected \`${option.name}\` to take a file.`);
    const file = keepFile(world, value, undefined);
    world.uploads.set(file.id, file);
    return resolve(
      'attachments',
      file.id,
      attachmentObject(world, { channelId: channel.id, onlyFor: channel }, file),
    );
  }
  switch (option.type) {
    case Type.User: {
      const user = world.users.get(String(value));
      if (user === undefined)
        throw new OptionError(option.name, `Expected \`${option.name}\` to be a user's id.`);
      const member = guild?.members.get(user.id);
      if (member !== undefined) {
        const { deaf: _deaf, mute: _mute, ...partial } = memberFields(member);
        resolve('members', user.id, { ...partial, permissions: '0' });
      }
      return resolve('users', user.id, userObject(user));
    }
    case Type.Role: {
      const role = guild?.roles.get(String(value));
      if (role === undefined)
        throw new OptionError(option.name, `Expected \`${option.name}\` to be a role's id.`);
      return resolve('roles', role.id, roleObject(world, role));
    }
    case Type.Channel: {
      const named = world.channels.get(String(value));
      if (named === undefined)
        throw new OptionError(option.name, `Expected \`${option.name}\` to be a channel's id.`);
      if (!isOfTypes(named, option.channel_types))
        throw new OptionError(
          option.name,
          `Expected \`${option.name}\` to be a channel of a type that it takes, got \`${nameOf(named)}\`.`,
        );
      return resolve('channels', named.id, { ...channelObject(world, named), permissions: '0' });
    }
    default:
      requireAllowed(option, value);
      return value;
  }
}

/** Whether an option or a select that takes channels of some types takes this one. */
export function isOfTypes({ type }: Channel, types: readonly number[] | undefined): boolean {
  return types === undefined || types.length === 0 || types.includes(type);
}

function nameOf(channel: Channel): string {
  return channel.kind === 'direct' ? 'a direct message' : channel.name;
}

/** Type, choices, bounds and lengths. */
function requireAllowed(option: APIApplicationCommandOption, value: string | number | boolean): void {
  const reject = (why: string) =>
    new OptionError(
      option.name,
      `Expected \`${option.name}\` ${why}, got \`${String(value).slice(0, 80)}\`.`,
    );
  const choices = ('choices' in option ? option.choices : undefined) ?? [];
  if (choices.length > 0 && !choices.some((choice) => choice.value === value))
    throw reject('to be one of its choices');
  if (option.type === Type.String) {
    if (typeof value !== 'string') throw reject('to be a text');
    if (value.length < (option.min_length ?? 0) || value.length > (option.max_length ?? 6000))
      throw reject('to keep to its length');
  } else if (option.type === Type.Integer || option.type === Type.Number) {
    if (typeof value !== 'number' || (option.type === Type.Integer && !Number.isSafeInteger(value)))
      throw reject('to be a number of its kind');
    if (value < (option.min_value ?? -(2 ** 53)) || value > (option.max_value ?? 2 ** 53))
      throw reject('to keep to its bounds');
  } else if (option.type === Type.Boolean) {
    if (typeof value !== 'boolean') throw reject('to be true or false');
  } else {
    throw reject('to be of a type that takes such a value');
  }
}
