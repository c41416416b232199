import { randomBytes } from 'node:crypto';
import type { InteractionType } from 'discord-api-types/v10';
import { channelObject, memberObject } from '../wire/guild.js';
import { messageObject } from '../wire/message.js';
import { userObject } from '../wire/user.js';
import { ACKNOWLEDGE_WITHIN_MS, type Acknowledgement, type Interaction } from '../world/interaction.js';
import type { MenuTarget, Message } from '../world/message.js';
import { channelPermissions, mayIn, permissionsByRule } from '../world/permissions.js';
import type { Channel, User } from '../world/places.js';
import type { World } from '../world/world.js';

export interface Person {
  readonly user: User;
  readonly channel: Channel;
}

export interface Deed extends Person {
  readonly type: InteractionType;
  readonly data: unknown;
  readonly commandName?: string;
  /** What the command was called on, when it is one of a person's or a message's menu. */
  readonly target?: MenuTarget;
  /** The message whose component is used. */
  readonly message?: Message;
  /** What opened the form that is sent. */
  readonly openedBy?: Interaction;
}

/** What came of an interaction. */
export interface Outcome extends Acknowledgement {
  readonly interactionId: string;
  readonly token: string;
  /** Milliseconds from the person's act to the acknowledgement, by the stand-in's clock. */
  readonly afterMs: number;
  /** The message `@original` stands for: live, so that it shows later edits; its `versions` are what was to be seen. */
  readonly message: Message | undefined;
  /** Live list of the messages that followed up. */
  readonly followUps: readonly Message[];
}

/**
 * Sends an interaction to the bot and waits for its acknowledgement.
 *
 * @throws "The application did not respond" after three seconds of the clock.
 */
export function interact(world: World, deed: Deed): Promise<Outcome> {
  const interaction: Interaction = {
    id: world.nextId(),
    token: randomBytes(32).toString('base64url'),
    type: deed.type,
    user: deed.user,
    channel: deed.channel,
    createdAt: world.clock.now(),
    commandName: deed.commandName,
    target: deed.target,
    message: deed.message,
    openedBy: deed.openedBy,
    acknowledgement: undefined,
    original: undefined,
    followUps: [],
    whenAcknowledged: undefined,
  };
  world.interactions.set(interaction.token, interaction);
  return new Promise((resolve, reject) => {
    const cancel = world.clock.after(ACKNOWLEDGE_WITHIN_MS + 1, () => {
      interaction.whenAcknowledged = undefined;
      reject(new Error('The application did not respond'));
    });
    interaction.whenAcknowledged = (acknowledgement) => {
      cancel();
      resolve({
        ...acknowledgement,
        interactionId: interaction.id,
        token: interaction.token,
        afterMs: acknowledgement.at - interaction.createdAt,
        message: interaction.original,
        followUps: interaction.followUps,
      });
    };
    world.dispatch({ event: 'INTERACTION_CREATE', data: interactionEvent(world, interaction, deed) });
  });
}

function interactionEvent(world: World, interaction: Interaction, deed: Deed): object {
  const { user, channel, id, token, type } = interaction;
  return {
    id,
    token,
    type,
    version: 1,
    application_id: world.application.id,
    data: deed.data,
    channel_id: channel.id,
    app_permissions: String(permissionsByRule(channel, world.application.bot.id)),
    locale: user.locale,
    entitlements: [],
    attachment_size_limit: user.attachmentSizeLimit,
    ...(deed.message === undefined ? {} : { message: messageObject(world, deed.message) }),
    ...(channel.kind === 'direct' ? directFields(world, channel, user) : guildFields(world, channel, user)),
  };
}

function guildFields(world: World, channel: Exclude<Channel, { kind: 'direct' }>, user: User): object {
  const { guild } = channel;
  const member = guild.members.get(user.id);
  if (member === undefined) throw new Error(`Expected ${user.name} to be a member of ${guild.name}.`);
  const permissions = String(channelPermissions(channel, user.id));
  return {
    guild_id: guild.id,
    guild: { id: guild.id, locale: guild.locale, features: [] },
    guild_locale: guild.locale,
    context: 0,
    member: { ...memberObject(member), permissions },
    channel: { ...channelObject(world, channel), permissions },
    authorizing_integration_owners: { '0': guild.id },
  };
}

function directFields(world: World, channel: Channel, user: User): object {
  return {
    context: 1,
    user: userObject(user),
    channel: channelObject(world, channel),
    authorizing_integration_owners: { '0': '0' },
  };
}

/** @throws when this person could not do so in a real client, for want of a permission. */
export function requirePresence({ user, channel }: Person): void {
  if (channel.kind === 'direct') {
    if (channel.recipient !== user) {
      throw new Error(`Expected the conversation to be ${user.name}'s, got ${channel.recipient.name}'s.`);
    }
    return;
  }
  if (!mayIn(channel, user.id, ['ViewChannel'])) throw new Error(`Expected ${user.name} to see the channel.`);
}
