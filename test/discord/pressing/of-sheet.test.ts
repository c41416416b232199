import sharp from 'sharp';
import { describe, expect, it } from 'vitest';
import type { EncodedPicture } from '../../../src/contracts/picture.js';
import { type Atelier, buttonOf, eventually, finishPainting, openAtelier } from '../../bot/atelier.js';

/** A sheet of four greys, as a painter would hand it in. */
async function greys(): Promise<EncodedPicture> {
  const tile = (value: number) =>
    sharp({ create: { width: 64, height: 64, channels: 3, background: { r: value, g: value, b: value } } })
      .png()
      .toBuffer();
  const input = await Promise.all([10, 20, 30, 40].map(tile));
  const bytes = await sharp({ create: { width: 128, height: 128, channels: 3, background: '#000' } })
    .composite(
      input.map((picture, index) => ({ input: picture, left: 64 * (index % 2), top: 64 * (index >> 1) })),
    )
    .png()
    .toBuffer();
  return { format: 'png', width: 128, height: 128, bytes: new Uint8Array(bytes) };
}

/** A bot with Ada's finished sheet of four. */
async function withSheet(at: Atelier) {
  const opened = await at.open();
  const { message } = await at.imagine(at.ada, 'a red apple', { seed: 7, steps: 10, count: 4 });
  if (!message) throw new Error('Expected a message.');
  await eventually(() => opened.painter.paintings.length === 1);
  expect(opened.painter.current.task.request).toMatchObject({ count: 4, seed: 7, steps: 10 });
  const end = { step: 40, loss: 1, seconds: 1, ended: 'finished' } as const;
  opened.painter.current.end({ type: 'done', picture: await greys(), ...end });
  await eventually(() => message.body.attachments.length === 1 && message.reactions.size === 2);
  const press = (user: typeof at.ada, verb: string) =>
    at.discord.press({ user, message, customId: buttonOf(message, verb) });
  return { ...opened, message, press };
}

describe('the buttons under a sheet', () => {
  it('paint the chosen one by itself and large, and variations of another, after a restart too', async () => {
    const at = await openAtelier();
    const first = await withSheet(at);
    expect(first.message.body.content).toContain('4 pictures');
    await first.stop();
    const { bot, painter } = await at.open();
    await first.press(at.bob, 'u3');
    await eventually(() => painter.paintings.length === 1);
    const { request } = painter.current.task;
    expect(request).toMatchObject({ seed: 9, steps: 10, upscale: 4, upscaler: 'learned' });
    expect(request).not.toHaveProperty('count');

    // While that is painted, two different ones may wait; the same one twice may not.
    await first.press(at.ada, 'v2');
    expect((await first.press(at.ada, 'u1')).ephemeral).toBe(false);
    expect((await first.press(at.ada, 'u1')).message?.body.content).toContain(
      'another version of this picture',
    );
    const [varied] = bot.jobs.living(at.ada.id).filter((job) => job.request.count === 4);
    expect(varied?.request).toMatchObject({ start: 'picture', init: { strength: 1 } });
    await at.discord.press({
      user: at.bob,
      message: first.message,
      customId: buttonOf(first.message, 'again'),
    });
    await finishPainting(painter.current);
    await eventually(() => painter.paintings.some(({ task }) => task.images.size === 1));
    const given = painter.paintings.find(({ task }) => task.images.size === 1)?.task.images;
    const [bytes] = [...(given ?? new Map<string, Uint8Array>()).values()];
    expect((await sharp(bytes).raw().toBuffer())[0]).toBe(20);
  });

  it('are as many as there are pictures on it, and nothing that goes on with one painting', async () => {
    const at = await openAtelier();
    const { message } = await withSheet(at);
    const verbs = at.discord.buttonsOf(message).map(({ customId }) => customId?.split(':')[1]);
    expect(verbs.slice(0, 9)).toEqual(['u1', 'u2', 'u3', 'u4', 'again', 'v1', 'v2', 'v3', 'v4']);
    for (const absent of ['more', 'enlarge', 'vary']) expect(verbs).not.toContain(absent);
  });

  it('count as so many pictures where pictures are counted', async () => {
    const at = await openAtelier({ environment: { MAX_PER_MINUTE: '5' } });
    const { painter } = await at.open();
    painter.become('restarting');
    await at.imagine(at.ada, 'four', { count: 4 });
    const refused = await at.imagine(at.ada, 'two more', { count: 2 });
    expect(refused.message?.body.content).toContain('5 pictures a minute');
    expect((await at.imagine(at.ada, 'the fifth')).ephemeral).toBe(false);
  });
});
