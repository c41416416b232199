import { describe, expect, it } from 'vitest';
import { type Atelier, eventually, finishPainting, openAtelier, paintFrame, shadeOf } from './atelier.js';

const EDIT = 'PATCH /channels/:channel/messages/:message';

/** A bot with one picture in work, its first frame shown. */
async function withPainting(at: Atelier) {
  const opened = await at.open();
  const { message } = await at.imagine(at.ada, 'a red apple');
  if (!message) throw new Error('Expected a message.');
  await eventually(() => opened.painter.paintings.length === 1);
  await paintFrame(opened.painter.current, 10);
  await eventually(() => message.body.attachments.length === 1);
  return { ...opened, message };
}

describe('when Discord gets in the way', () => {
  it('a message that a moderator deleted stays gone: its job ends, and its owner alone is told', async () => {
    const at = await openAtelier();
    const { bot, painter, message } = await withPainting(at);
    const { job } = painter.current.task;
    at.discord.deleteMessage({ user: at.mod, message });
    await eventually(() => painter.current.task.signal.aborted);
    const said = await eventually(() =>
      at.discord.read({ user: at.ada, channel: at.channel }).find(({ onlyFor }) => onlyFor === at.ada),
    );
    expect(said.body.content).toContain(`took your picture \`${job}\` away`);
    expect(await bot.jobs.find(job)).toMatchObject({
      state: 'cancelled',
      reason: { kind: 'messageGone' },
      request: { prompts: [] },
      announced: true,
    });
    expect(at.pictures().filter(({ onlyFor }) => onlyFor === undefined)).toEqual([]);
  });

  it('a message that was deleted while the bot was off is not written anew', async () => {
    const at = await openAtelier();
    const { message, stop } = await withPainting(at);
    await stop();
    at.discord.deleteMessage({ user: at.mod, message });
    const { bot, painter } = await at.open();
    await eventually(() => painter.paintings.length === 1);
    const { job } = painter.current.task;
    await paintFrame(painter.current, 20);
    await eventually(() => painter.current.task.signal.aborted);
    expect(await bot.jobs.find(job)).toMatchObject({ state: 'cancelled', request: { prompts: [] } });
    const direct = at.discord.directChannel(at.ada);
    await eventually(() => at.discord.read({ channel: direct })[0]?.body.content.includes('away'));
    expect(at.pictures()).toEqual([]);
  });

  it('a channel closed while painting brings the picture to its owner', async () => {
    const at = await openAtelier();
    const { painter } = await withPainting(at);
    at.discord.setChannelRule({
      channel: at.channel,
      user: at.discord.application.bot,
      deny: ['ViewChannel'],
    });
    await paintFrame(painter.current, 20);
    await finishPainting(painter.current, 99);
    const direct = at.discord.directChannel(at.ada);
    const [sent] = await eventually(() => {
      const messages = at.discord.read({ channel: direct });
      return messages[0]?.reactions.size === 2 && messages;
    });
    expect(sent && (await shadeOf(sent))).toBeCloseTo(99, -1);
  });

  it('a channel that is gone leaves the next in line undisturbed', async () => {
    const at = await openAtelier();
    const other = at.discord.addChannel({ guild: at.guild, name: 'other' });
    const { painter } = await withPainting(at);
    const { message } = await at.discord.slash({
      user: at.bob,
      channel: other,
      name: 'imagine',
      options: { prompt: 'a boat' },
    });
    at.discord.removeChannel(at.channel);
    await finishPainting(painter.current);
    await eventually(() => painter.paintings.length === 2);
    await finishPainting(painter.current);
    await eventually(() => message?.reactions.size === 2);
  });

  it('a refusal is not repeated for every frame', async () => {
    const at = await openAtelier();
    const { painter } = await withPainting(at);
    at.discord.setChannelRule({
      channel: at.channel,
      user: at.discord.application.bot,
      deny: ['ViewChannel'],
    });
    const refused = () => at.discord.requests.filter(({ status }) => status === 403).length;
    await paintFrame(painter.current, 20);
    await eventually(() => refused() > 0);
    const before = refused();
    for (let step = 21; step < 30; step++) {
      await paintFrame(painter.current, step);
      await new Promise((resolve) => setTimeout(resolve, 30));
    }
    expect(refused()).toBe(before);
  });

  it.each(['user', 'shared', 'global'] as const)(
    'a %s rate limit is waited out; then the newest frame is shown, not those in between',
    async (scope) => {
      const at = await openAtelier();
      const { painter, message } = await withPainting(at);
      const kind = { type: 'rate limited', scope, retryAfterMs: 300 } as const;
      const { spent } = at.discord.faults.add({ kind, route: EDIT });
      await paintFrame(painter.current, 20);
      await spent;
      await paintFrame(painter.current, 30, 40, 50);
      await eventually(() => message.body.content.includes('step 50'));
      const text = message.versions.map(({ body }) => body.content).join();
      for (const step of [20, 30, 40]) expect(text).not.toContain(`step ${step} `);
      const edits = at.discord.requests.filter(({ route }) => route === EDIT).slice(-2);
      expect(edits[0]?.status).toBe(429);
      expect((edits[1]?.at ?? 0) - (edits[0]?.at ?? 0)).toBeGreaterThanOrEqual(290);
    },
  );

  it('bad gateways and broken connections delay the final picture, and it stands once', async () => {
    const at = await openAtelier();
    const { painter, message } = await withPainting(at);
    at.discord.faults.add({ kind: { type: 'status', status: 502 }, route: EDIT, times: 5 });
    at.discord.faults.add({ kind: { type: 'reset' }, route: EDIT, times: 2, afterEffect: true });
    await finishPainting(painter.current, 99);
    await eventually(() => message.reactions.size === 2);
    expect(at.pictures()).toEqual([message]);
    expect(await shadeOf(message)).toBeCloseTo(99, -1);
  });

  it.each(['frame', 'end'] as const)(
    'a slow acknowledgement is waited for: no second message shows the %s',
    async (news) => {
      const at = await openAtelier();
      const { painter } = await at.open();
      at.discord.faults.add({
        kind: { type: 'slow', delayMs: 700 },
        route: 'POST /interactions/:interaction/:token/callback',
      });
      const asking = at.imagine(at.ada, 'a red apple');
      await eventually(() => painter.paintings.length === 1);
      if (news === 'frame') await paintFrame(painter.current, 10);
      else await finishPainting(painter.current);
      const { message } = await asking;
      await eventually(() => message?.body.attachments.length === 1);
      expect(at.pictures()).toEqual([message]);
      expect(at.discord.requests.filter(({ route }) => route === 'POST /channels/:channel/messages')).toEqual(
        [],
      );
    },
  );

  it('an acknowledgement whose answer is lost leaves one message and one picture', async () => {
    const at = await openAtelier();
    const { painter } = await at.open();
    at.discord.faults.add({
      kind: { type: 'reset' },
      route: 'POST /interactions/:interaction/:token/callback',
      times: 9,
      afterEffect: true,
    });
    await at.imagine(at.ada, 'a red apple').catch(() => {});
    await eventually(() => painter.paintings.length === 1);
    await finishPainting(painter.current, 99);
    const [only, ...others] = await eventually(() => at.pictures()[0]?.reactions.size === 2 && at.pictures());
    expect(others).toEqual([]);
    expect(only && (await shadeOf(only))).toBeCloseTo(99, -1);
  });

  it('an acknowledgement that never arrives leaves a message of the bot’s own', async () => {
    const at = await openAtelier();
    const { painter } = await at.open();
    at.discord.faults.add({
      kind: { type: 'status', status: 500 },
      route: 'POST /interactions/:interaction/:token/callback',
      times: 9,
    });
    at.imagine(at.ada, 'a red apple').catch(() => {});
    await eventually(() => painter.paintings.length === 1);
    await finishPainting(painter.current, 99);
    await eventually(() => at.pictures()[0]?.reactions.size === 2);
    expect(at.pictures()).toHaveLength(1);
  });

  it('dropped and invalidated connections are taken up again', async () => {
    const at = await openAtelier();
    const { painter } = await at.open();
    at.discord.gateway.drop();
    await eventually(() => at.discord.gateway.connections() === 1);
    at.discord.gateway.invalidate({ resumable: false });
    await eventually(() => at.discord.gateway.connections() === 1);
    const { message } = await eventuallyAnswered(() => at.imagine(at.ada, 'a red apple'));
    await eventually(() => painter.paintings.length === 1);
    await finishPainting(painter.current);
    await eventually(() => message?.reactions.size === 2);
  });
});

/** People try again when a command finds nobody. */
async function eventuallyAnswered<T>(ask: () => Promise<T>): Promise<T> {
  for (;;) {
    try {
      return await ask();
    } catch {
      // The connection was not back yet.
    }
  }
}
