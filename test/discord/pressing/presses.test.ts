import { rmSync } from 'node:fs';
import { join } from 'node:path';
import sharp from 'sharp';
import { describe, expect, it } from 'vitest';
import type { Message } from '../../../src/playground/world/message.js';
import type { User } from '../../../src/playground/world/places.js';
import {
  type Atelier,
  buttonOf,
  eventually,
  finishPainting,
  openAtelier,
  paintFrame,
  plainPicture,
  untilDone,
} from '../../bot/atelier.js';

/** A bot with Ada's painting, begun. */
async function withPainting(at: Atelier) {
  const opened = await at.open();
  const { message } = await at.imagine(at.ada, 'a red apple', { seed: 7, steps: 10 });
  if (!message) throw new Error('Expected a message.');
  await eventually(() => opened.painter.paintings.length === 1);
  const press = (user: User, verb: string, on: Message = message) =>
    at.discord.press({ user, message: on, customId: buttonOf(on, verb) });
  return { ...opened, message, press };
}

/** It is finished, with a state kept on the way. */
async function withPicture(at: Atelier) {
  const opened = await withPainting(at);
  opened.painter.current.save(8, 'the state');
  await finishPainting(opened.painter.current);
  await eventually(() => opened.message.body.attachments.length === 1 && opened.message.reactions.size === 2);
  return opened;
}

describe('🏁 finish now', () => {
  it('takes the painting as it is, for its owner and moderators alone, and not before there is anything', async () => {
    const at = await openAtelier();
    const { painter, message, press } = await withPainting(at);
    painter.obeys = false;
    await eventually(() => message.body.content.includes('Painting'));
    expect((await press(at.ada, 'finish')).message?.body.content).toContain('Nothing of this picture');
    await paintFrame(painter.current, 4);
    await eventually(() => message.body.content.includes('step 4 of 10'));
    expect((await press(at.bob, 'finish')).message?.body.content).toContain('Only the person who asked');
    expect(painter.current.task.signal.aborted).toBe(false);
    expect((await press(at.mod, 'finish')).message?.body.content).toContain('as it is now');
    expect(painter.current.task.signal.aborted).toBe(true);
    const picture = await plainPicture(4);
    painter.current.end({ type: 'done', picture, step: 4, loss: 1, seconds: 1, ended: 'cancelled' });
    await eventually(() => message.body.content.includes('finished early, at step 4'));
    await eventually(() => message.body.attachments.length === 1);

    // ➕ then paints it to the end it was asked for.
    await press(at.ada, 'more');
    await eventually(() => painter.paintings.length === 2);
    expect(painter.current.task.request).toMatchObject({ steps: 10, seed: 7 });
    expect(painter.current.task.request.legs).toBeUndefined();
  });
});

describe('➕ more steps', () => {
  it('goes on from the kept state, after a restart too, and again from what came of it', async () => {
    const at = await openAtelier();
    const first = await withPicture(at);
    await first.stop();
    const { painter } = await at.open();
    const answer = await first.press(at.bob, 'more');
    await eventually(() => painter.paintings.length === 1);
    const { request, state } = painter.current.task;
    expect(request).toMatchObject({ seed: 7, steps: 15, legs: [10] });
    expect(Buffer.from(state ?? []).toString()).toBe('the state');
    // What the second job saves must not take the first one's state away.
    painter.current.save(14, 'another state');
    await finishPainting(painter.current);
    await eventually(() => answer.message?.body.attachments.length === 1);
    await first.press(at.ada, 'more');
    await eventually(() => painter.paintings.length === 2);
    expect(Buffer.from(painter.current.task.state ?? []).toString()).toBe('the state');
  });

  it('says when there are as many as are painted here', async () => {
    const at = await openAtelier({ environment: { MAX_STEPS: '10' } });
    const { press } = await withPicture(at);
    const { message, ephemeral } = await press(at.ada, 'more');
    expect(ephemeral).toBe(true);
    expect(message?.body.content).toContain('10 steps already');
  });
});

describe('🎨 a variation', () => {
  it('begins with the picture and another seed', async () => {
    const at = await openAtelier();
    const { bot, painter, press, message } = await withPicture(at);
    await press(at.bob, 'vary');
    await eventually(() => painter.paintings.length === 2);
    const { request, images } = painter.current.task;
    const job = await bot.jobs.findByMessage(message.id);
    const sha256 = job?.result?.sha256 ?? '';
    expect(request).toMatchObject({ start: 'picture', init: { image: sha256, pull: 0 } });
    expect(request.seed).not.toBe(7);
    expect(images.get(sha256)).toEqual((await bot.jobs.picture(job?.id ?? ''))?.bytes);
  });

  it('says when the picture is no longer kept', async () => {
    const at = await openAtelier();
    const { press } = await withPicture(at);
    rmSync(join(at.dataDir, 'files'), { recursive: true });
    const { message } = await press(at.ada, 'vary');
    expect(message?.body.content).toContain('no longer kept');
  });
});

