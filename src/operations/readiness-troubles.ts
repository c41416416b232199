import type { PainterStatus } from '../jobs/api.js';

export interface Readiness {
  /** Whether events of Discord arrive. */
  readonly isConnected: boolean;
  readonly painters: readonly Pick<PainterStatus, 'name' | 'state'>[];
}

/** What keeps the bot from painting, a sentence each; none when somebody who asks now will be served. */
export function readinessTroubles({ isConnected, painters }: Readiness): string[] {
  const troubles: string[] = [];
  if (!isConnected) troubles.push('The bot is not connected to Discord.');
  const able = painters.filter(({ state }) => state === 'idle' || state === 'painting');
  if (able.length === 0) {
    const states = painters.map(({ name, state }) => `${name} is ${state}`).join(', ');
    troubles.push(`No painter can paint (${states}).`);
  }
  return troubles;
}
