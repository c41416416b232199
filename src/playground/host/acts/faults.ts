import { z } from 'zod';
import type { Discord } from '../../discord.js';
import type { Fault } from '../../faults.js';
import { GATEWAY_FAULTS, REQUEST_FAULTS } from '../fault-list.js';
import type { FaultView } from '../protocol.js';
import { type Act, act, DONE } from './act.js';

const keysOf = <T extends object>(table: T) => Object.keys(table) as (keyof T & string)[]; // its own

/** Faults that wait for the requests they are to befall. */
export interface FaultDesk {
  readonly acts: Readonly<Record<string, Act>>;
  views(): FaultView[];
}

export function createFaultDesk(discord: Discord): FaultDesk {
  const waiting = new Map<number, { readonly fault: Fault; readonly title: string }>();
  let last = 0;
  return {
    acts: {
      fault: act(
        z.object({
          name: z.enum(keysOf(REQUEST_FAULTS)),
          route: z.string().optional(),
          times: z.int().min(1).max(1000),
          afterEffect: z.boolean(),
        }),
        ({ input: { name, route, times, afterEffect } }) => {
          const [title, kind] = REQUEST_FAULTS[name];
          const fault = discord.faults.add({ kind, times, afterEffect, ...(route && { route }) });
          last += 1;
          const id = last;
          waiting.set(id, { fault, title });
          void fault.spent.then(() => waiting.delete(id)).then(discord.world.changed);
          discord.world.changed();
          return DONE;
        },
      ),
      unfault: act(z.object({ id: z.int() }), ({ input: { id } }) => {
        waiting.get(id)?.fault.remove();
        waiting.delete(id);
        discord.world.changed();
        return DONE;
      }),
      gateway: act(z.object({ name: z.enum(keysOf(GATEWAY_FAULTS)) }), ({ input: { name } }) => {
        const [title, trouble] = GATEWAY_FAULTS[name];
        discord.trail.add({ kind: 'gateway', at: discord.clock.now(), what: title });
        trouble(discord.gateway);
        discord.world.changed();
        return DONE;
      }),
    },
    views: () =>
      [...waiting].map(([id, { fault, title }]) => ({
        id,
        title,
        route: fault.settings.route ?? null,
        times: fault.settings.times ?? 1,
        hits: fault.hits(),
      })),
  };
}
