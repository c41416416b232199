import type { PaintRequest } from '../../contracts/paint-request.js';
import { RefusalError } from '../../contracts/refusal.js';
import { findBlockedWord } from '../../moderation/word-list.js';
import type { JobLimits } from './limits.js';

/** @throws RefusalError that names the word a prompt holds, however it is disguised, and who forbids it. */
export function expectDecentWords(
  { prompts }: Pick<PaintRequest, 'prompts'>,
  { words, blockedWords, allowedWords }: Pick<JobLimits, 'words' | 'blockedWords' | 'allowedWords'>,
): void {
  const ofServer = { blocked: blockedWords, allowed: allowedWords };
  for (const { text } of prompts) {
    const entry = findBlockedWord(text, words);
    if (entry !== undefined) throw new RefusalError({ kind: 'blockedWord', entry });
    const another = findBlockedWord(text, ofServer);
    if (another !== undefined)
      throw new RefusalError({ kind: 'blockedWord', entry: another, byServer: true });
  }
}
