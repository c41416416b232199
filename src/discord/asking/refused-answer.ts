import { DiscordAPIError, HTTPError, InteractionResponseType } from 'discord.js';
import { messageTrouble } from '../messages/message-errors.js';
import type { Text } from '../words/text.js';

/** What shows something; the other responses only say that something will come, or ask. */
const ANSWERS: readonly unknown[] = [
  InteractionResponseType.ChannelMessageWithSource,
  InteractionResponseType.UpdateMessage,
];

/**
 * What to say where Discord refused the answer itself. Commands and buttons answer when they have done what they were
 * asked to, so that trying again would be the wrong advice.
 *
 * @returns undefined for any other trouble.
 */
export function describeRefusedAnswer(error: unknown, text: Text): string | undefined {
  if (!isOfAnswer(error)) return undefined;
  const { kind } = messageTrouble(error);
  if (kind === 'blocked') return text.answerBlocked;
  return kind === 'tooLarge' ? text.answerTooLarge : text.answerRefused;
}

/** Whether a request was the first answer to an interaction, or the change of one that was held. */
function isOfAnswer(error: unknown): boolean {
  if (!(error instanceof DiscordAPIError) && !(error instanceof HTTPError)) return false;
  const { pathname } = new URL(error.url);
  if (pathname.endsWith('/callback')) return ANSWERS.includes(responseType(error.requestBody.json));
  return error.method === 'PATCH' && /\/webhooks\/\d+\/[^/]+\/messages\//.test(pathname);
}

function responseType(body: unknown): unknown {
  return typeof body === 'object' && body !== null && 'type' in body ? body.type : undefined;
}
