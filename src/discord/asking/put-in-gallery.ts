import type { Job } from '../../contracts/job.js';
import { refused } from '../../contracts/refusal.js';
import { messageTrouble } from '../messages/message-errors.js';
import { FILE_LIMIT_BYTES, SHOWN_SIDE } from '../messages/post.js';
import { linkTo } from '../showing/link-to.js';
import { renderJob } from '../showing/render-job.js';
import { type Text, textFor } from '../words/text.js';
import type { Desk } from './desk.js';

/** Stands where a person would: that the gallery has a picture is noted once, whoever gave the ⭐. */
const GALLERY = 'gallery';

/**
 * ⭐ Puts a finished picture into the server's gallery, if it has one, once. What was painted where age is restricted
 * stays there.
 *
 * @throws UserError where the gallery is closed to us; those who can open it are told.
 */
export async function putInGallery(job: Job, desk: Desk): Promise<void> {
  const { jobs, messages, fitPicture, log } = desk;
  const { guildId, message, state } = job;
  if (guildId === null || message === null || state !== 'done' || job.isAgeRestricted) return;
  const { gallery: channelId } = await jobs.rules({ guildId });
  if (channelId === null || channelId === message.channelId) return;
  const picture = await jobs.picture(job.id);
  if (picture === undefined || !(await jobs.noteReaction(message.messageId, GALLERY))) return;
  const text = textFor(job.locale);
  const fitting = await fitPicture(picture, {
    maxBytes: FILE_LIMIT_BYTES,
    minSide: SHOWN_SIDE,
    small: false,
  });
  const post = renderJob(job, { text, picture: fitting, note: `⭐ ${linkTo(guildId, message)}` });
  // Its buttons stay under the picture itself: the first row makes new ones of it.
  const shown = { ...post, rows: post.rows.slice(0, 1) };
  try {
    const copy = await messages.create({ channelId, nonce: `star-${job.id}` }, shown);
    await jobs.rememberCopy(job.id, copy);
  } catch (error) {
    // Another ⭐ tries again.
    await jobs.forgetReaction(message.messageId, GALLERY);
    const { kind } = messageTrouble(error);
    log.warn({ job: job.id, channel: channelId, kind }, 'the gallery takes nothing');
    if (!['closed', 'forbidden'].includes(kind)) throw error;
    await tellModerators({ guildId, channelId, jobId: job.id }, desk);
    throw refused('galleryShut', { cause: error });
  }
}

/** Whoever can open it is told once, however many pictures it refuses. */
async function tellModerators(
  {
    guildId,
    channelId,
    jobId,
  }: { readonly guildId: string; readonly channelId: string; readonly jobId: string },
  { moderators, log }: Desk,
): Promise<void> {
  const write = (text: Text) => ({ content: text.galleryShut(channelId), rows: [], picture: null });
  try {
    await moderators.tellOnce(`gallery ${channelId}`, { guildId, nonce: `shut-${jobId}`, write });
  } catch (error) {
    log.warn({ err: error, guild: guildId }, 'that a gallery is shut reached no moderator');
  }
}
