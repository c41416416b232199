import { offeredCommands } from '../../person/offered-commands.js';
import { read } from '../../person/talk.js';
import { mayIn } from '../../world/permissions.js';
import type { Channel, User } from '../../world/places.js';
import type { World } from '../../world/world.js';
import type { Person, Reach, Thing } from '../protocol.js';
import { messageView } from './message.js';
import { channelView, commandView, guildView } from './places.js';

/** Messages of a channel a page gets where it does not wish for more; the latest. */
const MESSAGES = 100;

export interface Seeing {
  readonly world: World;
  readonly viewer: User;
  /** What the people who can be played are in this play, by id. */
  readonly parts: ReadonlyMap<string, string>;
  /** Ids of messages the viewer has dismissed. */
  readonly dismissed: ReadonlySet<string>;
  readonly reach: Reach | undefined;
}

/** Everything one person can see in a world. */
export function* visibleThings({ world, viewer, parts, dismissed, reach }: Seeing): Generator<Thing> {
  for (const user of world.users.values()) yield personView(user, parts);
  for (const guild of world.guilds.values()) if (guild.members.has(viewer.id)) yield guildView(guild);
  const commands = new Set<string>();
  for (const channel of world.channels.values()) {
    if (!isVisible(channel, viewer)) continue;
    const messages = read(world, { user: viewer, channel }).filter(({ id }) => !dismissed.has(id));
    const count = reach?.channel === channel.id ? reach.messages : MESSAGES;
    yield { ...channelView(world, channel, viewer), hasEarlier: messages.length > count };
    for (const command of offeredCommands(world, { user: viewer, channel })) {
      if (!commands.has(command.id)) yield commandView(command);
      commands.add(command.id);
    }
    for (const message of messages.slice(-count)) yield messageView(message, viewer);
  }
}

function personView({ id, name, bot }: User, parts: ReadonlyMap<string, string>): Person {
  return { key: `person:${id}`, kind: 'person', id, name, part: parts.get(id) ?? null, isBot: bot };
}

function isVisible(channel: Channel, viewer: User): boolean {
  if (channel.kind === 'direct') return channel.recipient === viewer;
  return mayIn(channel, viewer.id, ['ViewChannel']);
}
