import {
  type AutocompleteInteraction,
  type Client,
  DiscordAPIError,
  Events,
  GatewayDispatchEvents,
  type GatewayMessageReactionAddDispatchData,
  type Interaction,
  type MessageComponentInteraction,
  MessageFlags,
  RESTJSONErrorCodes,
  type RepliableInteraction,
} from 'discord.js';
import { UserError } from '../../errors.js';
import { pressButton, submitForm } from './press-button.js';
import type { Command } from './command.js';
import { parseButtonId, parseCommandId } from './custom-id.js';
import type { Desk } from './desk.js';
import type { MessageMenu } from './menu.js';
import { shorten } from '../words/markdown.js';
import { POST_LIMITS } from '../messages/post.js';
import { hearReaction } from './hear-reaction.js';
import { describeRefusedAnswer } from './refused-answer.js';
import { sentenceFor } from '../words/sentence-for.js';
import { textFor } from '../words/text.js';

export interface Dispatching {
  readonly client: Client;
  readonly commands: readonly Command[];
  readonly menus: readonly MessageMenu[];
  readonly desk: Desk;
  /** What is asked before this resolves waits for it. */
  readonly opened: Promise<void>;
}

/**
 * Brings every interaction and reaction to whoever handles it. Nothing thrown gets past: a UserError is shown to the
 * person alone, anything else is logged and answered with one sentence that says whether to try again.
 *
 * @returns a function that stops hearing and waits for what is being handled.
 */
export function dispatch({ client, commands, menus, desk, opened }: Dispatching): () => Promise<void> {
  const byName = new Map(commands.map((command) => [command.data.name, command]));
  const menuByName = new Map(menus.map((menu) => [menu.data.name, menu]));
  const underWay = new Set<Promise<void>>();

  function keep(work: Promise<void>): void {
    const tracked = work.finally(() => underWay.delete(tracked));
    underWay.add(tracked);
  }

  async function handle(interaction: Interaction): Promise<void> {
    if (interaction.isAutocomplete()) return complete(interaction);
    if (!interaction.isRepliable()) return;
    try {
      if (interaction.isChatInputCommand()) {
        const command = byName.get(interaction.commandName);
        if (!command) throw new UserError(textFor(interaction.locale).unknownCommand);
        await command.execute(interaction, desk);
      } else if (interaction.isMessageContextMenuCommand()) {
        const menu = menuByName.get(interaction.commandName);
        if (!menu) throw new UserError(textFor(interaction.locale).unknownCommand);
        await menu.execute(interaction, desk);
      } else if (interaction.isMessageComponent() && parseCommandId(interaction.customId)) {
        await pressUnder(interaction);
      } else if (interaction.isButton()) {
        await pressButton(interaction, desk);
      } else if (interaction.isModalSubmit()) {
        await submitForm(interaction, desk);
      } else {
        throw new UserError(textFor(interaction.locale).unknownButton);
      }
    } catch (error) {
      await answerTrouble(interaction, error);
    }
  }

  /** What stands under a command's answer is the command's own. */
  async function pressUnder(interaction: MessageComponentInteraction): Promise<void> {
    const { command = '', wish = '' } = parseCommandId(interaction.customId) ?? {};
    const press = byName.get(command)?.press;
    if (!press) throw new UserError(textFor(interaction.locale).unknownButton);
    await press(interaction, wish, desk);
  }

  async function complete(interaction: AutocompleteInteraction): Promise<void> {
    try {
      const command = byName.get(interaction.commandName);
      if (command?.complete) await command.complete(interaction, desk);
      else await interaction.respond([]);
    } catch (error) {
      desk.log.warn({ err: error, command: interaction.commandName }, 'no choices offered');
    }
  }

  async function answerTrouble(interaction: RepliableInteraction, error: unknown): Promise<void> {
    const isPersonal = error instanceof UserError;
    if (!isPersonal) desk.log.error({ err: error, ...nameOf(interaction) }, 'interaction failed');
    const text = textFor(interaction.locale);
    const sentence = describeRefusedAnswer(error, text) ?? sentenceFor(error, text);
    const content = shorten(sentence, POST_LIMITS.content);
    try {
      await whisper(interaction, content).catch((cause: unknown) => {
        if (isLate(cause)) throw cause;
        // It may have quoted what Discord does not take.
        return whisper(interaction, isPersonal ? text.reasonRefused : sentence);
      });
    } catch (cause) {
      const details = isLate(cause) ? {} : { err: cause };
      desk.log.warn({ ...details, ...nameOf(interaction) }, 'no answer possible');
    }
  }

  const onInteraction = (interaction: Interaction) => keep(opened.then(() => handle(interaction)));
  const onReaction = (reaction: GatewayMessageReactionAddDispatchData) => {
    if (!client.isReady()) return;
    const work = opened.then(() => hearReaction(reaction, client, desk));
    keep(
      work.catch((error) => desk.log.error({ err: error, message: reaction.message_id }, 'reaction failed')),
    );
  };
  client.on(Events.InteractionCreate, onInteraction);
  client.ws.on(GatewayDispatchEvents.MessageReactionAdd, onReaction);

  return async () => {
    client.off(Events.InteractionCreate, onInteraction);
    client.ws.off(GatewayDispatchEvents.MessageReactionAdd, onReaction);
    await Promise.all(underWay);
  };
}

async function whisper(interaction: RepliableInteraction, content: string): Promise<void> {
  // What everybody was to see would take the place of a word to one person.
  if (interaction.deferred && !interaction.ephemeral) await interaction.deleteReply();
  if (interaction.replied || interaction.deferred) {
    await interaction.followUp({ content, flags: MessageFlags.Ephemeral });
  } else {
    await interaction.reply({ content, flags: MessageFlags.Ephemeral });
  }
}

function isLate(error: unknown): boolean {
  return error instanceof DiscordAPIError && error.code === RESTJSONErrorCodes.UnknownInteraction;
}

/** What a log line says of an interaction; a prompt is nobody's business but its author's. */
function nameOf(interaction: RepliableInteraction): Readonly<Record<string, string>> {
  if (interaction.isChatInputCommand() || interaction.isContextMenuCommand()) {
    return { command: interaction.commandName };
  }
  if (interaction.isButton() || interaction.isModalSubmit()) {
    const id = parseButtonId(interaction.customId);
    return id ? { button: id.verb, job: id.jobId } : { button: interaction.customId };
  }
  return { interaction: interaction.id };
}
