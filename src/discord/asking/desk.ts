import type { FindUnknownWords } from '../../contracts/unknown-words.js';
import type { Jobs } from '../../jobs/api.js';
import type { CrashHook } from '../../jobs/crash-points.js';
import type { Logger } from '../../log.js';
import type { Answers } from './answers.js';
import type { Composer } from '../../requests/compose-request.js';
import type { Messages } from '../messages/messages.js';
import type { Staff } from '../people/permissions.js';
import type { FitPicture } from '../showing/fit-picture.js';
import type { ShowProgress } from '../showing/show-progress.js';

/** What a command, a button or a reaction has at hand. */
export interface Desk {
  readonly jobs: Jobs;
  readonly requests: Composer;
  /** What of a prompt a model cannot read. */
  readonly unknownWords: (model: string) => Promise<FindUnknownWords>;
  readonly messages: Messages;
  readonly fitPicture: FitPicture;
  readonly answers: Answers;
  readonly progress: ShowProgress;
  readonly staff: Staff;
  readonly log: Logger;
  readonly crash: CrashHook;
}
