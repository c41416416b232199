import { DiscordAPIError, RateLimitError, RESTJSONErrorCodes } from 'discord.js';

/** What a failed request about a message means for what we do next. */
export type MessageTrouble =
  /** The message was deleted. */
  | { readonly kind: 'gone' }
  /** The message stands in an archived thread. */
  | { readonly kind: 'archived' }
  /** Discord limits edits of messages older than an hour much harder (30046). */
  | { readonly kind: 'tooOld' }
  /** The file is larger than this server allows. */
  | { readonly kind: 'tooLarge' }
  /** We cannot post here at all: the channel is gone or a permission was taken from us. */
  | { readonly kind: 'closed' }
  | { readonly kind: 'limited'; readonly waitMs: number; readonly everywhere: boolean }
  /** Discord or the network failed; the same request may succeed later. */
  | { readonly kind: 'later' }
  /** The server's automatic moderation blocks the words. */
  | { readonly kind: 'blocked' }
  /** Discord takes the picture for adult content, where that may not be. */
  | { readonly kind: 'explicit' }
  /** We may write here, but not all of what we wanted to. */
  | { readonly kind: 'forbidden' }
  /** Discord will never take this request: a fault of ours. */
  | { readonly kind: 'refused' };

type Lasting = 'gone' | 'archived' | 'tooOld' | 'tooLarge' | 'closed' | 'blocked' | 'explicit' | 'forbidden';

const KINDS: Readonly<Record<number, Lasting>> = {
  [RESTJSONErrorCodes.UnknownMessage]: 'gone',
  // Writing a new message wakes an archived thread; editing an old one does not.
  [RESTJSONErrorCodes.InvalidActionOnArchivedThread]: 'archived',
  [RESTJSONErrorCodes.MaximumNumberOfEditsToMessagesOlderThanOneHourReached]: 'tooOld',
  [RESTJSONErrorCodes.RequestEntityTooLarge]: 'tooLarge',
  [RESTJSONErrorCodes.UnknownChannel]: 'closed',
  [RESTJSONErrorCodes.UnknownGuild]: 'closed',
  [RESTJSONErrorCodes.MissingAccess]: 'closed',
  [RESTJSONErrorCodes.MissingPermissions]: 'forbidden',
  [RESTJSONErrorCodes.MessageWasBlockedByAutomaticModeration]: 'blocked',
  [RESTJSONErrorCodes.MessageBlockedByHarmfulLinksFilter]: 'blocked',
  [RESTJSONErrorCodes.ExplicitContentCannotBeSentToTheDesiredRecipient]: 'explicit',
  [RESTJSONErrorCodes.CannotSendMessagesToThisUser]: 'closed',
  [RESTJSONErrorCodes.CannotSendMessagesToThisUserDueToHavingNoMutualGuilds]: 'closed',
  [RESTJSONErrorCodes.CannotSendMessagesInNonTextChannel]: 'closed',
  [RESTJSONErrorCodes.ThreadLocked]: 'closed',
};

/** Sorts what a request about a message threw. */
export function messageTrouble(error: unknown): MessageTrouble {
  if (error instanceof RateLimitError) {
    return { kind: 'limited', waitMs: Math.max(1, error.retryAfter), everywhere: error.global };
  }
  if (error instanceof DiscordAPIError) {
    const kind = KINDS[Number(error.code)];
    if (kind) return { kind };
    // Discord no longer takes our token: nothing about the message is wrong.
    if (error.status === 401) return { kind: 'later' };
    if (error.status === 413) return { kind: 'tooLarge' };
    return { kind: error.status === 403 || error.status === 404 ? 'closed' : 'refused' };
  }
  return { kind: 'later' };
}
