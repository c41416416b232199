import { DiscordAPIError, RateLimitError, RESTJSONErrorCodes } from 'discord.js';

/** What a failed request about a message means for what we do next. */
export type MessageTrouble =
  /** The message was deleted. */
  | { readonly kind: 'gone' }
  /** Discord limits edits of messages older than an hour much harder (30046). */
  | { readonly kind: 'tooOld' }
  /** The file is larger than this server allows. */
  | { readonly kind: 'tooLarge' }
  /** We cannot post here at all: the channel is gone or a permission was taken from us. */
  | { readonly kind: 'closed' }
  | { readonly kind: 'limited'; readonly waitMs: number; readonly everywhere: boolean }
  /** Discord or the network failed; the same request may succeed later. */
  | { readonly kind: 'later' }
  /** Discord will never take this request: a fault of ours. */
  | { readonly kind: 'refused' };

const KINDS: Readonly<Record<number, 'gone' | 'tooOld' | 'tooLarge' | 'closed'>> = {
  [RESTJSONErrorCodes.UnknownMessage]: 'gone',
  // Writing a new message wakes an archived thread; editing an old one does not.
  [RESTJSONErrorCodes.InvalidActionOnArchivedThread]: 'gone',
  [RESTJSONErrorCodes.MaximumNumberOfEditsToMessagesOlderThanOneHourReached]: 'tooOld',
  [RESTJSONErrorCodes.RequestEntityTooLarge]: 'tooLarge',
  [RESTJSONErrorCodes.UnknownChannel]: 'closed',
  [RESTJSONErrorCodes.UnknownGuild]: 'closed',
  [RESTJSONErrorCodes.MissingAccess]: 'closed',
  [RESTJSONErrorCodes.MissingPermissions]: 'closed',
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
    if (error.status === 413) return { kind: 'tooLarge' };
    return { kind: error.status === 403 || error.status === 404 ? 'closed' : 'refused' };
  }
  return { kind: 'later' };
}
