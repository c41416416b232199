import { once } from 'node:events';
import type { PainterReport, PainterSettings } from '../contracts/painter-messages.js';
import { UserError } from '../errors.js';
import { spawnPainter } from './spawn-painter.js';

/**
 * Makes one painter process, only to see that it can work with these settings: a painter that cannot is made again and
 * again, and whatever waits for it waits for ever.
 *
 * @throws UserError with what the process said.
 */
export async function expectFit(settings: PainterSettings): Promise<void> {
  const child = spawnPainter(settings);
  let said = '';
  child.stderr?.setEncoding('utf8').on('data', (text: string) => {
    said += text;
  });
  const gone = once(child, 'close');
  const report = await Promise.race([
    once(child, 'message') as Promise<[PainterReport]>, // whichever comes first, it is the process's own
    gone.then(() => undefined),
  ]);
  if (report === undefined) throw new UserError(said.trim() || 'A painter could not be started.');
  child.disconnect();
  await gone;
}
