import type { Runtime } from '../../runtime/runtime.js';
import type { LoadedModel } from '../../zoo/load-model.js';
import { measureClip } from './check-clip.js';
import { measureCodec } from './check-codec.js';

/** What one part of a model does with pictures that are known. */
export interface Finding {
  readonly part: string;
  readonly is: string;
  /** What may be wrong where it does badly; undefined where it does well. */
  readonly suspect: string | undefined;
}

/** Published VQGANs reach 20 dB and more on such a picture; wrong weights, shapes or ranges stay around 10. */
const LEAST_PSNR = 15;
/** Of eight matches, of which chance gives two. */
const LEAST_HITS = 6;

/** Lets a model keep a built-in picture, and its CLIPs match pictures with captions, to see that weights and settings belong together. */
export async function checkModel(model: LoadedModel, runtime: Runtime): Promise<readonly Finding[]> {
  const findings: Finding[] = [];
  if (model.manifest.vqgan.encoder) findings.push(codecFinding(await measureCodec(model, runtime), model));
  for (const [index, { name }] of model.manifest.clips.entries()) {
    const { hits, of } = await measureClip(model, runtime, index);
    findings.push({
      part: `CLIP ${name ?? index + 1}`,
      is: `matches ${hits} of ${of} pictures and captions`,
      suspect:
        hits < LEAST_HITS
          ? 'its weights, activation, mean and deviation, number of heads, or tokenizer are not those it was trained with'
          : undefined,
    });
  }
  return findings;
}

function codecFinding(decibels: number, { manifest }: LoadedModel): Finding {
  const [low, high] = manifest.vqgan.range;
  return {
    part: 'VQGAN',
    is: `gives a picture back at ${decibels.toFixed(1)} dB`,
    suspect:
      decibels < LEAST_PSNR
        ? `its weights, configuration or picture range (${low}…${high}) are not those it was trained with`
        : undefined,
  };
}
