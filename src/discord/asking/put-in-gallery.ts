import type { Job } from '../../contracts/job.js';
import { messageTrouble } from '../messages/message-errors.js';
import { FILE_LIMIT_BYTES, SHOWN_SIDE } from '../messages/post.js';
import { linkTo } from '../showing/link-to.js';
import { renderJob } from '../showing/render-job.js';
import { textFor } from '../words/text.js';
import type { Desk } from './desk.js';

/** Stands where a person would: that the gallery has a picture is noted once, whoever gave the ⭐. */
const GALLERY = 'gallery';

/**
 * ⭐ Puts a finished picture into the server's gallery, if it has one, once. What was painted where age is restricted
 * stays there.
 */
export async function putInGallery(job: Job, { jobs, messages, fitPicture, log }: Desk): Promise<void> {
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
    await messages.create({ channelId, nonce: `star-${job.id}` }, shown);
  } catch (error) {
    log.warn(
      { job: job.id, channel: channelId, kind: messageTrouble(error).kind },
      'the gallery takes nothing',
    );
  }
}
