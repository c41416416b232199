import { signal } from '@preact/signals';
import type { APIApplicationCommandOption } from 'discord-api-types/v10';
import type { Message } from '../../host/message-protocol.js';
import type { Command } from '../../host/protocol.js';

/** A command being filled in. */
export interface CommandDraft {
  readonly command: Command;
  /** The sub-command, or group and sub-command. */
  readonly inside: readonly string[];
  /** Texts as they stand in the fields, by option. */
  readonly values: Readonly<Record<string, string>>;
  readonly files: ReadonlyMap<string, File>;
  /** Options that are not required and yet shown. */
  readonly shown: readonly string[];
  /** What is wrong, by option. */
  readonly errors: Readonly<Record<string, string>>;
}

/** What is being written in a channel and not yet sent. */
export interface Draft {
  readonly text: string;
  readonly files: readonly File[];
  readonly replyTo: Message | undefined;
  readonly command: CommandDraft | undefined;
}

const EMPTY: Draft = { text: '', files: [], replyTo: undefined, command: undefined };

const drafts = signal<Readonly<Record<string, Draft>>>({});

export function draftOf(channelId: string): Draft {
  return drafts.value[channelId] ?? EMPTY;
}

export function changeDraft(channelId: string, change: Partial<Draft>): void {
  drafts.value = { ...drafts.value, [channelId]: { ...draftOf(channelId), ...change } };
}

export function beginReply(message: Message): void {
  changeDraft(message.channelId, { replyTo: message, command: undefined });
  focusComposer();
}

export function beginCommand(
  channelId: string,
  command: Command,
  inside: readonly string[],
  values: Readonly<Record<string, string>> = {},
): void {
  const draft = { command, inside, values, files: new Map(), shown: Object.keys(values), errors: {} };
  changeDraft(channelId, { text: '', command: draft });
  focusComposer();
}

export function changeCommand(channelId: string, change: Partial<CommandDraft>): void {
  const { command } = draftOf(channelId);
  if (command !== undefined) changeDraft(channelId, { command: { ...command, ...change } });
}

/** The options of a command, or of its sub-command. */
export function optionsInside(
  { options }: Command,
  inside: readonly string[],
): readonly APIApplicationCommandOption[] {
  return inside.reduce<readonly APIApplicationCommandOption[]>((list, name) => {
    const group = list.find((option) => option.name === name);
    return (group !== undefined && 'options' in group ? group.options : undefined) ?? [];
  }, options);
}

/** Puts the cursor where one goes on writing, once that is drawn. */
export function focusComposer(): void {
  setTimeout(() => document.querySelector<HTMLElement>('.composer [data-first]')?.focus());
}