describe('🔍 upscaling', () => {
  it('asks for the network, once', async () => {
    const at = await openAtelier();
    const { painter, press } = await withPicture(at);
    const answer = await press(at.ada, 'enlarge');
    await eventually(() => painter.paintings.length === 2);
    expect(painter.current.task.request).toMatchObject({
      seed: 7,
      steps: 10,
      upscale: 4,
      upscaler: 'learned',
    });
    expect(painter.current.task.state).toBeDefined();
    await finishPainting(painter.current);
    const larger = await eventually(() => answer.message?.body.attachments.length === 1 && answer.message);
    expect((await press(at.ada, 'enlarge', larger)).message?.body.content).toContain('already as large');
  });
});

describe('✏️ remix', () => {
  it('opens a form as it was asked for, and paints what comes back', async () => {
    const at = await openAtelier();
    const { painter, press } = await withPicture(at);
    const outcome = await press(at.bob, 'remix');
    const fields = JSON.stringify(outcome.modal);
    expect(fields).toContain('"value":"a red apple"');
    expect(fields).toContain('"value":"--seed 7 --steps 10"');
    const sent = await at.discord.submitModal({
      user: at.bob,
      outcome,
      fields: { prompt: 'a green apple', options: '--seed 7 --ar 3:2' },
    });
    expect(sent).toMatchObject({ ephemeral: false });
    await eventually(() => painter.paintings.length === 2);
    expect(painter.current.task.request).toMatchObject({ prompts: [{ text: 'a green apple' }], seed: 7 });
    expect(painter.current.task.request.width).toBeGreaterThan(painter.current.task.request.height);
    expect(painter.current.task.request.steps).not.toBe(10);
  });

  it('tells in one sentence what is wrong with what came back', async () => {
    const at = await openAtelier();
    const { press } = await withPicture(at);
    const outcome = await press(at.ada, 'remix');
    const fields = { prompt: 'a green apple', options: '--chaos 9' };
    const sent = await at.discord.submitModal({ user: at.ada, outcome, fields });
    expect(sent.ephemeral).toBe(true);
    expect(sent.message?.body.content).toContain('--chaos');
  });
});

describe('🎞️ the timelapse', () => {
  it('shows how the picture grew, also after a restart, and goes with the picture', async () => {
    const at = await openAtelier();
    const first = await withPainting(at);
    await paintFrame(first.painter.current, 40, 120, 200);
    await finishPainting(first.painter.current);
    await untilDone(first.bot, first.message);
    await first.stop();
    await at.open();
    const shown = await first.press(at.bob, 'film');
    const [file] = await eventually(
      () => shown.message?.body.attachments.length === 1 && shown.message.body.attachments,
    );
    const { pages } = await sharp(file?.bytes, { animated: true }).metadata();
    expect(pages).toBe(3);
    expect(shown.ephemeral).toBe(false);
  });

  it('is refused where there is too little to see', async () => {
    const at = await openAtelier();
    const { press } = await withPicture(at);
    const { message, ephemeral } = await press(at.ada, 'film');
    expect(ephemeral).toBe(true);
    expect(message?.body.content).toContain('too few frames');
  });
});

describe('ℹ️ details and ✉️ send to me', () => {
  it('tell one person everything, and send the picture with its request', async () => {
    const at = await openAtelier();
    const { press, message: picture } = await withPicture(at);
    const told = await press(at.bob, 'details');
    expect(told.ephemeral).toBe(true);
    for (const fact of ['a red apple', 'seed `7`', 'loss 0.25', 'model pocket', `<@${at.ada.id}>`]) {
      expect(told.message?.body.content).toContain(fact);
    }
    const menu = await at.discord.useOnMessage({ user: at.bob, name: 'Details', target: picture });
    expect(menu.message?.body.content).toBe(told.message?.body.content);
    await press(at.bob, 'direct');
    const sent = await eventually(() => at.discord.read({ channel: at.discord.directChannel(at.bob) })[0]);
    const [file, request] = sent.body.attachments;
    expect(file?.filename).toMatch(/^easel-.*\.png$/);
    expect(JSON.parse(Buffer.from(request?.bytes ?? []).toString())).toMatchObject({ seed: 7, version: 1 });
  });

  it('say how to let me write, to who does not', async () => {
    const at = await openAtelier();
    const { press } = await withPicture(at);
    at.bob.acceptsDirect = false;
    const outcome = await press(at.bob, 'direct');
    const answer = await eventually(() => outcome.followUps[0] ?? outcome.message);
    await eventually(() => answer.body.content.includes('privacy settings'));
  });
});
