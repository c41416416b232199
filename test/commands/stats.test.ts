import { describe, expect, it, vi } from 'vitest';
import { statsSince } from '../../src/ledger/stats.js';
import { insertJob, moveJob } from '../../src/ledger/jobs.js';
import { newJob, temporaryLedger } from '../ledger/fixtures.js';
import { eventually, finishPainting, openAtelier, PATIENCE_MS } from '../bot/atelier.js';

describe('/stats', () => {
  it('counts pictures and people of this server, without naming anybody', async () => {
    const at = await openAtelier();
    const { bot, painter } = await at.open();
    const before = (await at.discord.slash({ user: at.bob, channel: at.channel, name: 'stats' })).message;
    expect(before?.body.content).toMatch(/painted 0, for 0 people · failed 0$/);
    await at.imagine(at.ada, 'a red apple');
    await eventually(() => painter.paintings.length === 1);
    const { job } = painter.current.task;
    await finishPainting(painter.current);
    await vi.waitFor(async () => expect((await bot.jobs.find(job))?.state).toBe('done'), {
      timeout: PATIENCE_MS,
    });
    const asked = { user: at.bob, channel: at.channel, name: 'stats' };
    const answer = (await at.discord.slash(asked)).message?.body.content;
    expect(answer).toContain('last 7 days** · painted 1, for 1 person · failed 0');
    expect(answer).not.toContain(at.ada.id);
  });

  it('tells how long the one in the middle waited', async () => {
    const ledger = await temporaryLedger();
    expect(await statsSince(ledger, { guildId: 'g', from: 0 })).toMatchObject({
      done: 0,
      medianWaitMs: null,
    });
    for (const [index, wait] of [5, 900, 20].entries()) {
      const id = `j${index}`;
      await insertJob(ledger, newJob(id, { guildId: 'g', acceptedAt: 1000 }));
      await moveJob(ledger, id, { to: 'painting', startedAt: 1000 + wait });
      await moveJob(ledger, id, { to: 'failed', endedAt: 5000 });
    }
    const all = { done: 0, people: 0, failed: 3, medianWaitMs: 20 };
    expect(await statsSince(ledger, { guildId: 'g', from: 0 })).toEqual(all);
    expect(await statsSince(ledger, { guildId: 'g', from: 1001 })).toMatchObject({ failed: 0 });
  });
});
