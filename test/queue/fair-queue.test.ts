import { describe, expect, it } from 'vitest';
import { FairQueue } from '../../src/queue/fair-queue.js';
import type { LineEntry } from '../../src/queue/line-entry.js';
import { countingClock, entry, seededRandom } from './model.js';

/** A queue whose jobs write their id and turn into `served` when they are run. */
function recordingQueue(clock = countingClock()) {
  const queue = new FairQueue(clock);
  const served: { id: string; turn: number }[] = [];
  const enqueue = (item: LineEntry) => {
    let turn = 0;
    const onTurn = (given: number) => {
      turn = given;
    };
    queue.enqueue(async () => served.push({ id: item.id, turn }), { entry: item, onTurn });
  };
  const serve = () => queue.dequeue()?.();
  return { queue, clock, served, enqueue, serve };
}

function drain({ queue, served, serve }: ReturnType<typeof recordingQueue>): string[] {
  while (queue.size > 0) serve();
  return served.map(({ id }) => id);
}

describe('FairQueue', () => {
  it('lets a newcomer start before the second job of someone who queued a hundred', () => {
    const line = recordingQueue();
    for (let n = 0; n < 100; n += 1) line.enqueue(entry(`ann${n}`, { sequence: line.clock() }));
    line.enqueue(entry('bob', { user: 'bob', sequence: line.clock() }));
    expect(drain(line).slice(0, 3)).toEqual(['ann0', 'bob', 'ann1']);
  });

  it('does not let someone jump the line by leaving it and joining again', () => {
    const line = recordingQueue();
    line.enqueue(entry('a1', { user: 'ann', sequence: line.clock() }));
    line.enqueue(entry('b1', { user: 'bob', sequence: line.clock() }));
    line.serve();
    line.enqueue(entry('a2', { user: 'ann', sequence: line.clock() }));
    expect(drain(line)).toEqual(['a1', 'b1', 'a2']);
  });

  it('serves a higher class first, and round robin within it', () => {
    const line = recordingQueue();
    line.enqueue(entry('low', { user: 'cid', sequence: line.clock() }));
    line.enqueue(entry('a1', { user: 'ann', priority: 1, sequence: line.clock() }));
    line.enqueue(entry('a2', { user: 'ann', priority: 1, sequence: line.clock() }));
    line.enqueue(entry('b1', { user: 'bob', priority: 1, sequence: line.clock() }));
    expect(drain(line)).toEqual(['a1', 'b1', 'a2', 'low']);
  });

  it('moves a job between classes, behind its own user’s older jobs', () => {
    const line = recordingQueue();
    line.enqueue(entry('a1', { sequence: line.clock() }));
    line.enqueue(entry('a2', { sequence: line.clock() }));
    line.queue.setPriority('a1', 5);
    line.queue.setPriority('a2', 5);
    line.queue.setPriority('unknown', 5);
    line.enqueue(entry('b1', { user: 'bob', sequence: line.clock() }));
    expect(drain(line)).toEqual(['a1', 'a2', 'b1']);
  });

  it('holds a group back, counts only the rest as startable, and releases it to its old place', () => {
    const line = recordingQueue();
    line.enqueue(entry('held', { user: 'ann', group: 'g', sequence: line.clock() }));
    line.enqueue(entry('free', { user: 'bob', group: 'h', sequence: line.clock() }));
    line.enqueue(entry('direct', { user: 'cid', group: null, sequence: line.clock() }));
    line.queue.hold('g');
    expect([line.queue.size, line.queue.total]).toEqual([2, 3]);
    expect([...line.queue.inOrder()].map(({ id }) => id)).toEqual(['free', 'direct', 'held']);
    expect(line.queue.place('held', () => 1)).toEqual({ ahead: 2, aheadMs: 0, isHeld: true });
    expect(line.queue.place('free', () => 1)).toEqual({ ahead: 0, aheadMs: 0, isHeld: false });
    line.queue.holdEverything(true);
    expect(line.queue.size).toBe(1);
    line.queue.holdEverything(false);
    line.queue.release('g');
    expect(drain(line)).toEqual(['held', 'free', 'direct']);
  });

  it('refuses the same job twice and knows nothing of jobs that left', () => {
    const line = recordingQueue();
    line.enqueue(entry('a1', { sequence: line.clock() }));
    expect(() => line.enqueue(entry('a1', { sequence: line.clock() }))).toThrow(/a1/);
    expect(line.queue.remove('a1')).toBe(true);
    expect(line.queue.remove('a1')).toBe(false);
    expect(line.queue.place('a1', () => 1)).toBeUndefined();
    expect(line.queue.dequeue()).toBeUndefined();
  });
});

