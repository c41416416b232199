import { z } from 'zod';
import type { AdjustableClock } from '../../adjustable-clock.js';
import type { BotProcess } from '../../bot-process.js';
import { type Act, act, DONE } from './act.js';

export interface BotActsSettings {
  readonly bot: BotProcess | undefined;
  readonly clock: AdjustableClock;
  readonly changed: () => void;
}

/** The bot's process and the stand-in's time. */
export function botActs({ bot, clock, changed }: BotActsSettings): Readonly<Record<string, Act>> {
  const ours = (): BotProcess => {
    if (bot === undefined) throw new Error('The bot was not started here.');
    return bot;
  };
  return {
    bot: act(z.object({ do: z.enum(['start', 'stop', 'kill']) }), ({ input }) => {
      const wanted = ours();
      // A bot takes a while to leave; the page sees it go.
      void wanted[input.do]();
      return DONE;
    }),
    clock: act(
      z.object({
        forwardMs: z
          .int()
          .min(1)
          .max(366 * 86_400_000),
      }),
      ({ input }) => {
        clock.forward(input.forwardMs);
        changed();
        return DONE;
      },
    ),
  };
}
