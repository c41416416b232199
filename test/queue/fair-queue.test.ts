import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { FairQueue } from '../../src/queue/fair-queue.js';
import type { LineEntry } from '../../src/queue/line-entry.js';
import { countingClock, entry } from './model.js';

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

  it('lets jobs exchange seats, with their turns, and moves nobody else', () => {
    const line = recordingQueue();
    for (const [id, user] of Object.entries({ a1: 'ann', a2: 'ann', b1: 'bob', c1: 'cid', c2: 'cid' }))
      line.enqueue(entry(id, { user, sequence: line.clock(), work: { kind: id, steps: 1 } }));
    const before = [...line.queue.inOrder()].map(({ id }) => id);
    expect(before).toEqual(['a1', 'b1', 'c1', 'a2', 'c2']);
    const seats = line.queue.arrange(['c2', 'a1', 'c1', 'gone']);
    expect([...seats.keys()]).toEqual(['c2', 'a1', 'c1']);
    expect(seats.get('c2')).toMatchObject({ user: 'ann' });
    expect([...line.queue.inOrder()].map(({ id }) => id)).toEqual(['c2', 'b1', 'a1', 'a2', 'c1']);
    expect(line.queue.place('a2')?.work).toEqual(new Map(['c2', 'b1', 'a1'].map((id) => [id, 1])));
    // Ann has had a turn now, though the picture was Cid's: she waits her next one out.
    line.serve();
    line.enqueue(entry('d1', { user: 'dan', sequence: line.clock() }));
    line.enqueue(entry('a3', { sequence: line.clock() }));
    expect(drain(line)).toEqual(['c2', 'b1', 'a1', 'a2', 'd1', 'c1', 'a3']);
  });

  it('holds a group back, counts only the rest as startable, and releases it to its old place', () => {
    const line = recordingQueue();
    line.enqueue(entry('held', { user: 'ann', group: 'g', sequence: line.clock() }));
    line.enqueue(entry('free', { user: 'bob', group: 'h', sequence: line.clock() }));
    line.enqueue(entry('direct', { user: 'cid', group: null, sequence: line.clock() }));
    line.queue.hold('g');
    expect([line.queue.size, line.queue.total]).toEqual([2, 3]);
    expect([...line.queue.inOrder()].map(({ id }) => id)).toEqual(['free', 'direct', 'held']);
    expect(line.queue.place('held')).toEqual({ ahead: 2, work: new Map(), isHeld: true });
    expect(line.queue.place('direct')).toEqual({ ahead: 1, work: new Map([['any', 1]]), isHeld: false });
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
    expect(line.queue.place('a1')).toBeUndefined();
    expect(line.queue.dequeue()).toBeUndefined();
  });
});

interface Walk {
  readonly line: ReturnType<typeof recordingQueue>;
  /** Waiting entries and last turns by user and class, kept apart from the queue: the rows. */
  readonly waiting: Map<string, LineEntry>;
  readonly turns: Map<string, number>;
}

interface WalkListeners {
  readonly onServe?: (served: LineEntry, walk: Walk) => void;
  readonly onChange?: (walk: Walk) => void;
}

const turnKey = ({ user, priority }: LineEntry) => `${user} ${priority}`;

/** One thing that happens to a queue; whom it happens to counts round those who wait. */
const happening = fc.record({
  what: fc.oneof(
    { weight: 50, arbitrary: fc.constant('add' as const) },
    { weight: 30, arbitrary: fc.constant('serve' as const) },
    { weight: 12, arbitrary: fc.constant('remove' as const) },
    { weight: 8, arbitrary: fc.constant('move' as const) },
  ),
  whom: fc.nat(1000),
  user: fc.nat(5),
  priority: fc.nat(1),
  group: fc.nat(2),
  kind: fc.nat(2),
  steps: fc.integer({ min: 1, max: 100 }),
});
const happenings = fc.array(happening, { size: 'max', maxLength: 300 });
type Happening = typeof happening extends fc.Arbitrary<infer One> ? One : never;

