import { describe, expect, it, vi } from 'vitest';
import { eventually, finishPainting, openAtelier, PATIENCE_MS } from '../bot/atelier.js';

describe('/privacy', () => {
  it('gives people all that is kept of them, and nothing of others', async () => {
    const at = await openAtelier();
    const { painter } = await at.open();
    await at.imagine(at.ada, 'a red apple');
    await at.imagine(at.bob, 'a secret');
    await eventually(() => painter.paintings.length === 1);
    const asked = { user: at.ada, channel: at.channel, name: 'privacy export' };
    const { message, ephemeral } = await at.discord.slash(asked);
    expect(ephemeral).toBe(true);
    const file = await eventually(() => message?.body.attachments[0]);
    const data = JSON.parse(Buffer.from(file.bytes).toString());
    expect(data).toMatchObject({ userId: at.ada.id, bans: [], pictures: [{ server: at.guild.id }] });
    expect(data.pictures[0].request.prompts).toEqual([{ text: 'a red apple', weight: 1 }]);
    expect(JSON.stringify(data)).not.toContain('secret');
  });

  it('deletes everything of somebody, what is painted and waits as well, with its messages, once they are sure', async () => {
    const at = await openAtelier();
    const { bot, painter } = await at.open();
    const first = await at.imagine(at.ada, 'finished');
    await eventually(() => painter.paintings.length === 1);
    const done = painter.current.task.job;
    await finishPainting(painter.current);
    await vi.waitFor(async () => expect((await bot.jobs.find(done))?.state).toBe('done'), {
      timeout: PATIENCE_MS,
    });
    await at.imagine(at.ada, 'is painted');
    await eventually(() => painter.paintings.length === 2);
    await at.imagine(at.ada, 'waits');
    const other = await at.imagine(at.bob, 'of somebody else');
    const remove = async (sure: boolean) => {
      const asked = { user: at.ada, channel: at.channel, name: 'privacy delete', options: { sure } };
      const { message } = await at.discord.slash(asked);
      return eventually(() => message?.body.content || undefined);
    };
    expect(await remove(false)).toContain('Nothing was deleted');
    expect(first.message?.deleted).toBe(false);
    const underWay = painter.current;
    expect(await remove(true)).toContain('3 pictures');
    expect(underWay.task.signal.aborted).toBe(true);
    await eventually(() => painter.current.task.request.prompts[0]?.text === 'of somebody else');
    await eventually(() => at.pictures().filter(({ onlyFor }) => !onlyFor).length === 1);
    expect(other.message?.deleted).toBe(false);
    expect(await bot.jobs.find(done)).toBeUndefined();
    expect((await bot.jobs.export(at.ada.id)).pictures).toEqual([]);
    expect(bot.jobs.snapshot().waiting).toEqual([]);
  });
});
