import { z } from 'zod';
import type { Discord } from '../../discord.js';
import { type Act, act, DONE, type Finders } from './act.js';

const id = z.string();
const reaction = z.object({ user: id, message: id, emoji: z.string().min(1) });

export interface TalkSettings {
  readonly find: Finders;
  /** Puts a message that only one person sees out of that person's sight. */
  readonly dismiss: (messageId: string) => void;
}

/** What people say to each other, and to messages. */
export function talkActs(discord: Discord, { find, dismiss }: TalkSettings): Readonly<Record<string, Act>> {
  return {
    say: act(
      z.object({ user: id, channel: id, content: z.string().max(2000), replyTo: id.optional() }),
      ({ input, files }) => {
        discord.say({
          user: find.user(input.user),
          channel: find.channel(input.channel),
          content: input.content,
          files: [...files.values()],
          ...(input.replyTo === undefined ? {} : { replyTo: find.message(input.replyTo) }),
        });
        return DONE;
      },
    ),
    post: act(
      z.object({
        user: id,
        channel: id,
        name: z.string().trim().min(1).max(100),
        content: z.string().trim().min(1).max(2000),
      }),
      ({ input: { user, channel, name, content }, files }) => {
        const forum = find.channel(channel);
        if (forum.kind !== 'guild') throw new Error('Expected a forum.');
        const post = discord.startPost({
          user: find.user(user),
          forum,
          name,
          content,
          files: [...files.values()],
        });
        return { ok: true, channel: post.id };
      },
    ),
    react: act(reaction, ({ input: { user, message, emoji } }) => {
      discord.react({ user: find.user(user), message: find.message(message), emoji });
      return DONE;
    }),
    unreact: act(reaction, ({ input: { user, message, emoji } }) => {
      discord.unreact({ user: find.user(user), message: find.message(message), emoji });
      return DONE;
    }),
    delete: act(z.object({ user: id, message: id }), ({ input: { user, message } }) => {
      discord.deleteMessage({ user: find.user(user), message: find.message(message) });
      return DONE;
    }),
    dismiss: act(z.object({ message: id }), ({ input: { message } }) => {
      dismiss(message);
      return DONE;
    }),
  };
}
