import type { APIActionRowComponent, APIButtonComponent } from 'discord.js';
import type { EncodedPicture } from '../../contracts/picture.js';

export type ButtonRow = APIActionRowComponent<APIButtonComponent>;

/** A picture under a message, with words for those who cannot see it. */
export interface AttachedPicture {
  readonly picture: EncodedPicture;
  /** File name without ending. */
  readonly name: string;
  readonly description: string;
}

/** A small file of words beside the picture. */
interface AttachedText {
  /** With its ending. */
  readonly name: string;
  readonly contentType: string;
  readonly text: string;
}

/** A whole message as it shall look; `picture: null` shows none. */
export interface Post {
  readonly content: string;
  readonly rows: readonly ButtonRow[];
  readonly picture: AttachedPicture | null;
  readonly files?: readonly AttachedText[];
  /** The one person whose mention in it pings them; nobody else's does. */
  readonly pings?: string;
}

/** Discord's limits for what a post holds. */
export const POST_LIMITS = { content: 2000, description: 1024, customId: 100, label: 80 } as const;

/** Without the interaction's own word on it, a file may have this many bytes; a little is left for the form around it. */
export const FILE_LIMIT_BYTES = 10 * 1024 * 1024 - 64 * 1024;

/** A picture shorter than this on a side is shown enlarged. */
export const SHOWN_SIDE = 512;
