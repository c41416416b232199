import type { RequestRecord } from './rest/server.js';

/** A request of the client's as it went, or an event on its way to it. */
export type Happening =
  | ({ readonly kind: 'request' } & RequestRecord)
  | {
      readonly kind: 'event';
      readonly at: number;
      /** `MESSAGE_CREATE` */
      readonly event: string;
      readonly data: unknown;
      /** How many sessions it went to: intents and permissions decide. */
      readonly reached: number;
    }
  | { readonly kind: 'gateway'; readonly at: number; readonly what: string };

export type TrailEntry = Happening & {
  /** Counts up from 1 and never repeats. */
  readonly n: number;
};

/** Everything that passed between client and stand-in, in order; of a long story the latest part. */
export interface Trail {
  add(happening: Happening): void;
  entries(): readonly TrailEntry[];
}

export function createTrail(kept: number): Trail {
  let entries: TrailEntry[] = [];
  let last = 0;
  return {
    add(happening) {
      last += 1;
      entries.push({ ...happening, n: last });
      // Cut seldom, so that adding stays cheap.
      if (entries.length > 2 * kept) entries = entries.slice(-kept);
    },
    entries: () => entries.slice(-kept),
  };
}
