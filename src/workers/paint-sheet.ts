import type { PaintEvent } from '../contracts/paint-event.js';
import type { Picture } from '../contracts/picture.js';
import { composeGrid } from '../images/compose-grid.js';
import type { Painter, PaintJob } from '../paint/api.js';
import { oneOfSheet, stepsInAll } from '../requests/sheet.js';

/** A picture, and how surely it shows adult content, 0…1. */
export interface JudgedPicture {
  readonly picture: Picture;
  readonly adult: number;
}

/**
 * Paints all pictures of a request one after the other, as if they were one painting: steps are counted through, pictures stand
 * on their sheet beside those before them. Each is judged by itself; the sheet is judged like the worst of them.
 */
export async function* paintSheet(
  painter: Painter,
  job: PaintJob,
  judge: (picture: Picture) => Promise<number>,
): AsyncGenerator<PaintEvent<JudgedPicture>, void, void> {
  const { count = 1, steps: stepsEach } = job.request;
  const steps = stepsInAll(job.request);
  const painted: Picture[] = [];
  let [adult, seconds, losses] = [0, 0, 0];
  for (let index = 0; index < count; index += 1) {
    const passed = index * stepsEach;
    for await (const event of painter.paint({ ...job, request: oneOfSheet(job.request, index) })) {
      switch (event.type) {
        case 'started':
          if (index === 0) yield { ...event, steps };
          break;
        case 'step':
          yield { ...event, steps, step: passed + event.step };
          break;
        case 'frame': {
          const picture = composeGrid([...painted, event.picture], count);
          const judged = { picture, adult: Math.max(adult, await judge(event.picture)) };
          yield { ...event, step: passed + event.step, picture: judged };
          break;
        }
        case 'done': {
          painted.push(event.picture);
          adult = Math.max(adult, await judge(event.picture));
          seconds += event.seconds;
          losses += event.loss;
          if (index < count - 1 && event.ended !== 'cancelled') break;
          const picture = { picture: composeGrid(painted, count), adult };
          const [step, loss] = [passed + event.step, losses / painted.length];
          yield { ...event, step, loss, seconds, picture };
          return;
        }
        case 'error':
          yield event;
          return;
      }
    }
  }
}
