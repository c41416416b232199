/** A child of bench/paint.ts: opens the step graphs of a shape, perhaps paints, and reports. */
import { paintRequestSchema } from '../../src/requests/paint-request.js';
import { openStepper } from '../../src/paint/step/open-stepper.js';
import { createPainter } from '../../src/paint/create-painter.js';
import { createRuntime } from '../../src/runtime/create-runtime.js';
import { loadModel } from '../../src/zoo/load-model.js';
import { median } from './median.js';

export interface PaintWork {
  readonly threads: number;
  /** 0 opens the graphs and paints nothing. */
  readonly steps: number;
  readonly cutouts: number;
  readonly chunk: number;
  readonly cacheDir: string;
}

export interface PaintMeasurement {
  /** Opening the step graphs: building them the first time, loading them from the cache later. */
  readonly openMs: number;
  /** The median step; NaN without steps. */
  readonly stepMs: number;
  readonly peakBytes: number;
}

const { threads, steps, cutouts, chunk, cacheDir } = JSON.parse(process.argv[2] ?? '') as PaintWork; // from our own parent
const model = await loadModel({ name: 'pocket' });
const runtime = createRuntime({ provider: 'cpu', threads, cacheDir });
const { width, height } = model.manifest.defaults;
const { factor } = model.manifest.vqgan;
const start = performance.now();
const { stepper } = await openStepper(model, runtime, {
  ...{ rows: height / factor, columns: width / factor, cutouts, chunk, clips: [0] },
});
const openMs = performance.now() - start;
await stepper.release();
const times: number[] = [];
if (steps > 0) {
  const painter = createPainter({ model, runtime });
  const request = paintRequestSchema.parse({
    ...{ version: 1, prompts: [{ text: 'a red apple' }], model: 'pocket', width, height, steps, seed: 1 },
    ...{ start: 'noise', cutouts, chunk, frames: {}, upscale: 1 },
  });
  for await (const event of painter.paint({ request })) if (event.type === 'step') times.push(event.ms);
  await painter.release();
}
const peakBytes = process.resourceUsage().maxRSS * 1024;
// The first steps lay out memory.
process.send?.({ openMs, stepMs: median(times.slice(2)), peakBytes } satisfies PaintMeasurement);
process.disconnect();
