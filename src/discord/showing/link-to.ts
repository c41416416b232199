import type { MessageRef } from '../../contracts/job.js';

/** The address of a message, which clients open at it. */
export function linkTo(guildId: string | null, { channelId, messageId }: MessageRef): string {
  return `https://discord.com/channels/${guildId ?? '@me'}/${channelId}/${messageId}`;
}
