import type { PaintEvent } from './paint-event.js';
import type { PaintRequest } from './paint-request.js';
import type { EncodedPicture } from './picture.js';

/** What a painter process is told when it is made, as JSON in its last argument. */
export interface PainterSettings {
  /** `auto`, or a provider by name. */
  readonly provider: string;
  /** Threads within an operator; as many as the machine has when absent. */
  readonly threads?: number;
  /** The data folder, with added models in `models/`. */
  readonly dataDir?: string;
  /** Where built graphs are kept. */
  readonly cacheDir?: string;
  /** How many models stay loaded at most, those used last; fewer where memory is short, one on a device that does not tell. */
  readonly warmModels: number;
}

/** Parent → painter process, over IPC with `serialization: 'advanced'` (structured clone). */
export type PainterCommand =
  | {
      readonly type: 'paint';
      readonly job: string;
      readonly request: PaintRequest;
      /** Bytes of the pictures the request names, by sha256; foreign: decoded only in the painter. */
      readonly images: ReadonlyMap<string, Uint8Array>;
      /** How surely a given picture may show adult content, 0…1, before the job is refused; unlimited when absent. */
      readonly adultLimit?: number;
      /** A saved state (`.easel`) to continue from. */
      readonly state?: Uint8Array;
    }
  | { readonly type: 'cancel'; readonly job: string }
  /** Send the running job's state and leave. */
  | { readonly type: 'stop' };

/** Painter process → parent. */
export type PainterReport =
  | { readonly type: 'ready'; readonly provider: string; readonly device: string }
  | { readonly type: 'event'; readonly job: string; readonly event: PaintEvent<EncodedPicture> }
  | { readonly type: 'state'; readonly job: string; readonly step: number; readonly bytes: Uint8Array }
  /** Sent at least every two seconds, between steps too. */
  | {
      readonly type: 'beat';
      /** Resident memory, bytes. */
      readonly rss: number;
    };
