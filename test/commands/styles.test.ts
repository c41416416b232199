import { Locale } from 'discord.js';
import { expect, it } from 'vitest';
import { STYLES } from '../../src/requests/styles.js';
import { openAtelier } from '../bot/atelier.js';

it('lists every style by its title in the reader’s language and by the name that is typed', async () => {
  const at = await openAtelier();
  await at.open();
  const yuki = at.discord.addUser({ name: 'Yuki', guilds: [at.guild], locale: Locale.Japanese });
  const { message } = await at.discord.slash({ user: yuki, channel: at.channel, name: 'styles' });
  for (const name of Object.keys(STYLES)) expect(message?.body.content).toContain(`\`${name}\``);
  expect(message?.body.content).toContain('油絵 `oil`');
});
