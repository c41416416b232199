import { Locale } from 'discord.js';
import { expect, it } from 'vitest';
import { eventually, finishPainting, openAtelier } from './atelier.js';

it('speaks the server’s language where all read, and each person’s to them alone', async () => {
  const at = await openAtelier({ locale: Locale.German, environment: { MAX_QUEUED_PER_USER: '1' } });
  const { painter } = await at.open();
  const yuki = at.discord.addUser({ name: 'Yuki', guilds: [at.guild], locale: Locale.Japanese });

  expect((await at.imagine(yuki, 'a boat')).message?.body.content).toContain('**In der Warteschlange**');
  await eventually(() => painter.paintings.length === 1);
  await eventually(() => at.pictures()[0]?.body.content.includes('**Ich male**'));
  await at.imagine(yuki, 'a second boat');
  const refusal = await at.imagine(yuki, 'a third boat');
  expect(refusal.ephemeral).toBe(true);
  expect(refusal.message?.body.content).toContain('順番待ち');

  const unread = await at.imagine(yuki, 'a boat --seed wind');
  expect(unread.message?.body.content).toContain('`--seed`には0から4294967295までの整数');

  await finishPainting(painter.current);
  await eventually(() => at.pictures()[0]?.body.content.includes('Schritte'));
});

it('offers its commands in every language', async () => {
  const at = await openAtelier();
  await at.open();
  const [imagine] = [...at.discord.world.commands.values()].filter(({ body }) => body.name === 'imagine');
  expect(imagine?.body).toMatchObject({
    name_localizations: { de: 'malen', ja: '描く' },
    options: expect.arrayContaining([
      expect.objectContaining({
        name: 'prompt',
        name_localizations: { de: 'beschreibung', ja: 'プロンプト' },
      }),
    ]),
  });
});
