import { UserError } from '../../errors.js';
import type { Text } from '../words/text.js';

/** Where Discord keeps what people attach. */
const CDN = ['https://cdn.discordapp.com', 'https://media.discordapp.net'];
const DISCORD = 'https://discord.com';
const MOST_BYTES = 10 * 1024 * 1024;
const PATIENCE_MS = 20_000;

/** What Discord says of a file that somebody attached. */
interface Attached {
  readonly url: string;
  readonly size: number;
  readonly contentType: string | null;
}

/** From where files are taken: Discord's own hosts, or the address that stands in for Discord. */
export function trustedOrigins(apiUrl: string): readonly string[] {
  const { origin } = new URL(apiUrl);
  return origin === DISCORD ? CDN : [origin];
}

/**
 * The bytes of a picture that somebody attached, not decoded: that is for the painter process. Nothing is fetched from
 * anywhere else, no redirect is followed, and no more is read than a picture may have.
 *
 * @throws UserError when it is no picture, too large, or cannot be had.
 */
export async function fetchAttachment(
  { url, size, contentType }: Attached,
  { origins, text }: { readonly origins: readonly string[]; readonly text: Text },
): Promise<Uint8Array> {
  if (!contentType?.startsWith('image/')) throw new UserError(text.notAPicture);
  if (size > MOST_BYTES) throw tooLarge(text);
  if (!URL.canParse(url) || !origins.includes(new URL(url).origin)) throw new UserError(text.pictureNotHad);
  let response: Response;
  try {
    response = await fetch(url, { redirect: 'error', signal: AbortSignal.timeout(PATIENCE_MS) });
    if (!response.ok || response.body === null) throw new Error(`The file answered ${response.status}.`);
    return await readWithin(response.body, () => tooLarge(text));
  } catch (cause) {
    throw cause instanceof UserError ? cause : new UserError(text.pictureNotHad, { cause });
  }
}

async function readWithin(body: ReadableStream<Uint8Array>, refuse: () => UserError): Promise<Uint8Array> {
  const parts: Uint8Array[] = [];
  let length = 0;
  for await (const part of body) {
    length += part.length;
    // What Discord said of its size need not be so.
    if (length > MOST_BYTES) throw refuse();
    parts.push(part);
  }
  return Buffer.concat(parts);
}

function tooLarge(text: Text): UserError {
  return new UserError(text.pictureTooLarge(MOST_BYTES / 1024 / 1024));
}
