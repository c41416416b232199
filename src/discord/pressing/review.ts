import { MessageFlags } from 'discord.js';
import { refused } from '../../contracts/refusal.js';
import { mayModerate } from '../people/permissions.js';
import { managerBehind } from '../people/person.js';
import { FILE_LIMIT_BYTES } from '../messages/post.js';
import { reviewButtons } from '../showing/job-buttons.js';
import { textFor } from '../words/text.js';
import type { Press } from './press.js';

/** 🔎 Lets a moderator look at what was held back, covered, and decide. */
export const review: Press = {
  async press(interaction, job, { jobs, staff, fitPicture }) {
    const text = textFor(interaction.locale);
    if (!mayModerate(job, managerBehind(interaction, staff))) throw refused('heldBack');
    const picture = await jobs.picture(job.id);
    if (picture === undefined) throw refused('noPictureKept');
    await interaction.deferReply({ flags: MessageFlags.Ephemeral });
    const { bytes, format } = await fitPicture(picture, {
      maxBytes: FILE_LIMIT_BYTES,
      minSide: 0,
      small: true,
    });
    await interaction.editReply({
      content: text.adultReview,
      // Discord covers a file of such a name until it is clicked.
      files: [{ attachment: Buffer.from(bytes), name: `SPOILER_easel-${job.id}.${format}` }],
      components: reviewButtons(job, text),
    });
  },
};
