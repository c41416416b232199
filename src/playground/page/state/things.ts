import { computed, signal } from '@preact/signals';
import type { Message } from '../../host/message-protocol.js';
import type { Channel, Command, Guild, Happening, Home, Person, Thing, Update } from '../../host/protocol.js';

/** Everything the host has shown us, the latest of each, by key. */
const things = signal<ReadonlyMap<string, Thing>>(new Map());

export function take({ put, drop }: Update): void {
  const next = new Map(things.value);
  for (const key of drop) next.delete(key);
  for (const thing of put) next.set(thing.key, thing);
  things.value = next;
}

/** Forgets everything, for what comes after is sent as a whole. */
export function forget(): void {
  things.value = new Map();
}

export const home = computed(() => things.value.get('home') as Home | undefined); // its key says so

const ofKind = <T extends Thing>(kind: T['kind']) =>
  computed(() => [...things.value.values()].filter((thing): thing is T => thing.kind === kind));

export const guilds = ofKind<Guild>('guild');
export const channels = ofKind<Channel>('channel');
const people = ofKind<Person>('person');
const messages = ofKind<Message>('message');
const commands = ofKind<Command>('command');
export const happenings = ofKind<Happening>('happening');

/** People one can be. */
export const cast = computed(() => people.value.filter(({ part }) => part !== null));
export const personById = computed(() => byId(people.value));
export const channelById = computed(() => byId(channels.value));
export const commandById = computed(() => byId(commands.value));

/** Messages of each channel, oldest first. */
export const messagesByChannel = computed(() => {
  const lists = new Map<string, Message[]>();
  for (const message of messages.value) {
    const list = lists.get(message.channelId);
    if (list === undefined) lists.set(message.channelId, [message]);
    else list.push(message);
  }
  for (const list of lists.values()) list.sort((a, b) => compareIds(a.id, b.id));
  return lists;
});

/** Orders ids by age, oldest first. */
export function compareIds(a: string, b: string): number {
  return a.length - b.length || (a < b ? -1 : a > b ? 1 : 0);
}

function byId<T extends { readonly id: string }>(list: readonly T[]): ReadonlyMap<string, T> {
  return new Map(list.map((item) => [item.id, item]));
}
