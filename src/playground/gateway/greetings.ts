import { GatewayIntentBits as I } from 'discord-api-types/v10';
import type { Inspector } from '../validation/inspector.js';
import { applicationFlags } from '../wire/application.js';
import { guildCreate, memberObject } from '../wire/guild.js';
import { ownUser } from '../wire/user.js';
import type { World } from '../world/world.js';
import type { Identify, RequestMembers } from './client-payload.js';
import type { Session } from './session.js';
import { shardOf } from './shard.js';

/** Events meant for one session only. */
export interface Greetings {
  /** READY with every guild unavailable, then each guild in a GUILD_CREATE of its own. */
  welcome(session: Session, shard: NonNullable<Identify['shard']>): void;
  /** The members asked for, in one chunk: those named, or those whose names begin as the query says. */
  sendMembers(session: Session, request: RequestMembers): void;
}

interface GreetingsSettings {
  readonly world: () => World;
  readonly inspector: Inspector;
  /** Where to resume. */
  readonly url: () => string;
}

export function createGreetings({ world, inspector, url }: GreetingsSettings): Greetings {
  const send = (session: Session, event: string, data: object, intents?: readonly I[]) => {
    inspector.checkEvent(event, data);
    session.dispatch({ event, data, ...(intents === undefined ? {} : { intents }) });
  };
  return {
    welcome(session, shard) {
      const here = world();
      const { application } = here;
      const [index, count] = shard;
      const guilds = [...here.guilds.values()].filter(({ id }) => shardOf(id, count) === index);
      send(session, 'READY', {
        v: 10,
        user: ownUser(application.bot),
        guilds: guilds.map(({ id }) => ({ id, unavailable: true })),
        session_id: session.id,
        resume_gateway_url: url(),
        shard,
        application: { id: application.id, flags: applicationFlags(application) },
      });
      for (const guild of guilds) {
        send(session, 'GUILD_CREATE', guildCreate(here, guild), [I.Guilds]);
      }
    },
    sendMembers(session, { guild_id, query = '', limit = 0, user_ids, nonce }) {
      const guild = world().guilds.get(guild_id);
      if (guild === undefined) return;
      const ids = typeof user_ids === 'string' ? [user_ids] : user_ids;
      const all = [...guild.members.values()];
      const found = all.filter(({ user }) => ids?.includes(user.id) ?? user.name.startsWith(query));
      send(session, 'GUILD_MEMBERS_CHUNK', {
        guild_id,
        // A limit of 0 is none.
        members: found.slice(0, limit || undefined).map(memberObject),
        chunk_index: 0,
        chunk_count: 1,
        not_found: (ids ?? []).filter((id) => !guild.members.has(id)),
        ...(nonce === undefined ? {} : { nonce }),
      });
    },
  };
}
