import { describe, expect, it } from 'vitest';
import { listAudit } from '../../../src/ledger/audit.js';
import { ann, moderator, openFolder, openStudio, operator, order, until } from '../studio.js';

/** A line, in a studio whose painter never begins: in this server of Ann, Bob and Cid, in another of Zoe and Yan. */
async function waitingLine() {
  const folder = await openFolder();
  const studio = await openStudio({ folder });
  await studio.start();
  studio.painter.become('restarting');
  const idOf: Record<string, string> = {};
  const asked = [
    ...['zoe elsewhere', 'ann guild', 'bob guild', 'yan elsewhere', 'cid guild'],
    ...['zoe elsewhere', 'ann guild'],
  ];
  for (const [index, who] of asked.entries()) {
    const [userId = '', guildId = ''] = who.split(' ');
    idOf[`${userId}${index}`] = (await studio.jobs.accept(order({ userId, guildId }))).id;
  }
  const nameOf = new Map(Object.entries(idOf).map(([name, id]) => [id, name]));
  const orderIn = ({ jobs }: Pick<typeof studio, 'jobs'>) =>
    jobs.snapshot().waiting.map(({ job }) => nameOf.get(job.id));
  return {
    ...studio,
    folder,
    id: (name: string) => idOf[name] ?? '',
    orderIn: () => orderIn(studio),
    after: orderIn,
  };
}

const BEFORE = ['zoe0', 'ann1', 'bob2', 'yan3', 'cid4', 'zoe5', 'ann6'];
const AFTER = ['zoe0', 'cid4', 'ann1', 'yan3', 'bob2', 'zoe5', 'ann6'];

describe('moving a picture in line', () => {
  it('exchanges places within the server alone, and finds them again after a restart', async () => {
    const line = await waitingLine();
    expect(line.orderIn()).toEqual(BEFORE);
    const events = line.events.length;
    expect(await line.jobs.move(line.id('cid4'), 1, moderator)).toMatchObject({ position: 2, of: 7 });
    expect(line.orderIn()).toEqual(AFTER);
    await until(() =>
      ['deed', 'line'].every((type) => line.events.slice(events).some((event) => event.type === type)),
    );
    await line.jobs.stop();
    const again = await openStudio({ folder: line.folder, painters: [] });
    await again.start();
    expect(line.after(again)).toEqual(AFTER);
    const [entry] = await listAudit(line.ledger, { guildId: 'guild', limit: 9 });
    expect(entry).toMatchObject({
      ...{ action: 'move', actorId: 'mod', jobId: line.id('cid4') },
      detail: { owner: 'cid', from: 5, to: 2 },
    });
  });

  it('moves back as well as forward, at most behind the last of the server', async () => {
    const line = await waitingLine();
    expect(await line.jobs.move(line.id('ann1'), 1000, moderator)).toMatchObject({ position: 7 });
    expect(line.orderIn()).toEqual(['zoe0', 'bob2', 'cid4', 'yan3', 'ann6', 'zoe5', 'ann1']);
    expect(await line.jobs.move(line.id('ann1'), 3, moderator)).toMatchObject({ position: 3 });
    expect(line.orderIn()).toEqual(['zoe0', 'bob2', 'ann1', 'yan3', 'cid4', 'zoe5', 'ann6']);
    // It stands there already: nothing is done, and nothing is written down.
    await line.jobs.move(line.id('ann1'), 3, moderator);
    expect(await listAudit(line.ledger, { guildId: 'guild', limit: 9 })).toHaveLength(2);
  });

  it('lets operators exchange all places', async () => {
    const line = await waitingLine();
    await line.jobs.move(line.id('cid4'), 1, operator);
    expect(line.orderIn()).toEqual(['cid4', 'zoe0', 'ann1', 'bob2', 'yan3', 'zoe5', 'ann6']);
  });

  it('refuses members, other servers, and what no longer waits', async () => {
    const line = await waitingLine();
    const refused = (name: string, actor = moderator) =>
      expect(line.jobs.move(line.id(name), 1, actor)).rejects;
    await refused('ann1', ann).toThrow('notYours');
    await refused('zoe0').toThrow('notYours');
    await refused('nobody').toThrow('noSuchPicture');
    await line.jobs.cancel(line.id('ann1'), ann);
    await refused('ann1').toThrow('notWaiting');
    expect(line.orderIn()).toEqual(['zoe0', 'bob2', 'yan3', 'cid4', 'ann6', 'zoe5']);
  });

  it('stands as it stood where the rows cannot be written', async () => {
    const line = await waitingLine();
    await line.ledger.schema.dropTable('audit').execute();
    await expect(line.jobs.move(line.id('cid4'), 1, moderator)).rejects.toThrow('audit');
    expect(line.orderIn()).toEqual(BEFORE);
  });
});
