import type { Clock } from '../../clock.js';

/**
 * What time it is for Discord, by which messages grow old. This machine's own may be hours off, and may be set at any
 * moment: so it is what Discord last said, and what has passed since by a clock that nobody sets.
 */
export interface DiscordTime extends Pick<Clock, 'now'> {
  /** Takes in what Discord said the time is, epoch ms; what arrived late says too little and counts for nothing. */
  note(said: number): void;
}

export function createDiscordTime(clock: Clock): DiscordTime {
  /** Discord's time where the steady clock began; unknown until it has said anything. */
  let begun = Number.NEGATIVE_INFINITY;
  return {
    note(said) {
      if (!Number.isNaN(said)) begun = Math.max(begun, said - clock.monotonic());
    },
    now: () => (Number.isFinite(begun) ? begun + clock.monotonic() : clock.now()),
  };
}
