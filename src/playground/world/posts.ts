import type { Message, MessageBody } from './message.js';
import { createMessage } from './messages.js';
import type { GuildChannel, ThreadChannel, User } from './places.js';
import { createThread } from './threads.js';
import type { World } from './world.js';

export interface Post {
  readonly forum: GuildChannel;
  readonly owner: User;
  readonly name: string;
  readonly body: MessageBody;
}

/** A post of a forum: a thread whose first message shares its id. */
export function createPost(
  world: World,
  { forum, owner, name, body }: Post,
): { readonly thread: ThreadChannel; readonly message: Message } {
  const thread = createThread(world, { parent: forum, name, owner });
  const message = createMessage(world, { channel: thread, author: owner, body, id: thread.id });
  return { thread, message };
}
