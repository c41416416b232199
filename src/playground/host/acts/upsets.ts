import { z } from 'zod';
import type { Discord } from '../../discord.js';
import { LOSABLE } from '../losable-permissions.js';
import { type Act, act, DONE, type Finders } from './act.js';

/** What a server's owners do behind a bot's back. */
export function upsetActs(discord: Discord, find: Finders): Readonly<Record<string, Act>> {
  const thread = (id: string) => {
    const channel = find.channel(id);
    if (channel.kind !== 'thread') throw new Error('Expected a thread.');
    return channel;
  };
  return {
    permissions: act(
      z.object({ channel: z.string(), taken: z.array(z.enum(LOSABLE)) }),
      ({ input: { channel: id, taken } }) => {
        const channel = find.channel(id);
        const place = channel.kind === 'thread' ? channel.parent : channel;
        if (place.kind === 'direct') throw new Error('A conversation has no permissions to take.');
        discord.setChannelRule({ channel: place, user: discord.application.bot, deny: taken });
        return DONE;
      },
    ),
    archive: act(
      z.object({ channel: z.string(), archived: z.boolean(), locked: z.boolean() }),
      ({ input: { channel, archived, locked } }) => {
        discord.archiveThread(thread(channel), { archived, locked });
        return DONE;
      },
    ),
    removeChannel: act(z.object({ channel: z.string() }), ({ input }) => {
      discord.removeChannel(find.channel(input.channel));
      return DONE;
    }),
    addChannel: act(z.object({ guild: z.string(), name: z.string().min(1).max(100) }), ({ input }) => {
      const name = input.name.trim().toLowerCase().replaceAll(/\s+/g, '-');
      discord.addChannel({ guild: find.guild(input.guild), name });
      return DONE;
    }),
    removeMessage: act(z.object({ message: z.string() }), ({ input }) => {
      const message = find.message(input.message);
      discord.deleteMessage({ user: message.author, message });
      return DONE;
    }),
  };
}
