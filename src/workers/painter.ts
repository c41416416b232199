import type { PaintEvent } from '../contracts/paint-event.js';
import type { PaintRequest } from '../contracts/paint-request.js';
import type { EncodedPicture } from '../contracts/picture.js';

/** What happens while a painter works; how it ends is its outcome. */
export type PaintProgress = Exclude<PaintEvent<EncodedPicture>, { readonly type: 'done' | 'error' }>;

/** A saved state on its way to the store. */
export interface SavedState {
  /** The last step in it. */
  readonly step: number;
  readonly bytes: Uint8Array;
}

/** One painting for a painter. */
export interface PaintTask {
  readonly job: string;
  readonly request: PaintRequest;
  /** Bytes of the pictures the request names, by sha256: foreign, not decoded yet. */
  readonly images: ReadonlyMap<string, Uint8Array>;
  /** How surely a given picture may show adult content, 0…1; unlimited when absent. */
  readonly adultLimit?: number;
  /** Where to continue. */
  readonly state?: Uint8Array;
  /** Aborting ends the painting within a step. */
  readonly signal: AbortSignal;
  readonly onProgress: (progress: PaintProgress) => void;
  readonly onState: (state: SavedState) => void;
}

export type PaintOutcome =
  | Extract<PaintEvent<EncodedPicture>, { readonly type: 'done' | 'error' }>
  /** The process died of it, or hung and was killed; `reason` ends the sentence "The painter …". */
  | { readonly type: 'died'; readonly reason: string }
  /** The painter was told to leave; what it had painted came through `onState`. */
  | { readonly type: 'stopped' };

export type PainterState = 'starting' | 'idle' | 'painting' | 'restarting' | 'stopped';

/** One device that paints, one job at a time. */
export interface Painter {
  readonly name: string;
  readonly state: PainterState;
  /** What it paints with, once it said so. */
  readonly provider: string | null;
  readonly device: string | null;
  /** Begins to get ready; `onChange` says when. */
  start(): void;
  /** Told after every change of `state`. */
  onChange(listener: () => void): void;
  /** Paints; only while idle. Resolves once the painter can take another or is gone. */
  paint(task: PaintTask): Promise<PaintOutcome>;
  /** Saves what is being painted and leaves, by force after a grace. */
  stop(): Promise<void>;
}
