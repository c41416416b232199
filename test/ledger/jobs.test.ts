import { describe, expect, it } from 'vitest';
import { ENDED_STATES, JOB_STATES, JOB_TRANSITIONS, type JobResult } from '../../src/contracts/job.js';
import {
  listWaitingReruns,
  lastTick,
  lastTurnOf,
  listJobs,
  listLastTurns,
  listNeededNames,
  listUnannounced,
} from '../../src/ledger/job-lists.js';
import { findJob, findJobByCause, insertJob, moveJob, noteJob } from '../../src/ledger/jobs.js';
import { findJobByMessage, insertMessage } from '../../src/ledger/messages.js';
import type { Ledger } from '../../src/ledger/open-ledger.js';
import { newJob, paintRequest, temporaryLedger } from './fixtures.js';

const RESULT: JobResult = {
  sha256: 'f'.repeat(64),
  format: 'png',
  width: 64,
  height: 64,
  bytes: 100,
  step: 10,
  loss: 0.5,
  seconds: 3,
  ended: 'finished',
};

/** A job brought to a state by the shortest way. */
async function jobIn(ledger: Ledger, state: (typeof JOB_STATES)[number], id = 'j1') {
  await insertJob(ledger, newJob(id));
  if (state === 'queued') return;
  if (state !== 'failed' && state !== 'cancelled') {
    await moveJob(ledger, id, { to: 'painting' });
    if (state === 'painting') return;
    await moveJob(ledger, id, { to: 'finishing' });
    if (state === 'finishing') return;
  }
  await moveJob(ledger, id, { to: state });
}

describe('a job’s row', () => {
  it('comes back as it was written', async () => {
    const ledger = await temporaryLedger();
    const job = newJob('j1', { request: paintRequest({ seed: 0xffff_ffff, ema: 0.99 }), guildId: null });
    const written = await insertJob(ledger, job);
    expect(written).toMatchObject({ ...job, state: 'queued', attempts: 0, message: null, announced: false });
    expect(await findJob(ledger, 'j1')).toEqual(written);
    expect(await findJobByCause(ledger, 'interaction j1')).toEqual(written);
    expect(await findJob(ledger, 'j2')).toBeUndefined();
  });

  it('is written once for an interaction, also when asked twice at the same time', async () => {
    const ledger = await temporaryLedger();
    const twins = [newJob('j1'), newJob('j2', { causeId: 'interaction j1' })];
    const written = await Promise.all(twins.map((job) => insertJob(ledger, job)));
    expect(written.filter((job) => job !== undefined)).toHaveLength(1);
    expect(await listJobs(ledger, 'queued')).toHaveLength(1);
  });

  const targets = JOB_STATES.filter((state) => state !== 'queued');

  it.each(JOB_STATES.flatMap((from) => targets.map((to) => [from, to] as const)))(
    'moves from %s to %s only where the contract says so',
    async (from, to) => {
      const ledger = await temporaryLedger();
      await jobIn(ledger, from);
      const moved = await moveJob(ledger, 'j1', { to });
      const isAllowed = (JOB_TRANSITIONS[to] as readonly string[]).includes(from);
      expect(moved?.state).toBe(isAllowed ? to : undefined);
      expect((await findJob(ledger, 'j1'))?.state).toBe(isAllowed ? to : from);
    },
  );

  it('ends exactly once when every end is tried at the same time', async () => {
    const ledger = await temporaryLedger();
    await jobIn(ledger, 'finishing');
    const ends = await Promise.all(
      [...ENDED_STATES, ...ENDED_STATES].map((to) => moveJob(ledger, 'j1', { to })),
    );
    expect(ends.filter((job) => job !== undefined)).toHaveLength(1);
  });

  it('keeps what a move tells it and changes nothing else', async () => {
    const ledger = await temporaryLedger();
    const written = await insertJob(ledger, newJob('j1'));
    await moveJob(ledger, 'j1', { to: 'painting', turn: 5, startedAt: 2_000 });
    const job = await moveJob(ledger, 'j1', { to: 'finishing', result: RESULT });
    expect(job).toEqual({ ...written, state: 'finishing', startedAt: 2_000, result: RESULT });
  });

  it('takes notes only while it is in the states named', async () => {
    const ledger = await temporaryLedger();
    await jobIn(ledger, 'painting');
    const painting = { states: ['painting'], note: { savedState: 'a'.repeat(64), deaths: 1 } } as const;
    expect(await noteJob(ledger, 'j1', painting)).toMatchObject({ savedState: 'a'.repeat(64), deaths: 1 });
    await moveJob(ledger, 'j1', { to: 'cancelled' });
    expect(await noteJob(ledger, 'j1', { ...painting, note: { deaths: 2 } })).toBeUndefined();
    expect((await findJob(ledger, 'j1'))?.deaths).toBe(1);
  });
});

