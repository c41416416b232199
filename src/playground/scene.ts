import type { Discord } from './discord.js';
import type { PermissionName } from './world/permissions.js';

/** Servers, channels and people to begin with. */
export interface Scene {
  readonly guilds: readonly SceneGuild[];
  readonly people: readonly ScenePerson[];
}

interface SceneGuild {
  readonly name: string;
  readonly channels: readonly SceneChannel[];
}

interface SceneChannel {
  readonly name: string;
  readonly isAdult?: boolean;
  /** For text when absent. */
  readonly kind?: 'forum' | 'announcement';
  /** Names of threads in it, or of posts. */
  readonly threads?: readonly string[];
}

interface ScenePerson {
  readonly name: string;
  /** Who that is in this play, in a few words. */
  readonly part: string;
  /** What they may do beyond everyone, in every server. */
  readonly permissions?: readonly PermissionName[];
  /** A role they have in the first server that permits nothing by itself. */
  readonly role?: string;
}

/** Ids of what a scene has become. */
export interface Cast {
  /** Parts by people's ids, in the scene's order. */
  readonly parts: ReadonlyMap<string, string>;
  /** Ids of people by their names. */
  readonly people: ReadonlyMap<string, string>;
  /** Ids of the scene's roles by their names. */
  readonly roles: ReadonlyMap<string, string>;
}

/** Sets a scene up in an empty world: everybody is in every server, and has a conversation with the bot. */
export function setScene(discord: Discord, { guilds, people }: Scene): Cast {
  const founded = guilds.map(({ name, channels }) => {
    const guild = discord.addGuild({ name });
    const owner = discord.world.users.get(guild.ownerId) ?? discord.application.owner;
    for (const { name: called, isAdult = false, kind = 'text', threads = [] } of channels) {
      const channel = discord.addChannel({ guild, name: called, nsfw: isAdult, kind });
      for (const thread of threads) {
        if (kind === 'forum') {
          discord.startPost({
            user: owner,
            forum: channel,
            name: thread,
            content: `Let us talk about ${thread}.`,
          });
        } else {
          discord.createThread({ parent: channel, name: thread, owner });
        }
      }
    }
    return guild;
  });
  const parts = new Map<string, string>();
  const ids = new Map<string, string>();
  const roles = new Map<string, string>();
  for (const { name, part, permissions = [], role } of people) {
    const user = discord.addUser({ name, guilds: founded, permissions });
    parts.set(user.id, part);
    ids.set(name, user.id);
    discord.directChannel(user);
    const [first] = founded;
    if (role !== undefined && first !== undefined) {
      roles.set(role, discord.addRole({ guild: first, name: role, user }).id);
    }
  }
  return { parts, people: ids, roles };
}
