/**
 * What the page and its host say to each other. The host sends things, each with a key, whenever one has changed; the page
 * keeps the latest of each. Only types: both sides import it.
 */
import type { APIApplicationCommandOption } from 'discord-api-types/v10';
import type { Form, Message } from './message-protocol.js';

export type Thing = Home | Person | Guild | Channel | Command | Message | Happening;

/** Host to page, over the socket. */
export interface Update {
  readonly put: readonly Thing[];
  /** Keys of what is no more. */
  readonly drop: readonly string[];
}

/** Page to host, over the socket: what it wants to see. */
export interface Wish {
  /** Through whose eyes; the first person's when absent. */
  readonly viewer?: string | undefined;
  /** Whether requests and events too. */
  readonly happenings?: boolean | undefined;
  /** How many messages of one channel, the latest; of the others a page gets what is usual. */
  readonly reach?: Reach | undefined;
}

export interface Reach {
  readonly channel: string;
  readonly messages: number;
}

/** What there is one of. */
export interface Home {
  readonly key: 'home';
  readonly kind: 'home';
  readonly title: string;
  /** The person whose eyes these are. */
  readonly viewer: string;
  readonly bot: BotView;
  /** Milliseconds by which the stand-in's clock is ahead of the machine's. */
  readonly aheadMs: number;
  readonly suggestions: Suggestions | null;
  /** Faults that wait. */
  readonly faults: readonly FaultView[];
  /** What can be made to go wrong. */
  readonly troubles: Troubles;
}

export interface Troubles {
  readonly request: readonly Trouble[];
  readonly gateway: readonly Trouble[];
  readonly routes: readonly string[];
  /** Permissions the bot can be deprived of in a channel. */
  readonly permissions: readonly string[];
}

export interface Trouble {
  readonly name: string;
  readonly title: string;
}

export interface BotView {
  readonly id: string;
  readonly name: string;
  /** `here`: it has a session at the gateway. */
  readonly state: 'here' | 'starting' | 'away' | 'stopped';
  /** Whether the host started it and can stop it. */
  readonly isOurs: boolean;
}

/** Texts worth trying, and the command and option they are for. */
export interface Suggestions {
  readonly command: string;
  readonly option: string;
  readonly texts: readonly string[];
}

export interface FaultView {
  readonly id: number;
  readonly title: string;
  readonly route: string | null;
  readonly times: number;
  readonly hits: number;
}

export interface Person {
  readonly key: string;
  readonly kind: 'person';
  readonly id: string;
  readonly name: string;
  /** Who that is in this play; null for those one cannot be. */
  readonly part: string | null;
  readonly isBot: boolean;
}

export interface Guild {
  readonly key: string;
  readonly kind: 'guild';
  readonly id: string;
  readonly name: string;
  readonly roles: readonly { readonly id: string; readonly name: string }[];
  readonly members: readonly string[];
}

export interface Channel {
  readonly key: string;
  readonly kind: 'channel';
  readonly id: string;
  readonly type: number;
  readonly name: string;
  readonly guildId: string | null;
  /** Of a thread. */
  readonly parentId: string | null;
  readonly isAdult: boolean;
  readonly isArchived: boolean;
  readonly isLocked: boolean;
  readonly lastMessageId: string | null;
  /** Whether there are messages before those that were sent. */
  readonly hasEarlier: boolean;
  /** What the viewer may. */
  readonly may: {
    readonly write: boolean;
    readonly attach: boolean;
    readonly react: boolean;
    readonly rule: boolean;
  };
  /** Permissions that were taken from the bot here. */
  readonly taken: readonly string[];
  /** Ids of the commands the viewer is offered here. */
  readonly commands: readonly string[];
}

export interface Command {
  readonly key: string;
  readonly kind: 'command';
  readonly id: string;
  /** 1 is typed; 2 stands in the menu of a person, 3 in that of a message. */
  readonly type: number;
  readonly name: string;
  readonly description: string;
  readonly options: readonly APIApplicationCommandOption[];
}

/** A request or an event in brief; its bodies come on demand. */
export interface Happening {
  readonly key: string;
  readonly kind: 'happening';
  readonly n: number;
  readonly at: number;
  readonly what: 'request' | 'event' | 'gateway';
  readonly title: string;
  readonly verdict: 'accepted' | 'refused' | 'broken' | 'sent' | 'unheard';
  /** In words, of a refusal. */
  readonly reason: string | null;
  readonly status: number | null;
  readonly durationMs: number | null;
}

export interface Choice {
  readonly name: string;
  readonly value: string | number;
}

/** How an act went. */
export type ActResult =
  | {
      readonly ok: true;
      readonly choices?: readonly Choice[];
      /** The channel that was made. */
      readonly channel?: string;
      readonly form?: { readonly token: string; readonly form: Form };
    }
  | {
      readonly ok: false;
      /** A sentence for the person. */
      readonly error: string;
      /** The option it is about. */
      readonly option?: string;
    };
