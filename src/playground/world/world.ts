import type { GatewayIntentBits } from 'discord-api-types/v10';
import type { Clock } from '../clock.js';
import type { Waiting } from '../waiting.js';
import type { Command } from './command.js';
import type { Interaction } from './interaction.js';
import type { Attachment, Message } from './message.js';
import type { Channel, Guild, User } from './places.js';

/** A gateway event on its way out, before intents and permissions decide whether the bot gets to see it. */
export interface Dispatch {
  readonly event: string;
  readonly data: unknown;
  /** Any one of these intents lets it through; none needed when absent. */
  readonly intents?: readonly GatewayIntentBits[];
  /** The channel the bot must be able to see. */
  readonly channel?: Channel;
}

export interface Application {
  readonly id: string;
  readonly name: string;
  readonly owner: User;
  readonly bot: User;
  token: string;
  /** Privileged intents switched on in the developer portal; MessageContent among them shows others' words. */
  readonly privilegedIntents: number;
}

/** Everything that is the case on this Discord: plain data, changed only by the functions of this folder. */
export interface World {
  readonly clock: Clock;
  readonly nextId: () => string;
  readonly application: Application;
  readonly users: Map<string, User>;
  readonly guilds: Map<string, Guild>;
  readonly channels: Map<string, Channel>;
  /** Messages by id, in the order of their making; ephemeral ones among them. */
  readonly messages: Map<string, Message>;
  readonly commands: Map<string, Command>;
  /** Interactions by token. */
  readonly interactions: Map<string, Interaction>;
  /** Files that people gave as options of commands, by id. */
  readonly uploads: Map<string, Attachment>;
  /** Times of recent edits to messages older than an hour, by channel. */
  readonly lateEdits: Map<string, readonly number[]>;
  /** Whether messages keep their earlier bodies. */
  readonly keepsVersions: boolean;
  /** Hands an event to the gateway. */
  readonly dispatch: (event: Dispatch) => void;
  /** Wakes whoever waits for something to become the case. */
  readonly changed: Waiting['changed'];
  readonly until: Waiting['until'];
  /** Where attachments are served: `http://127.0.0.1:PORT`. */
  readonly cdn: () => string;
}

/** What of a world outlives a process: plain data, whose objects refer to each other. */
export type WorldState = Pick<
  World,
  | 'application'
  | 'users'
  | 'guilds'
  | 'channels'
  | 'messages'
  | 'commands'
  | 'interactions'
  | 'uploads'
  | 'lateEdits'
> & {
  /** The newest id that was given out; later ones are greater. */
  readonly lastId: string;
};
