import type { PaintRequest } from '../../src/contracts/paint-request.js';
import type { Picture } from '../../src/contracts/picture.js';
import type { Painter } from '../../src/paint/api.js';

/** Where a painting was after a step. */
export interface Point {
  readonly step: number;
  /** Processor seconds that the painter took until then, its start included. */
  readonly seconds: number;
  /** On the held-out cutouts. */
  readonly loss: number;
}

/** A painting that was followed as far as its last point. */
export interface Begun {
  readonly points: readonly Point[];
  readonly state: Uint8Array;
}

export interface TraceOptions {
  readonly painter: Painter;
  /** Its frames are what is looked at. */
  readonly request: PaintRequest;
  readonly loss: (picture: Picture) => Promise<number>;
  /** Asked at every point: whether that was enough. */
  readonly isEnough: (point: Point) => boolean;
  /** Where it was stopped before. */
  readonly begun?: Begun | undefined;
  /** Told at every point, so that a stop loses little. */
  readonly keep: (begun: Begun) => void;
}

/**
 * Paints, and follows the loss of its frames. Only what the painter does between two of its events counts as its time; decoding
 * a frame and looking at it do not. Sessions are opened before, by a short painting of the same shapes.
 */
export async function trace(options: TraceOptions): Promise<readonly Point[]> {
  const { painter, request, loss, isEnough, begun, keep } = options;
  for await (const _ of painter.paint({ request: short(request) }));
  const abort = new AbortController();
  const events = painter.paint({ request, signal: abort.signal, ...(begun && { state: begun.state }) });
  const points: Point[] = [...(begun?.points ?? [])];
  let seconds = points.at(-1)?.seconds ?? 0;
  for (;;) {
    const before = process.cpuUsage();
    const { value: event, done } = await events.next();
    const { user, system } = process.cpuUsage(before);
    if (done) return points;
    if (event.type === 'step' || (event.type === 'frame' && event.step === 0))
      seconds += (user + system) / 1e6;
    if (event.type !== 'frame' && event.type !== 'done') continue;
    if (abort.signal.aborted) continue;
    const point = { step: event.step, seconds, loss: await loss(event.picture) };
    points.push(point);
    if (isEnough(point)) abort.abort();
    const state = painter.state();
    if (state) keep({ points, state });
  }
}

/** A few steps on every grid. */
function short(request: PaintRequest): PaintRequest {
  return { ...request, steps: 4, ...(request.coarse !== undefined && { coarse: 0.5 }), frames: {} };
}
