import type { PaintEvent } from '../contracts/paint-event.js';
import type { PaintRequest } from '../contracts/paint-request.js';
import type { Picture } from '../contracts/picture.js';
import type { Runtime } from '../runtime/runtime.js';
import type { LoadedModel } from '../zoo/load-model.js';

export interface PainterOptions {
  readonly model: LoadedModel;
  readonly runtime: Runtime;
}

export interface PaintJob {
  readonly request: PaintRequest;
  /** The pictures the request names, decoded, by sha256; of any size. */
  readonly images?: ReadonlyMap<string, Picture>;
  /** Saved states that the request names as start pictures, by sha256 of their bytes. */
  readonly states?: ReadonlyMap<string, Uint8Array>;
  /**
   * A saved state (`.easel` bytes, checked before use) to continue from: of this request, or of one that had fewer steps (see
   * `withMoreSteps`). The picture has the same bytes as if it had never stopped.
   */
  readonly state?: Uint8Array;
  /** Aborting ends the painting within a step, with `done`, `ended: 'cancelled'` and the picture so far. */
  readonly signal?: AbortSignal;
}

/**
 * Paints requests on one model and one device, one at a time; graphs and sessions stay warm between requests of
 * equal shape.
 */
export interface Painter {
  /** The sha256 of its model's manifest: with a request it determines the picture. */
  readonly manifestHash: string;
  /**
   * Paints, yielding what happens in order; exactly one `done` is last. The event loop gets a turn between any two
   * steps, since a running session blocks its thread.
   *
   * @throws UserError when the request does not fit the model, or the state does not fit the request.
   */
  paint(job: PaintJob): AsyncGenerator<PaintEvent, void, void>;
  /**
   * Opens what a request that leaves everything to the model needs, and lets its small networks run once: what does not open
   * is known before somebody waits for it.
   *
   * @throws what opening throws.
   */
  prepare(): Promise<void>;
  /** The running (or last) painting after its last complete step as `.easel` bytes; undefined before the first. */
  state(): Uint8Array | undefined;
  /** Frees the sessions; the painter can still be used and builds them again. */
  release(): Promise<void>;
}
