import { expect, it } from 'vitest';
import { eventually, finishPainting, openAtelier, paintFrame, untilDone } from '../bot/atelier.js';

it('shows a picture, finished or not, to those who could see it, with what is known of it', async () => {
  const at = await openAtelier();
  const { painter, bot } = await at.open();
  const direct = at.discord.directChannel(at.ada);
  const name = 'show';
  const { message } = await at.discord.slash({
    user: at.ada,
    channel: direct,
    name: 'imagine',
    options: { prompt: 'a secret', seed: 7 },
  });
  await eventually(() => painter.paintings.length === 1);
  await paintFrame(painter.current, 40);
  const { id = '' } = (await bot.jobs.findByMessage(message?.id ?? '')) ?? {};

  const own = await at.discord.slash({ user: at.ada, channel: at.channel, name, options: { picture: id } });
  await eventually(() => own.message?.body.attachments.length === 1);
  expect(own.message?.body.content).toContain('Painting');
  const foreign = await at.discord.slash({
    user: at.bob,
    channel: at.channel,
    name,
    options: { picture: id },
  });
  expect(foreign.message?.body.content).toContain('no such picture');
  expect(JSON.stringify(foreign.message?.body)).not.toContain('secret');

  await finishPainting(painter.current);
  await untilDone(bot, message);
  const done = await at.discord.slash({ user: at.ada, channel: at.channel, name, options: { picture: id } });
  await eventually(() => done.message?.body.content.includes('loss 0.25'));
  expect(done.message?.body.content).toContain(
    `https://discord.com/channels/@me/${direct.id}/${message?.id}`,
  );
  const person = { user: at.ada, channel: at.channel, name, focused: 'picture' };
  const offered = await at.discord.autocomplete({ ...person, options: { picture: 'secr' } });
  expect(offered.choices).toEqual([{ name: '🖼️ a secret', value: id }]);
});
