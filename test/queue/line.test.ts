import { describe, expect, it } from 'vitest';
import { Line } from '../../src/queue/line.js';
import { countingClock, entry } from './model.js';

/** A line whose jobs run until the test ends them. */
function controlledLine(lanes: number) {
  const clock = countingClock();
  const errors: unknown[] = [];
  const line = new Line({ nextTurn: clock, onError: (error) => errors.push(error) });
  const running = new Map<string, PromiseWithResolvers<void>>();
  line.setLanes(lanes);
  const add = (id: string, user: string, group: string | null = null) =>
    line.add(entry(id, { user, group, sequence: clock() }), () => {
      const end = withResolvers<void>();
      running.set(id, end);
      return end.promise.finally(() => running.delete(id));
    });
  /** p-queue starts the next one a few microtasks after an end. */
  const settle = () => new Promise<void>((resolve) => setImmediate(resolve));
  return { line, running, add, settle, errors };
}

interface PromiseWithResolvers<T> {
  readonly promise: Promise<T>;
  readonly resolve: (value: T) => void;
  readonly reject: (reason: unknown) => void;
}

function withResolvers<T>(): PromiseWithResolvers<T> {
  let resolve: (value: T) => void = () => undefined;
  let reject: (reason: unknown) => void = () => undefined;
  const promise = new Promise<T>((onResolve, onReject) => {
    resolve = onResolve;
    reject = onReject;
  });
  return { promise, resolve, reject };
}

describe('Line', () => {
  it('runs as many jobs at a time as there are lanes', async () => {
    const { line, running, add, settle } = controlledLine(2);
    for (const id of ['a', 'b', 'c', 'd']) add(id, id);
    expect([...running.keys()]).toEqual(['a', 'b']);
    running.get('a')?.resolve();
    await settle();
    expect([...running.keys()]).toEqual(['b', 'c']);
    expect([line.running, line.waiting]).toEqual([2, 1]);
  });

  it('starts nobody without lanes, and everybody in order once there are some', async () => {
    const { line, running, add } = controlledLine(0);
    add('a1', 'ann');
    add('a2', 'ann');
    add('b1', 'bob');
    expect(running.size).toBe(0);
    line.setLanes(2);
    expect([...running.keys()]).toEqual(['a1', 'b1']);
  });

  it('takes a lane away without touching the job on it', async () => {
    const { line, running, add, settle } = controlledLine(2);
    for (const id of ['a', 'b', 'c']) add(id, id);
    line.setLanes(1);
    running.get('a')?.resolve();
    await settle();
    expect([...running.keys()]).toEqual(['b']);
    running.get('b')?.resolve();
    await settle();
    expect([...running.keys()]).toEqual(['c']);
  });

  it('never runs a removed job, and goes on when one throws', async () => {
    const { line, running, add, settle, errors } = controlledLine(1);
    for (const id of ['a', 'b', 'c']) add(id, id);
    expect(line.remove('b')).toBe(true);
    running.get('a')?.reject(new Error('broken'));
    await settle();
    expect([...running.keys()]).toEqual(['c']);
    expect(errors).toEqual([new Error('broken')]);
  });

  it('starts held jobs at once when they are released and a lane is free', () => {
    const { line, running, add } = controlledLine(1);
    line.hold('g');
    add('a', 'ann', 'g');
    expect(running.size).toBe(0);
    line.release('g');
    expect([...running.keys()]).toEqual(['a']);
  });

  it('leaves held jobs in line when everything is held, however many lanes open', () => {
    const { line, running, add } = controlledLine(1);
    line.holdEverything(true);
    add('a', 'ann', 'g');
    line.setLanes(3);
    expect([running.size, line.waiting]).toEqual([0, 1]);
    add('direct', 'bob', null);
    expect([...running.keys()]).toEqual(['direct']);
    line.holdEverything(false);
    expect([...running.keys()]).toEqual(['direct', 'a']);
  });

  it('gives each start its turn, on the clock that numbers acceptances', () => {
    const clock = countingClock();
    const line = new Line({ nextTurn: clock, onError: () => undefined });
    const turns: number[] = [];
    for (const id of ['a', 'b']) {
      line.add(entry(id, { user: id, sequence: clock() }), async (turn) => {
        turns.push(turn);
      });
    }
    line.setLanes(2);
    expect(turns).toEqual([3, 4]);
  });
});
