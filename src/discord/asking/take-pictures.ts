import type { ChatInputCommandInteraction } from 'discord.js';
import { type Given, optionOf } from '../../requests/options.js';
import { textFor } from '../words/text.js';
import type { Desk } from './desk.js';
import { fetchAttachment } from './fetch-attachment.js';
import { PICTURES, shownAs } from './slash-options.js';

/** A little less than the three seconds Discord waits for an answer. */
const SOON_MS = 1500;

/**
 * Fetches and keeps the pictures that somebody attached to a command. Where that takes long, Discord is told to wait:
 * the answer is then an edit.
 *
 * @throws UserError when one cannot be taken.
 */
export async function takePictures(
  interaction: ChatInputCommandInteraction,
  { jobs, attachmentOrigins: origins }: Pick<Desk, 'jobs' | 'attachmentOrigins'>,
): Promise<Given> {
  const files = PICTURES.flatMap((name) => {
    const attached = interaction.options.getAttachment(shownAs(name));
    return attached ? [{ name, attached }] : [];
  });
  if (files.length === 0) return {};
  const text = textFor(interaction.locale);
  let held: Promise<unknown> | undefined;
  const hold = setTimeout(() => {
    // Should it fail, the answer will as well, and that is logged.
    held = interaction.deferReply().catch(() => {});
  }, SOON_MS);
  try {
    const taken = await Promise.all(
      files.map(async ({ name, attached }) => {
        const picture = await jobs.keepPicture(await fetchAttachment(attached, { origins, text }));
        return [name, optionOf(name).isMany ? [{ image: picture, weight: 1 }] : picture] as const;
      }),
    );
    return Object.fromEntries(taken);
  } finally {
    clearTimeout(hold);
    await held;
  }
}
