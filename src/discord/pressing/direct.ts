import { MessageFlags } from 'discord.js';
import { refused } from '../../contracts/refusal.js';
import { UserError } from '../../errors.js';
import { formatPrompts } from '../../requests/prompt-syntax.js';
import { messageTrouble } from '../messages/message-errors.js';
import { FILE_LIMIT_BYTES, POST_LIMITS } from '../messages/post.js';
import { describeDetails } from '../showing/describe-details.js';
import { oneLine, shorten } from '../words/markdown.js';
import { textFor } from '../words/text.js';
import type { Press } from './press.js';

/** ✉️ Sends the picture, and all that is needed to paint it again, to whoever asks. */
export const direct: Press = {
  async press(interaction, job, { jobs, messages, fitPicture }) {
    const text = textFor(interaction.locale);
    const picture = await jobs.picture(job.id);
    if (picture === undefined) throw refused('noPictureKept');
    // Fetching a file and opening a channel may take longer than Discord waits.
    await interaction.deferReply({ flags: MessageFlags.Ephemeral });
    const fitting = await fitPicture(picture, { maxBytes: FILE_LIMIT_BYTES, minSide: 0, small: false });
    const name = `easel-${job.id}`;
    const description = shorten(oneLine(formatPrompts(job.request.prompts)), POST_LIMITS.description);
    const post = {
      content: describeDetails(job, text),
      rows: [],
      picture: { picture: fitting, name, description },
      files: [
        { name: `${name}.json`, contentType: 'application/json', text: JSON.stringify(job.request, null, 2) },
      ],
    };
    try {
      const channelId = await messages.directChannel(interaction.user.id);
      await messages.create({ channelId, nonce: interaction.id }, post);
    } catch (error) {
      if (!['closed', 'forbidden'].includes(messageTrouble(error).kind)) throw error;
      throw new UserError(text.noDirect, { cause: error });
    }
    await interaction.editReply({ content: text.sentToYou });
  },
};
