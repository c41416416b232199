import type { Channel } from '../../host/protocol.js';
import { channels, guilds, home, personById } from '../state/things.js';

/** Somebody, or some place, that a message can name. */
interface Nameable {
  /** As it is typed: `@Ada`, `#pictures`. */
  readonly name: string;
  /** As it is sent: `<@1>`. */
  readonly sent: string;
  readonly note: string;
}

/** What one is about to name: the sign and what follows it up to the cursor. */
interface Naming {
  readonly from: number;
  readonly typed: string;
}

const NAMING = /(^|\s)([@#][^\s@#]*)$/;
const SHOWN = 8;

/** The name that is being typed at the cursor, if one is. */
export function namingAt(text: string, cursor: number): Naming | undefined {
  const typed = NAMING.exec(text.slice(0, cursor))?.[2];
  return typed === undefined ? undefined : { from: cursor - typed.length, typed };
}

/** Whom and what a typed beginning may mean in a channel. */
export function matchingNames(channel: Channel, typed: string): readonly Nameable[] {
  const wanted = typed.toLowerCase();
  return nameables(channel)
    .filter(({ name }) => name.toLowerCase().startsWith(wanted))
    .slice(0, SHOWN);
}

/** The text as it is sent: names become ids, the longest first, so that one is not taken for the beginning of another. */
export function withIds(text: string, channel: Channel): string {
  const names = [...nameables(channel)].sort((a, b) => b.name.length - a.name.length);
  return names.reduce((changed, { name, sent }) => {
    const pattern = new RegExp(
      `(^|\\s)${name.replaceAll(/[$()*+.?[\\\]^{|}]/g, '\\$&')}(?![\\p{L}\\p{N}])`,
      'giu',
    );
    return changed.replaceAll(pattern, (_, before: string) => `${before}${sent}`);
  }, text);
}

function nameables({ guildId }: Channel): readonly Nameable[] {
  const guild = guilds.value.find(({ id }) => id === guildId);
  const bot = home.value?.bot.id ?? '';
  const ids = guild?.members ?? [bot];
  const members = ids.flatMap((id): Nameable[] => {
    const person = personById.value.get(id);
    if (person === undefined) return [];
    return [{ name: `@${person.name}`, sent: `<@${id}>`, note: person.isBot ? 'bot' : (person.part ?? '') }];
  });
  const roles = (guild?.roles ?? [])
    .filter(({ id }) => id !== guildId)
    .map(({ id, name }) => ({ name: `@${name}`, sent: `<@&${id}>`, note: 'role' }));
  const places = channels.value
    .filter((other) => other.guildId !== null && other.guildId === guildId)
    .map(({ id, name }) => ({ name: `#${name}`, sent: `<#${id}>`, note: 'channel' }));
  return [...members, ...roles, ...places];
}
