import type { Client } from 'discord.js';
import type { Jobs } from '../../jobs/api.js';
import type { Messages } from '../messages/messages.js';
import type { Post } from '../messages/post.js';
import { type Text, textFor } from '../words/text.js';

export interface ModeratorsOptions {
  readonly client: Pick<Client, 'guilds'>;
  readonly jobs: Pick<Jobs, 'rules'>;
  readonly messages: Pick<Messages, 'create' | 'directChannel'>;
}

export interface Letter {
  readonly guildId: string;
  /** ≤ 25 characters; for some minutes the same nonce again makes no second message. */
  readonly nonce: string;
  readonly write: (text: Text, isDirect: boolean) => Post;
}

/** Reaches those who look after a server, in its language. */
export interface Moderators {
  /** Writes into the server's log channel. @returns whether it has one. */
  log(letter: Letter): Promise<boolean>;
  /** Writes into the log channel or else to the server's owner. @throws where neither can be reached. */
  tell(letter: Letter): Promise<void>;
  /** The same, but no second time about the same thing while the bot runs. */
  tellOnce(about: string, letter: Letter): Promise<void>;
}

export function createModerators({ client, jobs, messages }: ModeratorsOptions): Moderators {
  async function log({ guildId, nonce, write }: Letter): Promise<boolean> {
    const { logChannel, language } = await jobs.rules({ guildId });
    if (logChannel === null) return false;
    const own = client.guilds.cache.get(guildId)?.preferredLocale ?? 'en';
    const post = write(textFor(language === 'own' ? own : language), false);
    await messages.create({ channelId: logChannel, nonce }, post);
    return true;
  }

  async function tell(letter: Letter): Promise<void> {
    // A log channel that was deleted, or that is closed to us, is as good as none.
    if (await log(letter).catch(() => false)) return;
    const guild = client.guilds.cache.get(letter.guildId);
    if (!guild) throw new Error(`Expected to be in the server ${letter.guildId}.`);
    const channelId = await messages.directChannel(guild.ownerId);
    const post = letter.write(textFor(guild.preferredLocale), true);
    await messages.create({ channelId, nonce: letter.nonce }, post);
  }

  const told = new Set<string>();

  return {
    log,
    tell,
    async tellOnce(about, letter) {
      if (told.has(about)) return;
      told.add(about);
      await tell(letter);
    },
  };
}
