import { messageOf, UserError } from '../errors.js';
import { NotEnoughMemory } from '../paint/sessions/memory-need.js';
import type { ModelShelf } from './model-shelf.js';

/**
 * Opens a model and everything that painting with its defaults needs.
 *
 * @throws UserError saying why it cannot be opened. Want of memory is no reason: a smaller size or another hour may have room.
 */
export async function tryModel(shelf: Pick<ModelShelf, 'open'>, name: string): Promise<void> {
  try {
    await (await shelf.open(name)).prepare();
  } catch (error) {
    if (error instanceof UserError) {
      if (error.cause instanceof NotEnoughMemory) return;
      throw error;
    }
    const why = messageOf(error).replaceAll(/\s+/g, ' ').trim();
    throw new UserError(`The model \`${name}\` cannot be opened: ${why}`, { cause: error });
  }
}
