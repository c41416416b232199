import {
  type APIApplicationCommandOptionChoice,
  type APIModalInteractionResponseCallbackData,
  InteractionType,
  MessageFlags,
  InteractionResponseType as Response,
} from 'discord-api-types/v10';
import type { UploadedFile } from '../world/attachments.js';
import type { Acknowledgement, AcknowledgementKind, Interaction } from '../world/interaction.js';
import type { InteractionOrigin, Message, MessageBody } from '../world/message.js';
import { createMessage, editMessage, NO_MENTIONS } from '../world/messages.js';
import type { World } from '../world/world.js';
import { invalidForm } from './error.js';
import { composeMessage, type MessageRequest } from './message-body.js';

export type CallbackRequest =
  | { readonly type: Response.Pong }
  | { readonly type: Response.ChannelMessageWithSource; readonly data?: MessageRequest | null }
  | { readonly type: Response.DeferredChannelMessageWithSource; readonly data?: MessageRequest | null }
  | { readonly type: Response.DeferredMessageUpdate }
  | { readonly type: Response.UpdateMessage; readonly data?: MessageRequest | null }
  | {
      readonly type: Response.ApplicationCommandAutocompleteResult;
      readonly data: { readonly choices?: readonly APIApplicationCommandOptionChoice[] | null };
    }
  | { readonly type: Response.Modal; readonly data: APIModalInteractionResponseCallbackData };

interface Acknowledging {
  readonly interaction: Interaction;
  readonly request: CallbackRequest;
  readonly files: ReadonlyMap<string, UploadedFile>;
}

/** Which kinds of interaction a response can answer. */
const ANSWERS: Readonly<Record<CallbackRequest['type'], readonly InteractionType[]>> = {
  [Response.Pong]: [InteractionType.Ping],
  [Response.ChannelMessageWithSource]: [
    InteractionType.ApplicationCommand,
    InteractionType.MessageComponent,
    InteractionType.ModalSubmit,
  ],
  [Response.DeferredChannelMessageWithSource]: [
    InteractionType.ApplicationCommand,
    InteractionType.MessageComponent,
    InteractionType.ModalSubmit,
  ],
  [Response.DeferredMessageUpdate]: [InteractionType.MessageComponent, InteractionType.ModalSubmit],
  [Response.UpdateMessage]: [InteractionType.MessageComponent, InteractionType.ModalSubmit],
  [Response.ApplicationCommandAutocompleteResult]: [InteractionType.ApplicationCommandAutocomplete],
  [Response.Modal]: [InteractionType.ApplicationCommand, InteractionType.MessageComponent],
};

/**
 * Carries out the first answer to an interaction and tells the person who waits for it.
 *
 * @returns the message `@original` now stands for, if there is one.
 * @throws Refusal 50035 for a type that does not answer this kind of interaction; what composing a message throws.
 */
export function acknowledge(world: World, acknowledging: Acknowledging): Message | undefined {
  const { interaction, request } = acknowledging;
  const updates = request.type === Response.UpdateMessage || request.type === Response.DeferredMessageUpdate;
  const hasWhatItUpdates = !updates || interaction.message !== undefined;
  if (!ANSWERS[request.type].includes(interaction.type) || !hasWhatItUpdates) {
    const code = 'INTERACTION_APPLICATION_COMMAND_INVALID_RESPONSE_TYPE';
    throw invalidForm({ type: { _errors: [{ code, message: 'Does not answer this kind of interaction' }] } });
  }
  const { kind, message, choices, modal } = carryOut(world, acknowledging);
  interaction.original = message;
  interaction.acknowledgement = {
    kind,
    at: world.clock.now(),
    ephemeral: message?.onlyFor !== undefined,
    choices,
    modal,
  };
  interaction.whenAcknowledged?.(interaction.acknowledgement);
  interaction.whenAcknowledged = undefined;
  world.changed();
  return message;
}

interface Effect extends Partial<Pick<Acknowledgement, 'choices' | 'modal'>> {
  readonly kind: AcknowledgementKind;
  readonly message?: Message | undefined;
}

function carryOut(world: World, { interaction, request, files }: Acknowledging): Effect {
  const { message } = interaction;
  const compose = (data: MessageRequest, before?: MessageBody) =>
    composeMessage(world, {
      request: data,
      files,
      channel: interaction.channel,
      author: world.application.bot,
      fileBytes: interaction.user.attachmentSizeLimit,
      ...(before === undefined ? {} : { before }),
    });
  switch (request.type) {
    case Response.ChannelMessageWithSource: {
      const body = compose(request.data ?? {});
      return { kind: 'message', message: answerWith(world, interaction, body) };
    }
    case Response.DeferredChannelMessageWithSource: {
      const flags = ((request.data?.flags ?? 0) & MessageFlags.Ephemeral) | MessageFlags.Loading;
      return { kind: 'deferred', message: answerWith(world, interaction, { ...EMPTY_BODY, flags }) };
    }
    case Response.DeferredMessageUpdate:
      return { kind: 'deferred update', message };
    case Response.UpdateMessage:
      if (message !== undefined) editMessage(world, message, compose(request.data ?? {}, message.body));
      return { kind: 'update', message };
    case Response.ApplicationCommandAutocompleteResult:
      return { kind: 'choices', choices: request.data.choices ?? [] };
    case Response.Modal:
      return { kind: 'modal', modal: request.data };
    case Response.Pong:
      return { kind: 'pong' };
  }
}

const EMPTY_BODY: Omit<MessageBody, 'flags'> = {
  content: '',
  embeds: [],
  components: [],
  attachments: [],
  mentions: NO_MENTIONS,
};

/** Posts an answer to an interaction: by the bot, but needing no permission of its own to write. */
export function answerWith(world: World, interaction: Interaction, body: MessageBody): Message {
  const ephemeral = (body.flags & MessageFlags.Ephemeral) !== 0;
  return createMessage(world, {
    channel: interaction.channel,
    author: world.application.bot,
    body,
    replyTo: answeredMessage(interaction),
    interaction: originOf(interaction),
    onlyFor: ephemeral ? interaction.user : undefined,
  });
}

/** The first answer to a command of a message's menu points to that message. */
function answeredMessage({ target, original }: Interaction): Message | undefined {
  return target?.kind === 'message' && original === undefined ? target.message : undefined;
}

const KINDS: Readonly<Partial<Record<InteractionType, InteractionOrigin['kind']>>> = {
  [InteractionType.ApplicationCommand]: 'command',
  [InteractionType.ModalSubmit]: 'modal',
};

function originOf({
  id,
  token,
  type,
  user,
  channel,
  message,
  commandName,
  target,
  openedBy,
  original,
}: Interaction): InteractionOrigin {
  const kind = KINDS[type] ?? 'component';
  return {
    id,
    token,
    kind,
    user,
    guildId: channel.kind === 'direct' ? undefined : channel.guild.id,
    messageId: kind === 'component' ? message?.id : undefined,
    commandName: kind === 'command' ? commandName : undefined,
    target,
    originalId: original?.id,
    openedBy: openedBy === undefined ? undefined : originOf(openedBy),
  };
}
