import type { APIAllowedMentions } from 'discord-api-types/v10';
import type { Mentions } from '../world/message.js';
import { mayIn } from '../world/permissions.js';
import type { Channel, User } from '../world/places.js';
import type { World } from '../world/world.js';

interface Speech {
  readonly content: string;
  /** Everybody named is pinged when absent. */
  readonly allowed: APIAllowedMentions | null | undefined;
  readonly channel: Channel;
  readonly author: User;
  /** Whom it replies to. */
  readonly repliedTo: User | undefined;
}

/** Whom a text pings: those it names, as far as `allowed_mentions` lets it and the author may. */
export function mentionsOf(world: World, { content, allowed, channel, author, repliedTo }: Speech): Mentions {
  const parse: readonly string[] = allowed?.parse ?? (allowed ? [] : ['users', 'roles', 'everyone']);
  const named = (pattern: RegExp) => [...new Set([...content.matchAll(pattern)].map(([, id]) => id ?? ''))];
  const mayEveryone = mayIn(channel, author.id, ['MentionEveryone']);
  const users = named(/<@!?(\d+)>/g)
    .filter((id) => parse.includes('users') || allowed?.users?.includes(id))
    .flatMap((id) => world.users.get(id) ?? []);
  const pingsReplied = repliedTo !== undefined && (allowed ? allowed.replied_user === true : true);
  return {
    everyone: /@(everyone|here)\b/.test(content) && parse.includes('everyone') && mayEveryone,
    users: pingsReplied && !users.includes(repliedTo) ? [...users, repliedTo] : users,
    roles: named(/<@&(\d+)>/g).filter((id) => parse.includes('roles') || allowed?.roles?.includes(id)),
  };
}
