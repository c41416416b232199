import { refused } from '../../contracts/refusal.js';
import { UserError } from '../../errors.js';
import { messageRef } from '../messages/messages.js';
import { FILE_LIMIT_BYTES } from '../messages/post.js';
import { linkTo } from '../showing/link-to.js';
import { textFor } from '../words/text.js';
import type { Press } from './press.js';

/** 🎞️ How the picture grew, for everybody to see. */
export const film: Press = {
  async press(interaction, job, { jobs, makeFilm }) {
    const text = textFor(interaction.locale);
    if (job.result === null) throw refused('noPictureKept');
    const frames = await jobs.film(job.id);
    if (frames === undefined) throw new UserError(text.noFilm);
    await interaction.deferReply();
    const bytes = await makeFilm(frames);
    if (bytes.length > FILE_LIMIT_BYTES) throw new UserError(text.filmTooLarge);
    const content = job.message === null ? '' : `-# ${text.filmOf(linkTo(job.guildId, job.message))}`;
    const files = [{ attachment: Buffer.from(bytes), name: `easel-${job.id}-film.webp` }];
    const { id } = await interaction.editReply({ content, files });
    await jobs.rememberCopy(job.id, messageRef(interaction.channelId, id));
  },
};
