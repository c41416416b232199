import type { z } from 'zod';
import type { Discord } from '../../discord.js';
import type { UploadedFile } from '../../world/attachments.js';
import type { Channel, User } from '../../world/places.js';
import type { ActResult } from '../protocol.js';

/** What a page asks the host to do, `POST /act/NAME`. */
export interface Act {
  /** @throws with a sentence for the person. */
  run(asked: Asked): ActResult | Promise<ActResult>;
}

interface Asked {
  /** JSON from the page. */
  readonly input: unknown;
  /** Files by the names they came under, an option's or a number. */
  readonly files: ReadonlyMap<string, UploadedFile>;
}

export const DONE: ActResult = { ok: true };

interface Deed<Input> {
  readonly input: Input;
  readonly files: ReadonlyMap<string, UploadedFile>;
}

/** An act whose input is checked first. */
export function act<Schema extends z.ZodType>(
  schema: Schema,
  run: (deed: Deed<z.output<Schema>>) => ActResult | Promise<ActResult>,
): Act {
  return { run: ({ input, files }) => run({ input: schema.parse(input), files }) };
}

/** Finds what ids stand for. @throws for one that stands for nothing any more. */
export function finders({ world }: Discord) {
  return {
    user: (id: string): User => found(world.users.get(id), 'person'),
    channel: (id: string): Channel => found(world.channels.get(id), 'channel'),
    message: (id: string) => found(world.messages.get(id), 'message'),
    guild: (id: string) => found(world.guilds.get(id), 'server'),
  };
}

export type Finders = ReturnType<typeof finders>;

function found<T>(thing: T | undefined, what: string): T {
  if (thing === undefined) throw new Error(`This ${what} is not there any more.`);
  return thing;
}
