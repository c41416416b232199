import { rm } from 'node:fs/promises';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { writeTinyModel } from '../support/tiny-model.js';
import { type Atelier, buttonOf, eventually, finishPainting, openAtelier } from './atelier.js';

const TWO = { MODEL: 'tiny', PROVIDER: 'cpu', THREADS: '1' };

const folderOf = ({ dataDir }: Atelier, name: string) => join(dataDir, 'models', name);

/** A data folder with two models beside the embedded one. */
async function withTwoModels(): Promise<Atelier> {
  const at = await openAtelier({ environment: TWO });
  for (const [index, name] of ['tiny', 'other'].entries())
    await writeTinyModel(folderOf(at, name), { name, seed: index + 1 });
  return at;
}

const offered = (at: Atelier) =>
  [...at.discord.world.commands.values()]
    .filter(({ body }) => body.name === 'imagine')
    .flatMap(({ body }) => ('options' in body ? (body.options ?? []) : []).map(({ name }) => name));

async function choices(at: Atelier, typed: string): Promise<readonly unknown[]> {
  const outcome = await at.discord.autocomplete({
    ...{ user: at.ada, channel: at.channel, name: 'imagine', focused: 'model' },
    options: { prompt: 'a castle', model: typed },
  });
  return (outcome.choices ?? []).map(({ value }) => value);
}

describe('/imagine model', () => {
  it('is offered where there are several, which are completed as they are installed at that moment', async () => {
    const alone = await openAtelier();
    await alone.open();
    expect(offered(alone)).not.toContain('model');
    const at = await withTwoModels();
    await at.open();
    expect(offered(at)).toContain('model');
    expect(await choices(at, '')).toEqual(['tiny', 'other', 'pocket']);
    expect(await choices(at, 'TIN')).toEqual(['tiny', 'other']);
    await rm(folderOf(at, 'other'), { recursive: true });
    expect(await choices(at, '')).toEqual(['tiny', 'pocket']);
  });

  it('has the picture composed and painted by that model, also when it is painted again', async () => {
    const at = await withTwoModels();
    const { painter } = await at.open();
    const { message } = await at.imagine(at.ada, 'a castle', { model: 'other' });
    if (!message) throw new Error('Expected a message.');
    await eventually(() => painter.paintings.length === 1);
    expect(painter.current.task.request).toMatchObject({
      model: 'other',
      width: 32,
      steps: 5,
      start: 'noise',
    });
    await finishPainting(painter.current);
    await eventually(() => message.reactions.size === 2);
    at.discord.react({ user: at.bob, message, emoji: '🔁' });
    await eventually(() => painter.paintings.length === 2);
    expect(painter.current.task.request.model).toBe('other');
    await at.imagine(at.ada, 'a castle');
    await finishPainting(painter.current);
    await eventually(() => painter.paintings.length === 3);
    expect(painter.current.task.request.model).toBe('tiny');
  });

  it('refuses one that is not there, or no longer, in one sentence that names those that are', async () => {
    const at = await withTwoModels();
    const { painter } = await at.open();
    const unknown = await at.imagine(at.ada, 'a castle', { model: 'nothing' });
    expect(unknown.ephemeral).toBe(true);
    expect(unknown.message?.body.content).toBe(
      'There is no model `nothing` here (any more); there is other, pocket, tiny.',
    );
    const { message } = await at.imagine(at.ada, 'a castle', { model: 'other' });
    if (!message) throw new Error('Expected a message.');
    await eventually(() => painter.paintings.length === 1);
    await finishPainting(painter.current);
    await eventually(() => message.reactions.size === 2);
    await rm(folderOf(at, 'other'), { recursive: true });
    const again = await at.discord.press({ user: at.bob, message, customId: buttonOf(message, 'again') });
    expect(again.ephemeral).toBe(true);
    expect(again.message?.body.content).toContain('no model `other` here (any more); there is pocket, tiny');
  });

  it('holds over a restart; a picture whose model is gone meanwhile ends with a sentence', async () => {
    const at = await withTwoModels();
    await writeTinyModel(folderOf(at, 'gone'), { name: 'gone' });
    const first = await at.open();
    first.painter.become('restarting');
    const other = await at.imagine(at.ada, 'a castle', { model: 'other', seed: 7 });
    const tiny = await at.imagine(at.ada, 'a castle', { seed: 7 });
    const gone = await at.imagine(at.bob, 'a castle', { model: 'gone' });
    await first.stop();
    await rm(folderOf(at, 'gone'), { recursive: true });
    await at.open({ realPainters: true });
    for (const { message } of [other, tiny]) await eventually(() => message?.reactions.size === 2);
    const [a, b] = [other, tiny].map(({ message }) => message?.body.attachments[0]?.bytes);
    expect(Buffer.from(a ?? []).equals(Buffer.from(b ?? []))).toBe(false);
    await eventually(() => /Unknown model .{0,2}gone/.test(gone.message?.body.content ?? ''));
  });
});
