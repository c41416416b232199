import type { RefusalName } from './rest/error.js';

/** What goes wrong with a request. */
export type FaultKind =
  /** 429 as Discord sends one; `shared` and `user` concern the route's bucket, `global` everything. */
  | {
      readonly type: 'rate limited';
      readonly scope: 'user' | 'shared' | 'global';
      readonly retryAfterMs: number;
    }
  /** A status of Discord's own (500, JSON) or of the proxy before it (502, 503, 504: an HTML page). */
  | { readonly type: 'status'; readonly status: 500 | 502 | 503 | 504 }
  /** Discord says no: `autoModerated` (200000), `explicit` (20009), `tooLarge` (413), `unauthorized` (401), … */
  | { readonly type: 'refused'; readonly as: RefusalName }
  | { readonly type: 'slow'; readonly delayMs: number }
  /** The connection breaks without an answer. */
  | { readonly type: 'reset' };

export interface FaultSettings {
  readonly kind: FaultKind;
  /** `PATCH /channels/:channel/messages/:message`, as the routes are written; every route when absent. */
  readonly route?: string;
  /** How many matching requests it befalls; 1 by default. */
  readonly times?: number;
  /** How many matching requests it lets pass before; 0 by default. */
  readonly skip?: number;
  /**
   * Whether it strikes when the request has had its effect: the post is in the channel and the bot does not know.
   * A refused request has none. False by default: nothing has happened yet.
   */
  readonly afterEffect?: boolean;
}

export interface Fault {
  readonly settings: FaultSettings;
  /** How many requests it has befallen. */
  hits(): number;
  /** Resolves when it has befallen all it was meant for. */
  readonly spent: Promise<void>;
  /** Ends it early. */
  remove(): void;
}

export interface Faults {
  add(settings: FaultSettings): Fault;
  /** What befalls this request at this moment, if anything; asking counts as a hit. */
  strike(route: string, moment: 'before' | 'after'): FaultKind | undefined;
}

export function createFaults(): Faults {
  const active = new Set<{ readonly settings: FaultSettings; befall(): boolean }>();
  return {
    add(settings) {
      const { times = 1, skip = 0 } = settings;
      let seen = 0;
      let hits = 0;
      let settle: () => void = () => {};
      const spent = new Promise<void>((resolve) => {
        settle = resolve;
      });
      const entry = {
        settings,
        befall() {
          seen += 1;
          if (seen <= skip) return false;
          hits += 1;
          if (hits >= times) {
            active.delete(entry);
            settle();
          }
          return true;
        },
      };
      active.add(entry);
      return { settings, hits: () => hits, spent, remove: () => void active.delete(entry) };
    },
    strike(route, moment) {
      for (const { settings, befall } of active) {
        const isNow = (moment === 'after') === (settings.afterEffect ?? false);
        const concerns = settings.route === undefined || settings.route === route;
        if (isNow && concerns && befall()) return settings.kind;
      }
      return undefined;
    },
  };
}