interface Walk {
  readonly line: ReturnType<typeof recordingQueue>;
  /** Waiting entries and last turns by user and class, kept apart from the queue: the rows. */
  readonly waiting: Map<string, LineEntry>;
  readonly turns: Map<string, number>;
}

const turnKey = ({ user, priority }: LineEntry) => `${user} ${priority}`;

/** Random additions, starts, removals and moves, with the rows a ledger would hold. */
function randomWalk(seed: number, onServe?: (served: LineEntry, walk: Walk) => void): Walk {
  const random = seededRandom(seed);
  const pick = (count: number) => Math.floor(random() * count);
  const walk: Walk = { line: recordingQueue(), waiting: new Map(), turns: new Map() };
  const { line, waiting, turns } = walk;
  for (let n = 0; n < 300; n += 1) {
    const action = random();
    const someone = [...waiting.values()][pick(waiting.size)];
    if (action < 0.5 || someone === undefined) {
      const item = entry(`j${n}`, {
        user: `u${pick(6)}`,
        priority: pick(2),
        group: `g${pick(3)}`,
        sequence: line.clock(),
      });
      line.enqueue(item);
      waiting.set(item.id, item);
    } else if (action < 0.8) {
      line.serve();
      const { id, turn } = line.served.at(-1) ?? { id: '', turn: 0 };
      const served = waiting.get(id);
      if (served === undefined) throw new Error(`${id} was served without waiting`);
      onServe?.(served, walk);
      waiting.delete(id);
      turns.set(turnKey(served), turn);
    } else if (action < 0.92) {
      line.queue.remove(someone.id);
      waiting.delete(someone.id);
    } else {
      const moved = { ...someone, priority: 1 - someone.priority };
      line.queue.setPriority(someone.id, moved.priority, turns.get(turnKey(moved)) ?? 0);
      waiting.set(moved.id, moved);
    }
  }
  return walk;
}

describe('FairQueue over random walks', () => {
  const seeds = Array.from({ length: 40 }, (_, seed) => seed);

  it.each(seeds)('serves no user twice while another of the class waits since before (seed %i)', (seed) => {
    const lastServed = new Map<string, number>();
    let starts = 0;
    randomWalk(seed, (served, { waiting, turns }) => {
      starts += 1;
      for (const other of waiting.values()) {
        expect(other.priority, 'a higher class waits').toBeLessThanOrEqual(served.priority);
        if (other.priority !== served.priority || other.user === served.user) continue;
        // `other` has waited since `since`; `served.user` may have had no turn after that.
        const since = Math.max(other.sequence, turns.get(turnKey(other)) ?? 0);
        expect(lastServed.get(turnKey(served)) ?? 0, `${other.user} waits since ${since}`).toBeLessThan(
          since,
        );
      }
      lastServed.set(turnKey(served), Math.max(...turns.values(), 0) + 1);
    });
    expect(starts).toBeGreaterThan(30);
  });

  it.each(seeds)('names every place as it then serves (seed %i)', (seed) => {
    const { line } = randomWalk(seed);
    line.queue.hold('g1');
    const order = [...line.queue.inOrder()];
    const msOf = ({ sequence }: LineEntry) => sequence;
    let passedMs = 0;
    order.forEach((item, index) => {
      const place = line.queue.place(item.id, msOf);
      expect(place).toMatchObject({ ahead: index, isHeld: item.group === 'g1' });
      if (item.group !== 'g1') expect(place?.aheadMs).toBe(passedMs);
      passedMs += msOf(item);
    });
    const before = line.served.length;
    expect(drain(line).slice(before)).toEqual(
      order.filter(({ group }) => group !== 'g1').map(({ id }) => id),
    );
  });

  it.each(seeds)('is the same again when rebuilt from rows in any order (seed %i)', (seed) => {
    const { line, waiting, turns } = randomWalk(seed);
    const rebuilt = recordingQueue();
    const rows = [...waiting.values()].sort((a, b) => (a.id < b.id ? -1 : 1));
    for (const row of rows) rebuilt.enqueue({ ...row, userTurn: turns.get(turnKey(row)) ?? 0 });
    expect([...rebuilt.queue.inOrder()].map(({ id }) => id)).toEqual(
      [...line.queue.inOrder()].map(({ id }) => id),
    );
  });
});
