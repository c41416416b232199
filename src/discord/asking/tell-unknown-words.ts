import { type ChatInputCommandInteraction, MessageFlags, type ModalSubmitInteraction } from 'discord.js';
import type { Prompt } from '../../requests/paint-request.js';
import { unstyled } from '../../requests/in-style.js';
import { quote } from '../words/markdown.js';
import { textFor } from '../words/text.js';
import type { Desk } from './desk.js';

/** More would be a lecture. */
const MOST = 4;

/** Tells the person who asked, and nobody else, which words the model does not know. The picture is painted all the same. */
export async function tellUnknownWords(
  interaction: ChatInputCommandInteraction | ModalSubmitInteraction,
  { prompts, model }: { readonly prompts: readonly Prompt[]; readonly model: string },
  { unknownWords, log }: Pick<Desk, 'unknownWords' | 'log'>,
): Promise<void> {
  const findUnknown = await unknownWords(model);
  const unknown = findUnknown(prompts.map(({ text }) => unstyled(text)).join(' ')).slice(0, MOST);
  if (unknown.length === 0 || !interaction.replied) return;
  const text = textFor(interaction.locale);
  const lines = unknown.map(({ word, instead }) =>
    instead.length === 0
      ? text.unknownWord(quote(word))
      : text.unknownWordBut(quote(word), instead.join(text.comma)),
  );
  try {
    await interaction.followUp({ content: lines.join('\n'), flags: MessageFlags.Ephemeral });
  } catch (error) {
    log.warn({ err: error }, 'unknown words could not be told');
  }
}
