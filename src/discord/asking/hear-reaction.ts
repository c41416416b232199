import { randomUUID } from 'node:crypto';
import {
  type Client,
  type GatewayMessageReactionAddDispatchData,
  type GuildMember,
  PermissionsBitField,
} from 'discord.js';
import type { Job } from '../../contracts/job.js';
import { UserError } from '../../errors.js';
import type { Actor } from '../../jobs/api.js';
import type { Desk } from './desk.js';
import { messageRef } from '../messages/messages.js';
import { putInGallery } from './put-in-gallery.js';
import { tellReactor } from './tell-reactor.js';
import { actorFor, missingPermissions } from '../people/permissions.js';
import { REACTIONS, STAR } from '../showing/publisher.js';
import { sentenceFor } from '../words/sentence-for.js';
import { textFor } from '../words/text.js';
import { standingIn } from './standing.js';

/** The gateway's own event. */
type Reaction = GatewayMessageReactionAddDispatchData;

/**
 * 🔁 paints the picture under it again with another seed; ❌ cancels or deletes it; ⭐ puts it into the gallery. What does not happen, its giver is told
 * why.
 *
 * It takes the raw event, because discord.js drops reactions in direct messages it has not seen since its start.
 */
export async function hearReaction(reaction: Reaction, client: Client<true>, desk: Desk): Promise<void> {
  const { user_id: userId } = reaction;
  // Some keyboards add the selector that asks for a picture.
  const emoji = reaction.emoji.name?.replace('\uFE0F', '');
  const isOurs = [REACTIONS.again, REACTIONS.remove, STAR].some((ours) => ours === emoji);
  if (!isOurs || userId === client.user.id) return;
  const job = await desk.jobs.findByMessage(reaction.message_id);
  if (!job || (await isBot(reaction, client))) return;
  try {
    if (emoji === REACTIONS.again) {
      await desk.jobs.noteReaction(reaction.message_id, userId);
      await rerun(job, reaction, client, desk);
    } else if (emoji === STAR) await putInGallery(job, desk);
    else await remove(job, reaction, await actorBehind(reaction, client, desk), desk);
  } catch (error) {
    if (!(error instanceof UserError)) throw error;
    desk.log.debug({ job: job.id, user: userId, reason: error.message }, 'reaction refused');
    const { channel_id: channelId, message_id: messageId } = reaction;
    const sentence = sentenceFor(error, textFor(job.locale));
    await tellReactor({ job, userId, channelId, messageId, sentence }, desk);
  }
}

/** In servers the event says so; in direct messages Discord has to be asked. */
async function isBot({ member, user_id: userId }: Reaction, client: Client<true>): Promise<boolean> {
  return member?.user ? member.user.bot === true : (await client.users.fetch(userId)).bot;
}

async function rerun(job: Job, reaction: Reaction, client: Client<true>, desk: Desk): Promise<void> {
  if (!mayPost(reaction, client)) return;
  const { user_id: userId, message_id: messageId, channel_id: channelId } = reaction;
  await desk.jobs.accept({
    // Reactions have no id. Pressing twice is caught by the rule: same person, same picture, once while queued.
    causeId: `reaction:${messageId}:${userId}:${randomUUID()}`,
    userId,
    guildId: reaction.guild_id ?? null,
    channelId,
    standing: standingIn(client, channelId, reaction.member?.roles ?? []),
    locale: job.locale,
    request: await desk.requests.again(job.request),
    parentJob: job.id,
  });
}

async function remove(
  job: Job,
  reaction: Reaction,
  actor: Actor,
  { jobs, messages, log }: Desk,
): Promise<void> {
  if ((await jobs.discard(job.id, actor)) === 'cancelled') return;
  const { channel_id: channelId, message_id: messageId } = reaction;
  await messages.delete(messageRef(channelId, messageId));
  // The reaction may stand under a copy.
  if (job.message && job.message.messageId !== messageId) await messages.delete(job.message);
  log.info({ job: job.id, by: actor.userId, role: actor.role }, 'picture deleted');
}

function mayPost({ guild_id: guildId, channel_id: channelId }: Reaction, client: Client<true>): boolean {
  if (guildId === undefined) return true;
  const channel = client.channels.cache.get(channelId);
  // An archived thread is not known; trying tells.
  if (!channel || channel.isDMBased()) return true;
  const granted = channel.permissionsFor(client.user);
  const place = { thread: channel.isThread(), text: textFor('en') };
  return granted !== null && missingPermissions(granted, place).length === 0;
}

async function actorBehind(reaction: Reaction, client: Client<true>, desk: Desk): Promise<Actor> {
  const { user_id: userId, guild_id: guildId = null } = reaction;
  const guild = guildId === null ? undefined : client.guilds.cache.get(guildId);
  const member = await guild?.members.fetch(userId);
  return actorFor(
    {
      userId,
      guildId,
      permissions: member ? permissionsIn(reaction.channel_id, member) : null,
      roleIds: member ? [...member.roles.cache.keys()] : [],
    },
    desk.staff,
    'ManageMessages',
  );
}

function permissionsIn(channelId: string, member: GuildMember): Readonly<PermissionsBitField> {
  return member.guild.channels.cache.get(channelId)?.permissionsFor(member) ?? new PermissionsBitField();
}
