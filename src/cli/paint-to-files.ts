import type { Ending } from '../contracts/paint-event.js';
import type { Picture } from '../contracts/picture.js';
import type { Painter, PaintJob } from '../paint/api.js';
import type { Upscaler } from '../upscaling/create-upscaler.js';
import { describeRequest } from '../requests/describe-request.js';
import { enlargeAsAsked } from '../upscaling/enlarge-as-asked.js';
import { frameFile, writePicture } from './picture-file.js';
import { keepState } from './state-file.js';
import type { Tell } from './tell-painting.js';
import { openTimelapse } from './timelapse-file.js';

export interface PaintingFiles {
  readonly picture: string;
  /** A film of the painting; none when absent. */
  readonly timelapse?: string | undefined;
  /** Where its state is kept, to go on with; nowhere when absent. */
  readonly state?: string | undefined;
  /** Whether frames get files of their own. */
  readonly frames: boolean;
}

export interface PaintingTools {
  readonly painter: Painter;
  readonly upscaler: Upscaler;
  readonly signal: AbortSignal;
}

/** What to paint, and from where on. */
export type PaintingWork = Required<Pick<PaintJob, 'request' | 'images' | 'states'>> &
  Pick<PaintJob, 'state'>;

/** Paints a request and writes what comes of it. @returns the picture as painted, and how it ended. */
export async function paintToFiles(
  { painter, upscaler, signal }: PaintingTools,
  work: PaintingWork,
  { files, tell }: { readonly files: PaintingFiles; readonly tell: Tell },
): Promise<{ readonly picture: Picture; readonly ended: Ending }> {
  const { request } = work;
  const metadata = describeRequest(request, painter.manifestHash);
  const film = openTimelapse(files.timelapse, request);
  const state = keepState(files.state, painter);
  for await (const event of painter.paint({ ...work, signal })) {
    if (event.type === 'step') state.step();
    if (event.type !== 'frame' && event.type !== 'done') {
      tell(event, undefined);
      continue;
    }
    if (event.type === 'done') state.end();
    film.add(event.picture, event.step);
    const target = event.type === 'frame' ? frameFile(files.picture, event.step) : files.picture;
    // Frames nobody asked for (a start's) are shown by other doors, not written here.
    const isWanted = event.type === 'done' || files.frames;
    if (isWanted)
      await writePicture(target, await enlargeAsAsked(event.picture, request, upscaler), metadata);
    tell(event, isWanted ? target : undefined);
    if (event.type === 'done') {
      await film.write();
      return { picture: event.picture, ended: event.ended };
    }
  }
  throw new Error('Expected a painting to end with a picture.');
}
