import type { RESTPostAPIChatInputApplicationCommandsJSONBody } from 'discord.js';
import type { EncodedPicture } from '../../contracts/picture.js';
import type { Preferences } from '../../contracts/preferences.js';
import type { FindUnknownWords } from '../../contracts/unknown-words.js';
import type { Jobs } from '../../jobs/api.js';
import type { CrashHook } from '../../jobs/crash-points.js';
import type { Logger } from '../../log.js';
import type { Answers } from './answers.js';
import type { Whispers } from './whispers.js';
import type { Composer } from '../../requests/compose-request.js';
import type { SheetPlace } from '../../requests/sheet.js';
import type { Messages } from '../messages/messages.js';
import type { Staff } from '../people/permissions.js';
import type { FitPicture } from '../showing/fit-picture.js';
import type { Moderators } from '../showing/moderators.js';
import type { ShowProgress } from '../showing/show-progress.js';

/** Where people's choices are kept. */
export interface PreferenceShelf {
  find(userId: string): Promise<Preferences>;
  set(userId: string, preferences: Preferences): Promise<void>;
}

/** What a command, a button or a reaction has at hand. */
export interface Desk {
  readonly jobs: Jobs;
  readonly requests: Composer;
  /** What of a prompt a model cannot read. */
  readonly unknownWords: (model: string) => Promise<FindUnknownWords>;
  readonly messages: Messages;
  readonly fitPicture: FitPicture;
  /** Frames, as files' bytes, as one animated WebP. */
  readonly makeFilm: (frames: readonly Uint8Array[]) => Promise<Uint8Array>;
  /** One picture of a sheet, as a file's bytes. */
  readonly cutFromSheet: (sheet: EncodedPicture, place: SheetPlace) => Promise<Uint8Array>;
  readonly preferences: PreferenceShelf;
  /** From where attached files are taken. */
  readonly attachmentOrigins: readonly string[];
  /** Every command, as it is offered. */
  readonly commands: readonly RESTPostAPIChatInputApplicationCommandsJSONBody[];
  readonly answers: Answers;
  readonly whispers: Whispers;
  readonly moderators: Moderators;
  readonly progress: ShowProgress;
  readonly staff: Staff;
  readonly log: Logger;
  readonly crash: CrashHook;
}