describe('lists of jobs', () => {
  it('come in order of acceptance, not of insertion', async () => {
    const ledger = await temporaryLedger();
    for (const id of ['j10', 'j9', 'j100']) await insertJob(ledger, newJob(id));
    expect((await listJobs(ledger, 'queued')).map(({ id }) => id)).toEqual(['j9', 'j10', 'j100']);
  });

  it('name last turns by person and class, of those who wait only', async () => {
    const ledger = await temporaryLedger();
    const served = [
      { id: 'j1', userId: 'ann', priority: 0, turn: 10 },
      { id: 'j2', userId: 'ann', priority: 0, turn: 11 },
      { id: 'j3', userId: 'ann', priority: 1, turn: 12 },
      { id: 'j4', userId: 'bob', priority: 0, turn: 13 },
    ];
    for (const { id, userId, priority, turn } of served) {
      await insertJob(ledger, newJob(id, { userId, priority }));
      await moveJob(ledger, id, { to: 'painting', turn });
    }
    await insertJob(ledger, newJob('j5'));
    const turns = await listLastTurns(ledger);
    expect(turns.sort((a, b) => a.priority - b.priority)).toEqual([
      { userId: 'ann', priority: 0, turn: 11 },
      { userId: 'ann', priority: 1, turn: 12 },
    ]);
    expect(await lastTurnOf(ledger, { userId: 'bob', priority: 0 })).toBe(13);
    expect(await lastTurnOf(ledger, { userId: 'cid', priority: 0 })).toBe(0);
    expect(await lastTick(ledger)).toBe(13);
  });

  it('find a rerun while it waits, of the same person and the same job', async () => {
    const ledger = await temporaryLedger();
    await insertJob(ledger, newJob('j2', { parentJob: 'j1' }));
    expect((await listWaitingReruns(ledger, { parentJob: 'j1', userId: 'ann' })).map(({ id }) => id)).toEqual(
      ['j2'],
    );
    expect(await listWaitingReruns(ledger, { parentJob: 'j1', userId: 'bob' })).toEqual([]);
    await moveJob(ledger, 'j2', { to: 'painting' });
    expect(await listWaitingReruns(ledger, { parentJob: 'j1', userId: 'ann' })).toEqual([]);
  });

  it('hold ended jobs until their end was shown', async () => {
    const ledger = await temporaryLedger();
    await jobIn(ledger, 'failed', 'j1');
    await jobIn(ledger, 'painting', 'j2');
    expect((await listUnannounced(ledger)).map(({ id }) => id)).toEqual(['j1']);
    await noteJob(ledger, 'j1', { states: ENDED_STATES, note: { announced: true } });
    expect(await listUnannounced(ledger)).toEqual([]);
  });

  it('name every file a living job needs', async () => {
    const ledger = await temporaryLedger();
    const [init, prompt, state] = ['1', '2', '3'].map((digit) => digit.repeat(64)) as [
      string,
      string,
      string,
    ];
    const request = paintRequest({
      init: { image: init, strength: 0.5, pull: 0 },
      imagePrompts: [{ image: prompt, weight: 1 }],
    });
    await insertJob(ledger, newJob('j1', { request }));
    await moveJob(ledger, 'j1', { to: 'painting' });
    await noteJob(ledger, 'j1', { states: ['painting'], note: { savedState: state } });
    await jobIn(ledger, 'painting', 'j2');
    await moveJob(ledger, 'j2', { to: 'finishing', result: RESULT });
    expect(await listNeededNames(ledger)).toEqual(new Set([init, prompt, state, RESULT.sha256]));
    await moveJob(ledger, 'j2', { to: 'done' });
    expect(await listNeededNames(ledger)).not.toContain(RESULT.sha256);
  });
});

describe('messages of a job', () => {
  it('all lead to it, and the newest is its message', async () => {
    const ledger = await temporaryLedger();
    await insertJob(ledger, newJob('j1'));
    const first = { channelId: 'c', messageId: 'm1', createdAt: 1 };
    const second = { channelId: 'c', messageId: 'm2', createdAt: 2 };
    await insertMessage(ledger, 'j1', first);
    await insertMessage(ledger, 'j1', second);
    await insertMessage(ledger, 'j1', first);
    expect((await findJobByMessage(ledger, 'm1'))?.message).toEqual(second);
    expect((await findJobByMessage(ledger, 'm2'))?.id).toBe('j1');
    expect(await findJobByMessage(ledger, 'm3')).toBeUndefined();
    expect(await insertMessage(ledger, 'j9', first)).toBeUndefined();
  });
});
