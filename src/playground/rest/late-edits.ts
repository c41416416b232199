import { RESTJSONErrorCodes } from 'discord-api-types/v10';
import type { Message } from '../world/message.js';
import type { World } from '../world/world.js';
import { Refusal } from './error.js';

const HOUR_MS = 60 * 60_000;
/** Discord publishes no numbers; these are what bot authors have measured. */
const EDITS = 3;
const WINDOW_MS = 20_000;

/**
 * Counts an edit of a message older than an hour against its channel's allowance.
 *
 * @throws Refusal 30046 (429) when the allowance is used up; `Retry-After` says for how long.
 */
export function countLateEdit(world: World, { channel, createdAt }: Message): void {
  const now = world.clock.now();
  if (now - createdAt <= HOUR_MS) return;
  const recent = (world.lateEdits.get(channel.id) ?? []).filter((at) => now - at < WINDOW_MS);
  const first = recent[0];
  if (first !== undefined && recent.length >= EDITS) {
    const seconds = (first + WINDOW_MS - now) / 1000;
    throw new Refusal({
      status: 429,
      code: RESTJSONErrorCodes.MaximumNumberOfEditsToMessagesOlderThanOneHourReached,
      message: 'Maximum number of edits to messages older than 1 hour reached. Try again later',
      headers: { 'retry-after': String(Math.ceil(seconds)), 'x-ratelimit-scope': 'user' },
    });
  }
  world.lateEdits.set(channel.id, [...recent, now]);
}
