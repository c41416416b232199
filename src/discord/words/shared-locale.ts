import type { BaseInteraction } from 'discord.js';

/** The language for what everybody in the place of an interaction reads: the server's, or in direct messages the person's. */
export function sharedLocale({
  guildLocale,
  locale,
}: Pick<BaseInteraction, 'guildLocale'> & { readonly locale: string }): string {
  return guildLocale ?? locale;
}
