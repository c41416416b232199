import type { Job } from '../../contracts/job.js';
import { formatPrompts } from '../../requests/prompt-syntax.js';
import { quote } from '../words/markdown.js';

const PROMPT_ROOM = 100;

/** A picture as it is called among those who know it by its prompt: with that behind its id, while there is one. */
export function namePicture({ id, request: { prompts } }: Pick<Job, 'id' | 'request'>): string {
  return prompts.length === 0 ? `\`${id}\`` : `\`${id}\` (${quote(formatPrompts(prompts), PROMPT_ROOM)})`;
}
