import type { AlarmClock } from '../../clock.js';
import type { Logger } from '../../log.js';

/** How soon people can choose a model that was installed beside the only one; looking costs a folder's listing. */
const LOOK_EVERY_MS = 30_000;

export interface KeepingOffer {
  /** What is offered depends on: the same key, the same offer. */
  readonly look: () => Promise<string>;
  /** Tells Discord. */
  readonly offer: () => Promise<boolean>;
  readonly clock: AlarmClock;
  readonly log: Logger;
}

/**
 * Offers what there is, and offers anew when that has become something else.
 *
 * @returns whether Discord had to be told anything, and a function that ends the looking.
 */
export async function keepOffer({ look, offer, clock, log }: KeepingOffer): Promise<{
  readonly isChanged: boolean;
  readonly stop: () => void;
}> {
  let known = await look();
  const isChanged = await offer();
  let callOff = () => {};
  let isStopped = false;
  const lookAgain = async () => {
    const found = await look();
    if (found === known) return;
    await offer();
    known = found;
    log.info('the commands were registered anew');
  };
  const later = () => {
    callOff = clock.after(LOOK_EVERY_MS, () => {
      lookAgain()
        .catch((err: unknown) => log.warn({ err }, 'the commands could not be registered anew yet'))
        .finally(() => isStopped || later());
    });
  };
  later();
  return {
    isChanged,
    stop: () => {
      isStopped = true;
      callOff();
    },
  };
}