/** Additions, starts, removals and moves, with the rows a ledger would hold. */
function walkThrough(steps: readonly Happening[], { onServe, onChange }: WalkListeners = {}): Walk {
  const walk: Walk = { line: recordingQueue(), waiting: new Map(), turns: new Map() };
  const { line, waiting, turns } = walk;
  for (const [n, { what, whom, ...drawn }] of steps.entries()) {
    const someone = [...waiting.values()][whom % Math.max(1, waiting.size)];
    if (what === 'add' || someone === undefined) {
      const item = entry(`j${n}`, {
        user: `u${drawn.user}`,
        priority: drawn.priority,
        group: `g${drawn.group}`,
        work: { kind: `k${drawn.kind}`, steps: drawn.steps },
        sequence: line.clock(),
      });
      line.enqueue(item);
      waiting.set(item.id, item);
    } else if (what === 'serve') {
      line.serve();
      const { id, turn } = line.served.at(-1) ?? { id: '', turn: 0 };
      const served = waiting.get(id);
      if (served === undefined) throw new Error(`${id} was served without waiting`);
      onServe?.(served, walk);
      waiting.delete(id);
      turns.set(turnKey(served), turn);
    } else if (what === 'remove') {
      line.queue.remove(someone.id);
      waiting.delete(someone.id);
    } else {
      const moved = { ...someone, priority: 1 - someone.priority };
      line.queue.setPriority(someone.id, moved.priority, turns.get(turnKey(moved)) ?? 0);
      waiting.set(moved.id, moved);
    }
    onChange?.(walk);
  }
  return walk;
}

/** The order found out the slow way: by serving a line that is built from the rows; held ones last. */
function simulate({ waiting, turns }: Walk, held = 'nothing'): LineEntry[] {
  let reading = 1_000_000;
  const copy = recordingQueue(() => {
    reading += 1;
    return reading;
  });
  for (const row of waiting.values()) copy.enqueue({ ...row, userTurn: turns.get(turnKey(row)) ?? 0 });
  copy.queue.hold(held);
  const last = [...copy.queue.inOrder()].filter(({ group }) => group === held);
  const first = drain(copy).flatMap((id) => waiting.get(id) ?? []);
  return [...first, ...last];
}

/** Looks at every place of an order. */
function expectPlaces(queue: FairQueue, order: readonly LineEntry[]): void {
  const passed = { free: new Map<string, number>(), held: new Map<string, number>() };
  for (const [ahead, item] of order.entries()) {
    const isHeld = queue.isHeld(item);
    const work = isHeld ? passed.held : passed.free;
    expect(queue.place(item.id)).toEqual({ ahead, work, isHeld });
    work.set(item.work.kind, (work.get(item.work.kind) ?? 0) + item.work.steps);
  }
}

describe('FairQueue over random walks', () => {
  const always = (holds: (steps: readonly Happening[]) => void) =>
    fc.assert(fc.property(happenings, holds), { numRuns: 40 });

  it('serves no user twice while another of the class waits since before', () =>
    always((steps) => {
      const lastServed = new Map<string, number>();
      walkThrough(steps, {
        onServe: (served, { waiting, turns }) => {
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
        },
      });
    }));

  it('names every place as it then serves', () =>
    always((steps) => {
      const { line } = walkThrough(steps);
      line.queue.hold('g1');
      const order = [...line.queue.inOrder()];
      expectPlaces(line.queue, order);
      const before = line.served.length;
      expect(drain(line).slice(before)).toEqual(
        order.filter(({ group }) => group !== 'g1').map(({ id }) => id),
      );
    }));

  it('names every place anew after whatever happens', () =>
    always((steps) => {
      let changes = 0;
      walkThrough(steps, {
        onChange: (walk) => {
          changes += 1;
          const { queue } = walk.line;
          if (changes % 7 === 0) expectPlaces(queue, simulate(walk));
          if (changes % 21 !== 0) return;
          queue.hold('g2');
          expectPlaces(queue, simulate(walk, 'g2'));
          queue.release('g2');
          expectPlaces(queue, simulate(walk));
        },
      });
    }));

  it('is the same again when rebuilt from rows in any order', () =>
    always((steps) => {
      const { line, waiting, turns } = walkThrough(steps);
      const rebuilt = recordingQueue();
      const rows = [...waiting.values()].sort((a, b) => (a.id < b.id ? -1 : 1));
      for (const row of rows) rebuilt.enqueue({ ...row, userTurn: turns.get(turnKey(row)) ?? 0 });
      expect([...rebuilt.queue.inOrder()].map(({ id }) => id)).toEqual(
        [...line.queue.inOrder()].map(({ id }) => id),
      );
    }));
});
