import type {
  APIApplicationCommandOptionChoice,
  APIModalInteractionResponseCallbackData,
  InteractionType,
} from 'discord-api-types/v10';
import type { MenuTarget, Message } from './message.js';
import type { Channel, User } from './places.js';

/** Milliseconds within which an interaction has to be acknowledged. */
export const ACKNOWLEDGE_WITHIN_MS = 3_000;
/** Milliseconds for which its token edits and follows up. */
export const TOKEN_LIVES_MS = 15 * 60_000;

export type AcknowledgementKind =
  | 'message'
  | 'deferred'
  | 'deferred update'
  | 'update'
  | 'choices'
  | 'modal'
  | 'pong';

export interface Acknowledgement {
  readonly kind: AcknowledgementKind;
  readonly at: number;
  readonly ephemeral: boolean;
  /** What an autocomplete was answered with. */
  readonly choices: readonly APIApplicationCommandOptionChoice[] | undefined;
  /** The form the person sees. */
  readonly modal: APIModalInteractionResponseCallbackData | undefined;
}

export interface Interaction {
  readonly id: string;
  readonly token: string;
  readonly type: InteractionType;
  readonly user: User;
  readonly channel: Channel;
  readonly createdAt: number;
  readonly commandName: string | undefined;
  readonly target: MenuTarget | undefined;
  /** The message whose component was used. */
  readonly message: Message | undefined;
  /** What opened the form that is sent. */
  readonly openedBy: Interaction | undefined;
  acknowledgement: Acknowledgement | undefined;
  /** The message `@original` stands for. */
  original: Message | undefined;
  readonly followUps: Message[];
  /** Tells the person who waits. */
  whenAcknowledged: ((acknowledgement: Acknowledgement) => void) | undefined;
}

/** Whether its token still edits and follows up. */
export function tokenLives(interaction: Interaction, now: number): boolean {
  return now - interaction.createdAt <= TOKEN_LIVES_MS;
}
