import { cpSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, it, onTestFinished } from 'vitest';
import { refused } from '../../src/contracts/refusal.js';
import type { JobEnd, Publisher } from '../../src/jobs/api.js';
import { CRASH_POINTS, type CrashPoint } from '../../src/jobs/crash-points.js';
import { listJobs } from '../../src/ledger/job-lists.js';
import { openLedger } from '../../src/ledger/open-ledger.js';
import { temporaryFolder } from '../ledger/fixtures.js';
import { openFolder, openStudio, order, until } from './studio.js';

/** The world outside: what people were shown, by job. It outlives every process. */
type World = ReadonlyMap<string, string>;

interface Aftermath {
  /** A copy of the data folder as the crash left it: what a killed process had written, and nothing more. */
  readonly folder: string;
  readonly world: World;
  /** Jobs whose acceptance was committed. */
  readonly accepted: readonly string[];
}

/** A publisher that edits messages in the world. */
function publisherFor(world: Map<string, string>, onUploaded: (id: string) => void): Publisher {
  return {
    async publish({ job, picture }) {
      world.set(job.id, job.reason?.kind ?? new TextDecoder().decode(picture?.bytes));
      onUploaded(job.id);
      return { channelId: job.channelId, messageId: `message of ${job.id}`, createdAt: 1 };
    },
  };
}

/** Paints three jobs and keeps what a crash at the hit-th time of a point leaves; undefined if it is not reached. */
async function crashAt(
  point: CrashPoint,
  hit: number,
  refuses: (end: JobEnd) => boolean = () => false,
): Promise<Aftermath | undefined> {
  const folder = await openFolder();
  const world = new Map<string, string>();
  const accepted: string[] = [];
  let left = hit;
  let aftermath: Aftermath | undefined;
  const crashPoint = (reached: CrashPoint, id: string) => {
    if (reached === 'row-written') accepted.push(id);
    if (reached !== point || aftermath !== undefined) return;
    left -= 1;
    if (left > 0) return;
    const copy = temporaryFolder();
    cpSync(folder.path, copy, { recursive: true });
    aftermath = { folder: copy, world: new Map(world), accepted: [...accepted] };
  };
  const { jobs, painter } = await openStudio({ folder, crashPoint });
  const publisher = publisherFor(world, (id) => crashPoint('final-uploaded', id));
  await jobs.start({
    publish(end, signal) {
      if (refuses(end)) throw refused('autoModerated');
      return publisher.publish(end, signal);
    },
  });
  jobs.on((event) => event.type === 'frame' && crashPoint('frame-posted', event.job.id));
  for (const userId of ['ann', 'bob', 'cid']) {
    const { id } = await jobs.accept(order({ userId }));
    crashPoint('acknowledged', id);
  }
  for (let painted = 1; painted <= 3; painted += 1) {
    await until(() => painter.paintings.length === painted);
    painter.current.frame(1);
    painter.current.save(1, `state of ${painter.current.task.job}`);
    await until(async () => (await jobs.find(painter.current.task.job))?.savedState !== null);
    painter.current.finish();
  }
  await until(() => world.size === 3 && jobs.snapshot().running.length === 0);
  await jobs.stop();
  return aftermath;
}

/** Starts on what a crash left, paints what there is, and says what became of it. */
async function recover({ folder, world: before, accepted }: Aftermath) {
  const ledger = await openLedger(join(folder, 'ledger.db'));
  onTestFinished(() => ledger.destroy());
  const world = new Map(before);
  const uploads = new Map<string, number>();
  const { jobs, painter } = await openStudio({ folder: { path: folder, ledger } });
  await jobs.start(publisherFor(world, (id) => uploads.set(id, (uploads.get(id) ?? 0) + 1)));
  const isOver = async () =>
    (await listJobs(ledger, 'done')).length + (await listJobs(ledger, 'failed')).length === accepted.length;
  const states: (string | undefined)[] = [];
  while (!(await isOver())) {
    const begun = states.length;
    await until(async () => painter.paintings.length > begun || (await isOver()));
    if (painter.paintings.length === begun) break;
    const { state } = painter.current.task;
    states.push(state && new TextDecoder().decode(state));
    painter.current.finish();
  }
  return { world, uploads, states, done: await listJobs(ledger, 'done') };
}

describe('a crash', () => {
  const cases = CRASH_POINTS.flatMap((point) => [1, 3].map((hit) => [point, hit] as const));

  it.each(cases)('at %s (time %i) loses no job and shows each one picture', async (point, hit) => {
    const aftermath = await crashAt(point, hit);
    if (aftermath === undefined) throw new Error(`Expected to reach ${point} ${hit} times.`);
    const { world, uploads, states, done } = await recover(aftermath);
    expect(done.map(({ id }) => id).sort()).toEqual([...aftermath.accepted].sort());
    expect([...world.keys()].sort()).toEqual([...aftermath.accepted].sort());
    for (const [id, text] of world) expect(text).toBe(`final of ${id}`);
    // Shown again is only what nobody noted to be shown.
    for (const [id, count] of uploads) expect(count, `uploads of ${id}`).toBe(1);
    const again = [...uploads.keys()].filter((id) => aftermath.world.has(id));
    expect(again.length).toBe(point === 'final-uploaded' ? 1 : 0);
    // Whoever had a state goes on from it, first of all.
    if (point === 'state-stored' || point === 'final-stored') expect(states[0]).toMatch(/^state of /);
  });

  it('between a final that Discord refused and the words that say so loses no word', async () => {
    const aftermath = await crashAt('final-refused', 2, ({ picture }) => picture !== null);
    if (aftermath === undefined) throw new Error('Expected finals to be refused.');
    const { world, done } = await recover({ ...aftermath });
    // The third had not been painted when the process died; now nobody refuses it.
    expect([...world.values()].sort()).toEqual([
      'autoModerated',
      'autoModerated',
      expect.stringMatching(/^final of/),
    ]);
    expect(done).toHaveLength(1);
  });
});
