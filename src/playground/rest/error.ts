import { RESTJSONErrorCodes as Codes } from 'discord-api-types/v10';

/** A leaf of the tree in which Discord says which field is wrong. */
export interface FieldError {
  readonly code: string;
  readonly message: string;
}

/** `{ embeds: { 0: { title: { _errors: [...] } } } }` */
export type ErrorTree = { readonly [field: string]: ErrorTree | readonly FieldError[] };

/** A refusal as Discord words one: status, its own code, a message, and what is wrong where. */
export class Refusal extends Error {
  override readonly name = 'Refusal';
  readonly status: number;
  readonly code: number;
  readonly errors: ErrorTree | undefined;
  readonly headers: Readonly<Record<string, string>>;

  constructor({ status, code, message, errors, headers }: RefusalSettings) {
    super(message);
    this.status = status;
    this.code = code;
    this.errors = errors;
    this.headers = headers ?? {};
  }

  body(): object {
    return {
      message: this.message,
      code: this.code,
      ...(this.errors === undefined ? {} : { errors: this.errors }),
    };
  }
}

interface RefusalSettings {
  readonly status: number;
  readonly code: number;
  readonly message: string;
  readonly errors?: ErrorTree;
  readonly headers?: Readonly<Record<string, string>>;
}

/** Every refusal by what it says; the code alone does not tell the status. */
const REFUSALS = {
  unauthorized: [401, 0, '401: Unauthorized'],
  unknownRoute: [404, 0, '404: Not Found'],
  unknownCommandPermissions: [
    404,
    Codes.UnknownApplicationCommandPermissions,
    'Unknown application command permissions',
  ],
  unknownApplication: [404, Codes.UnknownApplication, 'Unknown Application'],
  unknownChannel: [404, Codes.UnknownChannel, 'Unknown Channel'],
  unknownGuild: [404, Codes.UnknownGuild, 'Unknown Guild'],
  unknownMember: [404, Codes.UnknownMember, 'Unknown Member'],
  unknownMessage: [404, Codes.UnknownMessage, 'Unknown Message'],
  unknownUser: [404, Codes.UnknownUser, 'Unknown User'],
  unknownEmoji: [400, Codes.UnknownEmoji, 'Unknown Emoji'],
  unknownWebhook: [404, Codes.UnknownWebhook, 'Unknown Webhook'],
  unknownInteraction: [404, Codes.UnknownInteraction, 'Unknown interaction'],
  unknownCommand: [404, Codes.UnknownApplicationCommand, 'Unknown application command'],
  tooLarge: [413, Codes.RequestEntityTooLarge, 'Request entity too large'],
  alreadyAcknowledged: [
    400,
    Codes.InteractionHasAlreadyBeenAcknowledged,
    'Interaction has already been acknowledged.',
  ],
  missingAccess: [403, Codes.MissingAccess, 'Missing Access'],
  missingPermissions: [403, Codes.MissingPermissions, 'Missing Permissions'],
  directForbidden: [403, Codes.CannotExecuteActionOnDMChannel, 'Cannot execute action on a DM channel'],
  notTheAuthor: [
    403,
    Codes.CannotEditMessageAuthoredByAnotherUser,
    'Cannot edit a message authored by another user',
  ],
  invalidJson: [400, Codes.RequestBodyContainsInvalidJSON, 'The request body contains invalid JSON.'],
  emptyMessage: [400, Codes.CannotSendAnEmptyMessage, 'Cannot send an empty message'],
  cannotMessageUser: [403, Codes.CannotSendMessagesToThisUser, 'Cannot send messages to this user'],
  noMutualGuilds: [
    403,
    Codes.CannotSendMessagesToThisUserDueToHavingNoMutualGuilds,
    'Cannot send messages to this user due to having no mutual guilds',
  ],
  notATextChannel: [
    400,
    Codes.CannotSendMessagesInNonTextChannel,
    'Cannot send messages in a non-text channel',
  ],
  archived: [400, Codes.InvalidActionOnArchivedThread, 'Thread is archived'],
  locked: [400, Codes.ThreadLocked, 'Thread is locked'],
  autoModerated: [
    400,
    Codes.MessageWasBlockedByAutomaticModeration,
    'Message was blocked by automatic moderation',
  ],
  explicit: [
    400,
    Codes.ExplicitContentCannotBeSentToTheDesiredRecipient,
    'Explicit content cannot be sent to the desired recipient(s)',
  ],
  invalidToken: [401, Codes.InvalidWebhookToken, 'Invalid Webhook Token'],
  tooOldToBulkDelete: [
    400,
    Codes.OneOfTheMessagesProvidedWasTooOldForBulkDelete,
    'A message provided was too old to bulk delete',
  ],
  replyNeedsHistory: [
    400,
    Codes.CannotReplyWithoutPermissionToReadMessageHistory,
    'Cannot reply without permission to read message history',
  ],
  tooManyReactions: [400, Codes.MaximumNumberOfReactionsReached, 'Maximum number of reactions reached (20)'],
  threadAlreadyCreated: [
    400,
    Codes.ThreadAlreadyCreatedForMessage,
    'A thread has already been created for this message',
  ],
} as const satisfies Record<string, readonly [status: number, code: number, message: string]>;

export type RefusalName = keyof typeof REFUSALS | 'invalidForm';

/** What a fault can have Discord say, by name. */
export const REFUSAL_NAMES = [
  ...(Object.keys(REFUSALS) as (keyof typeof REFUSALS)[]),
  'invalidForm',
] as const;

/** A refusal by its name; a form is refused without saying for which field, as Discord does of files it cannot take. */
export function refusalNamed(name: RefusalName): Refusal {
  return name === 'invalidForm' ? invalidForm({}) : refuse(name);
}

export function refuse(what: keyof typeof REFUSALS): Refusal {
  const [status, code, message] = REFUSALS[what];
  return new Refusal({ status, code, message });
}

/** 400, code 30032: an application has only so many commands of each type. */
export function tooManyCommands(limit: number): Refusal {
  return new Refusal({
    status: 400,
    code: Codes.MaximumNumberOfApplicationCommandsReached,
    message: `Maximum number of application commands reached (${limit}).`,
  });
}

/** 400, code 50035, with the tree of what is wrong. */
export function invalidForm(errors: ErrorTree): Refusal {
  return new Refusal({
    status: 400,
    code: Codes.InvalidFormBodyOrContentType,
    message: 'Invalid Form Body',
    errors,
  });
}
