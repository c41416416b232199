import { Locale } from 'discord.js';
import sharp from 'sharp';
import { expect, it } from 'vitest';
import { STYLES } from '../../src/requests/styles.js';
import { openAtelier } from '../bot/atelier.js';

it('lists every style by its title in the reader’s language and by the name that is typed, and shows each', async () => {
  const at = await openAtelier();
  await at.open();
  const yuki = at.discord.addUser({ name: 'Yuki', guilds: [at.guild], locale: Locale.Japanese });
  const { message } = await at.discord.slash({ user: yuki, channel: at.channel, name: 'styles' });
  for (const name of Object.keys(STYLES)) expect(message?.body.content).toContain(`\`${name}\``);
  expect(message?.body.content).toContain('油絵 `oil`');
  const [file] = message?.body.attachments ?? [];
  const { width = 0, height = 0 } = await sharp(file?.bytes).metadata();
  // Cells of 128 pixels over captions of 22, with gaps of 8: as many as there are styles, in rows of six.
  const rows = Math.ceil(Object.keys(STYLES).length / 6);
  expect([width, height]).toEqual([6 * 136 + 8, rows * 158 + 8]);
});
