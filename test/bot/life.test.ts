import { describe, expect, it } from 'vitest';
import { buttonOf, eventually, finishPainting, openAtelier, paintFrame, shadeOf } from './atelier.js';

describe("a picture's life, in one message", () => {
  it('goes from the place in line over frames to the picture at 512 pixels or more', async () => {
    const at = await openAtelier();
    const { painter } = await at.open();
    const outcome = await at.imagine(at.ada, 'a red apple', { seed: 7, steps: 50 });
    expect(outcome).toMatchObject({ kind: 'message', ephemeral: false });
    const message = outcome.message;
    if (!message) throw new Error('Expected a message.');
    await eventually(() => message.body.content.includes('Painting'));

    await paintFrame(painter.current, 20);
    await eventually(() => message.body.content.includes('step 20 of 50') && message.body.attachments[0]);
    expect(message.body.content).toMatch(/█+░+/);
    expect(message.body.content, 'left to Details').not.toMatch(/loss|cutouts/);
    expect(await shadeOf(message)).toBeCloseTo(20, -1);

    await finishPainting(painter.current, 200);
    await eventually(() => message.reactions.size === 2);
    expect(await shadeOf(message)).toBeCloseTo(200, -1);
    expect(message.body.attachments[0]).toMatchObject({
      width: 512,
      height: 512,
      description: 'a red apple',
    });
    for (const fact of ['a red apple', `<@${at.ada.id}>`, 'seed `7`', '50 steps', '128 × 128']) {
      expect(message.body.content).toContain(fact);
    }
    expect(at.pictures()).toEqual([message]);
    expect(message.versions.every(({ body }) => body.mentions.users.length === 0)).toBe(true);
  });

  it('tells who waits their place and when they start, and moves them up', async () => {
    const at = await openAtelier();
    const { painter } = await at.open();
    await at.imagine(at.ada, 'one');
    await eventually(() => painter.paintings.length === 1);
    await paintFrame(painter.current, 10);
    const second = await at.imagine(at.bob, 'two');
    const third = await at.imagine(at.mod, 'three');
    expect(second.message?.body.content).toMatch(/next|place 1/);
    expect(third.message?.body.content).toContain('place 2 of 2');
    expect(third.message?.body.content).toMatch(/<t:\d+:R>/);
    await finishPainting(painter.current);
    await eventually(() => third.message?.body.content.match(/In line.*next/) !== null);
  });

  it('ends in a plain sentence and another try when painting fails', async () => {
    const at = await openAtelier();
    const { painter } = await at.open();
    const { message } = await at.imagine(at.ada, 'a red apple', { seed: 7 });
    if (!message) throw new Error('Expected a message.');
    await eventually(() => painter.paintings.length === 1);
    painter.current.end({ type: 'error', kind: 'fault', message: 'TypeError: x is not a function' });
    await eventually(() => message.body.content.includes('No picture this time'));
    expect(message.body.content).not.toContain('TypeError');
    const retried = await at.discord.press({ user: at.ada, message, customId: buttonOf(message, 'retry') });
    expect(retried.message?.body.content).toContain('seed `7`');
    await eventually(() => painter.paintings.length === 2);
    await finishPainting(painter.current);
    await eventually(() => retried.message?.reactions.size === 2);
  });

  it('is longer than an interaction lives, and replaces a message older than an hour', async () => {
    const at = await openAtelier();
    const { painter } = await at.open();
    const { message } = await at.imagine(at.ada, 'a cathedral');
    await eventually(() => painter.paintings.length === 1);
    at.clock.jump(16 * 60_000);
    await paintFrame(painter.current, 10);
    await eventually(() => message?.body.content.includes('step 10'));
    at.clock.jump(50 * 60_000);
    await paintFrame(painter.current, 20);
    await eventually(() => message?.deleted);
    const [newer, ...others] = at.pictures();
    expect(others).toEqual([]);
    await finishPainting(painter.current, 99);
    await eventually(() => newer?.reactions.size === 2);
    expect(at.pictures()).toEqual([newer]);
  });

  it('survives a stop in the middle: the same message goes on from the saved state', async () => {
    const at = await openAtelier();
    const first = await at.open();
    const { message } = await at.imagine(at.ada, 'a red apple');
    const waiting = await at.imagine(at.bob, 'a blue boat');
    await eventually(() => first.painter.paintings.length === 1);
    await paintFrame(first.painter.current, 10);
    first.painter.current.save(10, 'state after 10');
    await eventually(() => message?.body.attachments.length === 1);
    await first.stop();

    const second = await at.open();
    await eventually(() => second.painter.paintings.length === 1);
    expect(Buffer.from(second.painter.current.task.state ?? []).toString()).toBe('state after 10');
    second.painter.current.step(11);
    await eventually(() => message?.body.content.includes('step 11'));
    expect(message?.body.attachments).toHaveLength(1);
    await finishPainting(second.painter.current, 99);
    await eventually(() => message?.reactions.size === 2);
    await eventually(() => second.painter.paintings.length === 2);
    await finishPainting(second.painter.current, 98);
    await eventually(() => waiting.message?.reactions.size === 2);
    expect(at.pictures()).toEqual([message, waiting.message]);
  });
});
