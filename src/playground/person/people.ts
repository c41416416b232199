import {
  addChannel,
  type ChannelRule,
  directChannel,
  type NewChannel,
  removeChannel,
  setChannelRule,
} from '../world/channels.js';
import {
  addGuild,
  addRole,
  addUser,
  type GivenRole,
  joinGuild,
  leaveGuild,
  type NewGuild,
  type NewUser,
  removeGuild,
} from '../world/guilds.js';
import type { Message } from '../world/message.js';
import type { Reacting } from '../world/messages.js';
import type { Channel, Guild, ThreadChannel, User } from '../world/places.js';
import { archiveThread, createThread, joinThread, type NewThread } from '../world/threads.js';
import type { World } from '../world/world.js';
import { buttonsOf, type Choose, choose, type Press, press } from './components.js';
import { type MessageMenu, useOnMessage, useOnUser, type UserMenu } from './context-menu.js';
import { type Submission, submitModal } from './modal.js';
import { type Autocomplete, autocomplete, type Slash, slash } from './slash.js';
import { deleteMessage, type NewPost, react, read, type Saying, say, startPost, unreact } from './talk.js';

/** What people do on Discord, and what its servers' owners set up, on one world. */
export function peopleOf(world: World) {
  return {
    addGuild: (settings: NewGuild): Guild => addGuild(world, settings),
    addChannel: (settings: NewChannel) => addChannel(world, settings),
    addRole: (settings: GivenRole) => addRole(world, settings),
    addUser: (settings: NewUser): User => addUser(world, settings),
    joinGuild: (settings: Parameters<typeof joinGuild>[1]) => joinGuild(world, settings),
    leaveGuild: (settings: Parameters<typeof leaveGuild>[1]) => leaveGuild(world, settings),
    directChannel: (user: User) => directChannel(world, user),
    setChannelRule: (rule: ChannelRule) => setChannelRule(world, rule),
    createThread: (settings: NewThread) => createThread(world, settings),
    joinThread: (thread: ThreadChannel, user: User) => joinThread(world, thread, user),
    archiveThread: (thread: ThreadChannel, to: Parameters<typeof archiveThread>[2]) =>
      archiveThread(world, thread, to),
    startPost: (settings: NewPost) => startPost(world, settings),
    removeChannel: (channel: Channel) => removeChannel(world, channel),
    removeGuild: (guild: Guild) => removeGuild(world, guild),
    slash: (settings: Slash) => slash(world, settings),
    autocomplete: (settings: Autocomplete) => autocomplete(world, settings),
    useOnUser: (settings: UserMenu) => useOnUser(world, settings),
    useOnMessage: (settings: MessageMenu) => useOnMessage(world, settings),
    buttonsOf,
    press: (settings: Press) => press(world, settings),
    choose: (settings: Choose) => choose(world, settings),
    submitModal: (settings: Submission) => submitModal(world, settings),
    say: (settings: Saying): Message => say(world, settings),
    react: (settings: Reacting) => react(world, settings),
    unreact: (settings: Reacting) => unreact(world, settings),
    deleteMessage: (settings: { readonly user: User; readonly message: Message }) =>
      deleteMessage(world, settings),
    read: (settings: { readonly user?: User; readonly channel: Channel }): Message[] => read(world, settings),
  };
}
