import type { Message } from '../../host/message-protocol.js';
import type { ActResult, Channel, Person } from '../../host/protocol.js';
import { act } from '../state/act.js';
import { say } from '../state/notice.js';
import { viewerId } from '../state/place.js';
import { commandById, home } from '../state/things.js';
import type { MenuItem } from './menu.js';
import { openForm } from './modal-form.js';

const OF_PEOPLE = 2;
const OF_MESSAGES = 3;

/** The bot's commands in a message's menu, as this person is offered them here. */
export function messageCommands(channel: Channel | undefined, { id: target }: Message): readonly MenuItem[] {
  return commandsOf(channel, OF_MESSAGES, (name) => act('onMessage', { user: viewerId.value, name, target }));
}

/** The bot's commands in a person's menu. */
export function personCommands(channel: Channel, { id: target }: Person): readonly MenuItem[] {
  return commandsOf(channel, OF_PEOPLE, (name) =>
    act('onUser', { user: viewerId.value, channel: channel.id, name, target }),
  );
}

function commandsOf(
  channel: Channel | undefined,
  type: number,
  use: (name: string) => Promise<ActResult>,
): MenuItem[] {
  const commands = (channel?.commands ?? []).flatMap((id) => commandById.value.get(id) ?? []);
  const note = home.value?.bot.name ?? '';
  return commands
    .filter((command) => command.type === type)
    .map(({ name }) => ({ name, note, run: () => void run(use(name)) }));
}

async function run(asking: Promise<ActResult>): Promise<void> {
  const result = await asking;
  if (!result.ok) say(result.error);
  else if (result.form !== undefined) openForm(result.form);
}
