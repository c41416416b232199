import { describe, expect, it } from 'vitest';
import { createChannelEditor, type Turn } from '../../../src/discord/showing/channel-editor.js';
import { heldClock, settle } from '../support.js';

const INTERVAL = 2500;
const never = new AbortController().signal;

/** An editor over a recording `show`; `answers` are what Discord says, in order, `sent` when there are no more. */
function setUp(answers: readonly (Turn | Error | Promise<Turn>)[] = []) {
  const clock = heldClock();
  const start = clock.now();
  const shown: string[] = [];
  const errors: string[] = [];
  const left = [...answers];
  const record = (what: string) => async () => {
    shown.push(`${what} at ${clock.now() - start}`);
    const answer = left.shift() ?? 'sent';
    if (answer instanceof Error) throw answer;
    return answer;
  };
  const editor = createChannelEditor({
    clock,
    intervalMs: INTERVAL,
    show: (jobId) => record(jobId)(),
    onError: (error, jobId) => errors.push(`${jobId}: ${(error as Error).message}`),
  });
  const touch = (jobId: string, urgency: 'start' | 'progress' | 'place' = 'progress', channelId = 'c') =>
    editor.touch({ channelId, jobId }, urgency);
  const end = (jobId: string, signal = never) =>
    editor.end({ channelId: 'c', jobId }, record(`end ${jobId}`), signal);
  return { clock, editor, shown, errors, touch, end };
}

describe('the channel editor', () => {
  it('shows a hundred pieces of news in one interval once', async () => {
    const { clock, shown, touch } = setUp();
    for (let news = 0; news < 100; news++) {
      touch('a');
      await clock.advance(10);
    }
    await clock.advance(10 * INTERVAL);
    expect(shown).toEqual(['a at 0', 'a at 2500']);
  });

  it('shares a channel fairly: nobody is shown twice while another waits', async () => {
    const { clock, shown, touch } = setUp();
    for (let round = 0; round < 60; round++) {
      for (const job of ['a', 'b', 'c']) touch(job);
      await clock.advance(250);
    }
    const order = shown.map((entry) => entry[0]).join('');
    expect(order).toBe('abcabca');
  });

  it('gives every channel its own pace', async () => {
    const { clock, shown, touch } = setUp();
    touch('a', 'progress', 'one');
    touch('b', 'progress', 'two');
    await clock.advance(0);
    expect(shown).toEqual(['a at 0', 'b at 0']);
  });

  it('puts an end before a start, a start before progress, progress before a place in line', async () => {
    const { clock, shown, touch, end } = setUp();
    touch('first');
    await settle();
    touch('place', 'place');
    touch('progress', 'progress');
    touch('start', 'start');
    const ended = end('end');
    await clock.advance(10 * INTERVAL);
    await ended;
    expect(shown.map((entry) => entry.split(' at ')[0])).toEqual([
      'first',
      'end end',
      'start',
      'progress',
      'place',
    ]);
  });

  it('drops what was still to be shown of a job that ends', async () => {
    const { clock, shown, touch, end } = setUp();
    touch('x');
    await settle();
    touch('a');
    const ended = end('a');
    await clock.advance(10 * INTERVAL);
    await ended;
    expect(shown).toEqual(['x at 0', 'end a at 2500']);
  });

  it('spends no pause on news that changed nothing', async () => {
    const { clock, shown, touch } = setUp(['unchanged']);
    touch('a');
    touch('b');
    await clock.advance(0);
    expect(shown).toEqual(['a at 0', 'b at 0']);
  });

  it('waits as long as Discord asks, then tells the same news', async () => {
    const { clock, shown, touch } = setUp([{ waitMs: 7000, everywhere: false }]);
    touch('a');
    await clock.advance(0);
    touch('a');
    await clock.advance(20_000);
    expect(shown).toEqual(['a at 0', 'a at 7000']);
  });

  it('keeps all channels quiet when the limit is global', async () => {
    const { clock, shown, touch } = setUp([{ waitMs: 7000, everywhere: true }]);
    touch('a', 'progress', 'one');
    await clock.advance(0);
    touch('b', 'progress', 'two');
    await clock.advance(20_000);
    expect(shown).toEqual(['a at 0', 'a at 7000', 'b at 7000']);
  });

  it('keeps the longer of two global limits, and the channel of neither for itself', async () => {
    const { clock, shown, touch } = setUp([
      { waitMs: 7000, everywhere: true },
      { waitMs: 1000, everywhere: true },
    ]);
    touch('a', 'progress', 'one');
    touch('b', 'progress', 'two');
    await clock.advance(0);
    touch('c', 'progress', 'three');
    await clock.advance(6999);
    expect(shown).toEqual(['a at 0', 'b at 0']);
    await clock.advance(1);
    expect(shown.slice(2).sort()).toEqual(['a at 7000', 'b at 7000', 'c at 7000']);
  });

  it('tries an end again after a limit, and resolves it once', async () => {
    const { clock, shown, end } = setUp([{ waitMs: 3000, everywhere: false }]);
    const ended = end('a');
    await clock.advance(5000);
    await ended;
    expect(shown).toEqual(['end a at 0', 'end a at 3000']);
  });

  it('never runs two turns of a channel at once', async () => {
    let release: (turn: Turn) => void = () => {};
    const slow = new Promise<Turn>((resolve) => {
      release = resolve;
    });
    const { clock, shown, touch } = setUp([slow]);
    touch('a');
    await clock.advance(0);
    touch('b');
    await clock.advance(60_000);
    expect(shown).toEqual(['a at 0']);
    release('sent');
    await clock.advance(INTERVAL);
    expect(shown).toEqual(['a at 0', `b at ${60_000 + INTERVAL}`]);
  });

  it('rejects an end with what went wrong and goes on with the others', async () => {
    const { clock, shown, touch, end } = setUp([new Error('no')]);
    const ended = end('a');
    touch('b');
    await expect(ended).rejects.toThrow('no');
    await clock.advance(INTERVAL);
    expect(shown).toEqual(['end a at 0', 'b at 2500']);
  });

  it('reports news that could not be shown and forgets it', async () => {
    const { clock, shown, errors, touch } = setUp([new Error('no')]);
    touch('a');
    await clock.advance(10 * INTERVAL);
    expect(errors).toEqual(['a: no']);
    expect(shown).toEqual(['a at 0']);
  });

  it('calls a waiting end off', async () => {
    const { clock, shown, touch, end } = setUp();
    const abort = new AbortController();
    touch('a');
    await settle();
    const ended = end('b', abort.signal);
    abort.abort(new Error('shutting down'));
    await expect(ended).rejects.toThrow('shutting down');
    await clock.advance(10 * INTERVAL);
    expect(shown).toEqual(['a at 0']);
  });

  it('waits for the running turn when closed, and starts no other', async () => {
    let release: (turn: Turn) => void = () => {};
    const slow = new Promise<Turn>((resolve) => {
      release = resolve;
    });
    const { clock, editor, shown, touch, end } = setUp([slow]);
    touch('a');
    await settle();
    touch('b');
    const ended = end('c');
    let isClosed = false;
    const closing = editor.close().then(() => {
      isClosed = true;
    });
    await expect(ended).rejects.toThrow('closed');
    await settle();
    expect(isClosed).toBe(false);
    release('sent');
    await closing;
    await clock.advance(10 * INTERVAL);
    touch('d');
    await clock.advance(10 * INTERVAL);
    expect(shown).toEqual(['a at 0']);
  });
});
