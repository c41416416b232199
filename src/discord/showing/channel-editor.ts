import type { AlarmClock } from '../../clock.js';

/** What goes first when several jobs in a channel have news; within one urgency, who waited longest. */
const URGENCIES = ['end', 'start', 'progress', 'place'] as const;
type Urgency = (typeof URGENCIES)[number];

/** What came of a turn: something was sent, nothing had changed, or Discord asks to wait. */
export type Turn = 'sent' | 'unchanged' | { readonly waitMs: number; readonly everywhere: boolean };

export interface ChannelEditorOptions {
  readonly clock: AlarmClock;
  /** Shortest time between the end of one edit and the start of the next in a channel. */
  readonly intervalMs: number;
  /**
   * Shows a job as it stands *when called*. The editor holds no contents, only the fact that there is news: so the
   * newest frame wins by construction.
   */
  readonly show: (jobId: string) => Promise<Turn>;
  /** Hears of `show` throwing; that news is dropped, the next brings newer. */
  readonly onError: (error: unknown, jobId: string) => void;
}

export interface Place {
  readonly channelId: string;
  readonly jobId: string;
  /** Where a longer time than everywhere is to lie between two edits of the channel. */
  readonly intervalMs?: number;
}

/** Gives every channel one turn at a time, at a pace Discord allows, shared fairly by the jobs that are shown there. */
export interface ChannelEditor {
  /** There is news of a job; it is shown when the channel's turn comes. */
  touch(place: Place, urgency: Exclude<Urgency, 'end'>): void;
  /**
   * Runs `show` at the channel's next turn, before all else, again if Discord asks to wait; what else was to be shown
   * of the job is dropped. Rejects with what `show` throws, or when called off.
   */
  end(place: Place, show: () => Promise<Turn>, signal: AbortSignal): Promise<void>;
  /** Gives nobody a turn any more and waits for those who have one. */
  close(): Promise<void>;
}

interface Entry {
  readonly urgency: Urgency;
  readonly run: () => Promise<Turn>;
  readonly done: () => void;
  readonly failed: (error: unknown) => void;
}

interface Lane {
  /** In order of arrival; at most one entry a job and one an end. */
  readonly waiting: Map<string, Entry>;
  turn: Promise<void> | undefined;
  intervalMs: number;
  notBefore: number;
  /** Set while the lane sleeps until its next turn. */
  callOff: (() => void) | undefined;
}

export function createChannelEditor({
  clock,
  intervalMs,
  show,
  onError,
}: ChannelEditorOptions): ChannelEditor {
  const lanes = new Map<string, Lane>();
  let everyoneNotBefore = 0;
  let closed = false;

  function laneOf(channelId: string): Lane {
    const lane = lanes.get(channelId) ?? {
      waiting: new Map(),
      turn: undefined,
      intervalMs,
      notBefore: 0,
      callOff: undefined,
    };
    lanes.set(channelId, lane);
    return lane;
  }

  function schedule(channelId: string, lane: Lane): void {
    if (closed || lane.turn || lane.callOff) return;
    const waitMs = Math.max(lane.notBefore, everyoneNotBefore) - clock.monotonic();
    if (waitMs > 0) {
      lane.callOff = clock.after(waitMs, () => {
        lane.callOff = undefined;
        schedule(channelId, lane);
      });
    } else if (lane.waiting.size > 0) {
      lane.turn = takeTurn(lane).finally(() => {
        lane.turn = undefined;
        schedule(channelId, lane);
      });
    } else {
      lanes.delete(channelId);
    }
  }

  async function takeTurn(lane: Lane): Promise<void> {
    const [key, entry] = mostUrgent(lane.waiting);
    lane.waiting.delete(key);
    try {
      const turn = await entry.run();
      if (typeof turn === 'object') {
        if (turn.everywhere) everyoneNotBefore = Math.max(everyoneNotBefore, clock.monotonic() + turn.waitMs);
        else lane.notBefore = clock.monotonic() + turn.waitMs;
        // Its news is still untold; where newer came meanwhile, that has its place already.
        if (!lane.waiting.has(key)) lane.waiting.set(key, entry);
        return;
      }
      if (turn === 'sent') lane.notBefore = clock.monotonic() + lane.intervalMs;
      entry.done();
    } catch (error) {
      // A refused edit counts towards Discord's limits as well.
      lane.notBefore = clock.monotonic() + intervalMs;
      entry.failed(error);
    }
  }

  return {
    touch({ channelId, jobId, intervalMs: asked = 0 }, urgency) {
      if (closed) return;
      const lane = laneOf(channelId);
      lane.intervalMs = Math.max(intervalMs, asked);
      const known = lane.waiting.get(jobId);
      if (!known || rank(urgency) < rank(known.urgency)) {
        // Setting a key that is there keeps its place in line.
        lane.waiting.set(jobId, {
          urgency,
          run: () => show(jobId),
          done: () => {},
          failed: (error) => onError(error, jobId),
        });
      }
      schedule(channelId, lane);
    },

    end({ channelId, jobId }, run, signal) {
      return new Promise((resolve, reject) => {
        signal.throwIfAborted();
        if (closed) throw new Error('The channel editor is closed.');
        const lane = laneOf(channelId);
        const key = `end:${jobId}`;
        const abort = () => {
          lane.waiting.delete(key);
          reject(signal.reason);
        };
        const settle = () => signal.removeEventListener('abort', abort);
        const entry: Entry = {
          urgency: 'end',
          run: async () => {
            signal.throwIfAborted();
            return run();
          },
          done: () => {
            settle();
            resolve();
          },
          failed: (error) => {
            settle();
            reject(error);
          },
        };
        signal.addEventListener('abort', abort, { once: true });
        lane.waiting.delete(jobId);
        lane.waiting.set(key, entry);
        schedule(channelId, lane);
      });
    },

    async close() {
      closed = true;
      const turns = [...lanes.values()].map((lane) => {
        lane.callOff?.();
        for (const entry of lane.waiting.values()) {
          if (entry.urgency === 'end') entry.failed(new Error('The channel editor was closed.'));
        }
        return lane.turn;
      });
      await Promise.all(turns);
    },
  };
}

function rank(urgency: Urgency): number {
  return URGENCIES.indexOf(urgency);
}

function mostUrgent(waiting: ReadonlyMap<string, Entry>): [string, Entry] {
  const [first, ...others] = waiting;
  if (!first) throw new Error('Expected somebody to wait for a turn.');
  return others.reduce((best, next) => (rank(next[1].urgency) < rank(best[1].urgency) ? next : best), first);
}
