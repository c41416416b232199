import type { Ending } from '../contracts/paint-event.js';
import type { PaintRequest } from '../contracts/paint-request.js';
import type { Picture } from '../contracts/picture.js';
import type { Painter } from '../paint/api.js';
import type { Upscaler } from '../upscaling/create-upscaler.js';
import { enlargeAsAsked } from '../upscaling/enlarge-as-asked.js';
import { frameFile, writePicture } from './picture-file.js';
import type { Tell } from './tell-painting.js';
import { openTimelapse } from './timelapse-file.js';

export interface PaintingFiles {
  readonly picture: string;
  /** A film of the painting; none when absent. */
  readonly timelapse?: string | undefined;
  /** Whether frames get files of their own. */
  readonly frames: boolean;
}

export interface PaintingTools {
  readonly painter: Painter;
  readonly upscaler: Upscaler;
  readonly signal: AbortSignal;
}

/** Paints a request and writes what comes of it. @returns the picture as painted, and how it ended. */
export async function paintToFiles(
  { painter, upscaler, signal }: PaintingTools,
  { request, images }: { readonly request: PaintRequest; readonly images: ReadonlyMap<string, Picture> },
  { files, tell }: { readonly files: PaintingFiles; readonly tell: Tell },
): Promise<{ readonly picture: Picture; readonly ended: Ending }> {
  const film = openTimelapse(files.timelapse, request);
  for await (const event of painter.paint({ request, images, signal })) {
    if (event.type !== 'frame' && event.type !== 'done') {
      tell(event, undefined);
      continue;
    }
    film.add(event.picture);
    const target = event.type === 'frame' ? frameFile(files.picture, event.step) : files.picture;
    // Frames nobody asked for (a start's) are shown by other doors, not written here.
    const isWanted = event.type === 'done' || files.frames;
    if (isWanted) await writePicture(target, await enlargeAsAsked(event.picture, request, upscaler), request);
    tell(event, isWanted ? target : undefined);
    if (event.type === 'done') {
      await film.write();
      return { picture: event.picture, ended: event.ended };
    }
  }
  throw new Error('Expected a painting to end with a picture.');
}
