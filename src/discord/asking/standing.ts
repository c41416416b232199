import type { BaseInteraction, Channel, Client } from 'discord.js';
import type { Standing } from '../../jobs/api.js';
import { personOf } from '../people/person.js';

/** What rules may ask about who asks and where. */
export function standingOf(interaction: BaseInteraction): Standing {
  return { ...placeOf(interaction.channel), roleIds: personOf(interaction).roleIds };
}

/** The same of somebody who reacted. */
export function standingIn(client: Client, channelId: string, roleIds: readonly string[]): Standing {
  return { ...placeOf(client.channels.cache.get(channelId) ?? null), roleIds };
}

/** A thread is for adults only where its channel is. */
function placeOf(channel: Channel | null): Pick<Standing, 'parentChannelId' | 'isAgeRestricted'> {
  if (channel === null || channel.isDMBased()) return { parentChannelId: null, isAgeRestricted: false };
  const place = channel.isThread() ? channel.parent : channel;
  return {
    parentChannelId: channel.isThread() ? channel.parentId : null,
    isAgeRestricted: place !== null && 'nsfw' in place && place.nsfw,
  };
}
