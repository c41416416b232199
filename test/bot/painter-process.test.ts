import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { writeTinyModel } from '../support/tiny-model.js';
import { type Atelier, eventually, openAtelier } from './atelier.js';

/** A painting of so many steps is not over before anything can happen to it. */
const ENDLESS = 2000;

/** A real painter process with a tiny model, in the whole bot. */
async function openWithTinyModel(at: Atelier) {
  await writeTinyModel(join(at.dataDir, 'models', 'tiny'));
  const tiny = { MODEL: 'tiny', PROVIDER: 'cpu', THREADS: '1', MAX_STEPS: String(ENDLESS) };
  return at.open({ realPainters: true, environment: tiny });
}

describe('with a real painter process', () => {
  it('a prompt becomes a picture', async () => {
    const at = await openAtelier();
    await openWithTinyModel(at);
    const { message } = await at.imagine(at.ada, 'a red apple', { steps: 30, seed: 7 });
    await eventually(() => message?.reactions.size === 2);
    expect(message?.body.attachments[0]).toMatchObject({ contentType: 'image/png', width: 512, height: 512 });
    expect(at.pictures()).toEqual([message]);
  });

  it('a stop in the middle loses nothing: the picture is the same as without it', async () => {
    const at = await openAtelier();
    const first = await openWithTinyModel(at);
    const plain = await at.imagine(at.ada, 'a castle', { steps: 300, seed: 7 });
    await eventually(() => plain.message?.reactions.size === 2);

    const begun = new Promise<void>((resolve) =>
      first.bot.jobs.on((event) => event.type === 'step' && resolve()),
    );
    const { message } = await at.imagine(at.ada, 'a castle', { steps: 300, seed: 7 });
    await begun;
    await first.stop();
    expect(message?.reactions.size).toBe(0);
    await openWithTinyModel(at);
    await eventually(() => message?.reactions.size === 2);
    expect(at.pictures()).toEqual([plain.message, message]);
    const [a, b] = [plain.message, message].map((shown) => shown?.body.attachments[0]?.bytes);
    expect(Buffer.from(b ?? []).equals(Buffer.from(a ?? []))).toBe(true);
  });

  it('❌ stops it within a step', async () => {
    const at = await openAtelier();
    await openWithTinyModel(at);
    const { message } = await at.imagine(at.ada, 'a castle', { steps: ENDLESS });
    await eventually(() => /step [1-9]/.test(message?.body.content ?? ''));
    if (message) at.discord.react({ user: at.ada, message, emoji: '❌' });
    await eventually(() => message?.body.content.includes('Cancelled'));
  });
});
