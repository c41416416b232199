import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { openLedger } from '../../src/ledger/open-ledger.js';
import { type Atelier, eventually, openAtelier } from '../bot/atelier.js';

const ask = async (at: Atelier, user = at.ada, channel = at.channel) => {
  const { message, ephemeral } = await at.discord.slash({ user, channel, name: 'queue' });
  expect(ephemeral).toBe(true);
  return message?.body.content ?? '';
};

describe('/queue', () => {
  it('says so when nothing is to do', async () => {
    const at = await openAtelier();
    await at.open();
    expect(await ask(at)).toContain('The easel is free');
  });

  it('shows what is painted and what waits, in order, with places and persons', async () => {
    const at = await openAtelier();
    const { painter } = await at.open();
    await at.imagine(at.ada, 'one', { steps: 120 });
    await eventually(() => painter.paintings.length === 1);
    painter.current.step(30);
    await at.imagine(at.bob, 'two');
    await at.imagine(at.mod, 'three');
    const text = await ask(at);
    const order = [
      'Painting now',
      '25 %',
      'one',
      'In line',
      '1\\.',
      'two',
      '2\\.',
      'three',
      '1 of 1 painter',
    ];
    const places = order.map((part) => text.indexOf(part));
    expect(places.every((place) => place >= 0)).toBe(true);
    expect(places).toEqual([...places].sort((a, b) => a - b));
    expect(text).toMatch(/<t:\d+:R>/);
  });

  it('names to operators, and to nobody else, what cannot be read', async () => {
    const at = await openAtelier();
    const first = await at.open();
    first.painter.become('restarting');
    await at.imagine(at.ada, 'one');
    await at.imagine(at.bob, 'two');
    const [job] = first.bot.jobs.living(at.ada.id);
    await first.stop();
    const ledger = await openLedger(join(at.dataDir, 'ledger.db'));
    await ledger
      .updateTable('jobs')
      .set({ request: '{' })
      .where('id', '=', job?.id ?? '')
      .execute();
    await ledger.destroy();
    await at.open();
    expect(await ask(at, at.operator)).toContain(`1 picture could not be read (\`${job?.id}\`)`);
    for (const user of [at.ada, at.mod]) expect(await ask(at, user)).not.toContain('could not be read');
  });

  it('hides the prompts of other channels, and other servers altogether', async () => {
    const at = await openAtelier();
    const { painter } = await at.open();
    const secret = at.discord.addChannel({ guild: at.guild, name: 'secret' });
    const elsewhere = at.discord.addGuild({ name: 'Elsewhere' });
    const hall = at.discord.addChannel({ guild: elsewhere, name: 'hall' });
    const eve = at.discord.addUser({ name: 'Eve', guilds: [elsewhere] });
    const imagine = (channel: typeof hall, user: typeof eve, prompt: string) =>
      at.discord.slash({ user, channel, name: 'imagine', options: { prompt } });
    await imagine(secret, at.mod, 'hidden treasure');
    await eventually(() => painter.paintings.length === 1);
    await imagine(hall, eve, 'foreign affairs');
    await imagine(secret, at.ada, 'my own secret');
    const text = await ask(at);
    expect(text).not.toContain('hidden treasure');
    expect(text).toContain('a picture in another channel');
    expect(text).not.toContain('foreign affairs');
    expect(text).toContain('1 in other servers');
    expect(text).toContain('my own secret');
  });

  it('fits into one message however long the line', async () => {
    const at = await openAtelier({ environment: { MAX_QUEUED_PER_USER: '100' } });
    const { painter } = await at.open();
    painter.become('restarting');
    for (let job = 0; job < 15; job++) await at.imagine(at.ada, `*${job}*`.repeat(150));
    const text = await ask(at);
    expect(text.length).toBeLessThanOrEqual(2000);
    expect(text).toContain('and 5 more');
  });
});
