import type { Attachment } from './message.js';
import { pictureSize } from './picture-size.js';
import type { World } from './world.js';

/** Links to the CDN end after a day. */
const LINK_LIVES_MS = 24 * 60 * 60_000;

const CONTENT_TYPES: Readonly<Record<string, string>> = {
  png: 'image/png',
  jpg: 'image/jpeg',
  jpeg: 'image/jpeg',
  webp: 'image/webp',
  gif: 'image/gif',
  mp4: 'video/mp4',
  txt: 'text/plain; charset=utf-8',
  json: 'application/json; charset=utf-8',
};

export interface UploadedFile {
  readonly filename: string;
  readonly bytes: Uint8Array;
}

/** Keeps an uploaded file, names it as Discord does (no spaces, no path) and measures it if it is a picture. */
export function keepFile(world: World, file: UploadedFile, description: string | undefined): Attachment {
  const filename = file.filename.replaceAll(/[^\p{L}\p{N}._-]+/gu, '_');
  const extension = filename.split('.').at(-1)?.toLowerCase() ?? '';
  const size = pictureSize(file.bytes);
  return {
    id: world.nextId(),
    filename,
    contentType: CONTENT_TYPES[extension] ?? 'application/octet-stream',
    bytes: file.bytes,
    description,
    width: size?.width,
    height: size?.height,
    expiresAt: world.clock.now() + LINK_LIVES_MS,
  };
}
