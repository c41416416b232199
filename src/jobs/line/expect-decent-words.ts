import type { PaintRequest } from '../../contracts/paint-request.js';
import { RefusalError } from '../../contracts/refusal.js';
import { findBlockedWord, type WordLists } from '../../moderation/word-list.js';

/** @throws RefusalError that names the forbidden word a prompt holds, however it is disguised. */
export function expectDecentWords({ prompts }: Pick<PaintRequest, 'prompts'>, words: WordLists): void {
  for (const { text } of prompts) {
    const entry = findBlockedWord(text, words);
    if (entry !== undefined) throw new RefusalError({ kind: 'blockedWord', entry });
  }
}
