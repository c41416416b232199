import { type InteractionReplyOptions, MessageFlags } from 'discord.js';
import type { Clock } from '../../clock.js';

/** An interaction can be answered for 15 minutes; a little is left for the way. */
const ANSWERABLE_MS = 14 * 60_000;

interface Answerable {
  followUp(options: InteractionReplyOptions): Promise<unknown>;
}

/** Says something to the person alone who asked for a picture, as long as Discord lets their question be answered. */
export interface Whispers {
  remember(jobId: string, interaction: Answerable): void;
  /** @returns whether it could be said. */
  whisper(jobId: string, content: string): Promise<boolean>;
}

export function createWhispers(clock: Pick<Clock, 'monotonic'>): Whispers {
  /** Oldest first. */
  const known = new Map<string, { readonly interaction: Answerable; readonly until: number }>();

  function forgetOld(): void {
    for (const [jobId, { until }] of known) {
      if (until > clock.monotonic()) return;
      known.delete(jobId);
    }
  }

  return {
    remember(jobId, interaction) {
      forgetOld();
      known.set(jobId, { interaction, until: clock.monotonic() + ANSWERABLE_MS });
    },
    async whisper(jobId, content) {
      forgetOld();
      const entry = known.get(jobId);
      if (!entry) return false;
      try {
        await entry.interaction.followUp({ content, flags: MessageFlags.Ephemeral });
        return true;
      } catch {
        return false;
      }
    },
  };
}
