import { ComponentType, InteractionType } from 'discord-api-types/v10';
import type { Message } from '../world/message.js';
import type { User } from '../world/places.js';
import type { World } from '../world/world.js';
import { interact, type Outcome, requirePresence } from './interact.js';
import { isOfTypes } from './command-options.js';
import { resolvedIds } from './resolved-ids.js';

export interface Button {
  readonly customId: string | undefined;
  readonly label: string | undefined;
  readonly emoji: string | undefined;
  readonly style: number;
  readonly url: string | undefined;
  readonly disabled: boolean;
}

interface AnyComponent {
  readonly type: number;
  readonly custom_id?: string;
  readonly label?: string;
  readonly emoji?: { readonly name?: string | null };
  readonly style?: number;
  readonly url?: string;
  readonly disabled?: boolean;
  readonly options?: readonly { readonly value: string }[];
  readonly min_values?: number;
  readonly max_values?: number;
  readonly channel_types?: readonly number[];
  readonly components?: readonly AnyComponent[];
  readonly accessory?: AnyComponent;
}

/** The buttons of a message, in reading order. */
export function buttonsOf(message: Message): Button[] {
  return componentsOf(message)
    .filter(({ type }) => type === ComponentType.Button)
    .map(({ custom_id, label, emoji, style = 0, url, disabled = false }) => ({
      customId: custom_id,
      label,
      emoji: emoji?.name ?? undefined,
      style,
      url,
      disabled,
    }));
}

export interface Press {
  readonly user: User;
  readonly message: Message;
  readonly customId: string;
}

/** Presses a button. @throws when a real client would not let this person: no such button, disabled, not to be seen. */
export async function press(world: World, { user, message, customId }: Press): Promise<Outcome> {
  requireUsable(message, user, customId);
  const data = { custom_id: customId, component_type: ComponentType.Button, id: 1 };
  return useComponent(world, { user, message, data });
}

export interface Choose extends Press {
  readonly values: readonly string[];
}

/** Chooses values of a select: texts it offers, or ids of people, roles and channels. */
export async function choose(world: World, { user, message, customId, values }: Choose): Promise<Outcome> {
  const {
    type,
    options,
    min_values: least,
    max_values: most,
    channel_types: types,
  } = requireUsable(message, user, customId);
  if (values.length < (least ?? 1) || values.length > (most ?? 1) || new Set(values).size < values.length)
    throw new Error(`Expected ${least ?? 1} to ${most ?? 1} values, each once, got ${values.length}.`);
  const offered = type === ComponentType.StringSelect ? (options ?? []) : undefined;
  const unknown = values.find((value) => offered && !offered.some((option) => option.value === value));
  const isForeign = (id: string) => {
    const named = world.channels.get(id);
    return named !== undefined && !isOfTypes(named, types);
  };
  const wrong = unknown ?? values.find(isForeign);
  if (wrong !== undefined) throw new Error(`Expected a value the select offers, got ${wrong}.`);
  const resolved = offered === undefined ? { resolved: resolvedIds(world, message.channel, values) } : {};
  const data = { custom_id: customId, component_type: type, id: 1, values: [...values], ...resolved };
  return useComponent(world, { user, message, data });
}

function useComponent(
  world: World,
  { user, message, data }: { readonly user: User; readonly message: Message; readonly data: object },
): Promise<Outcome> {
  return interact(world, {
    user,
    channel: message.channel,
    type: InteractionType.MessageComponent,
    data,
    message,
  });
}

function requireUsable(message: Message, user: User, customId: string): AnyComponent {
  requirePresence({ user, channel: message.channel });
  if (message.deleted) throw new Error('Expected the message still to be there.');
  if (message.onlyFor !== undefined && message.onlyFor !== user)
    throw new Error(`Expected ${user.name} to see the message.`);
  const component = componentsOf(message).find(({ custom_id }) => custom_id === customId);
  if (component === undefined) {
    const there = componentsOf(message).flatMap(({ custom_id }) => custom_id ?? []);
    throw new Error(`Expected a component ${customId}; there are ${there.join(', ') || 'none'}.`);
  }
  if (component.disabled) throw new Error(`Expected the component ${customId} not to be disabled.`);
  return component;
}

function componentsOf({ body }: Message): AnyComponent[] {
  const flatten = (component: AnyComponent): AnyComponent[] => [
    component,
    ...(component.components ?? []).flatMap(flatten),
    ...(component.accessory === undefined ? [] : flatten(component.accessory)),
  ];
  return (body.components as readonly AnyComponent[]).flatMap(flatten); // Discord's union, seen from outside
}
