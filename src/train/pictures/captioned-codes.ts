import type { CaptionSource } from '../../contracts/train-request.js';
import { type Codec, createCodec } from '../../paint/latent/codec.js';
import type { Grid } from '../../paint/latent/codes.js';
import type { Runtime } from '../../runtime/runtime.js';
import type { LoadedModel } from '../../zoo/load-model.js';
import { type CaptionedFolder, openCaptioned } from '../captions/open-captioned.js';
import { type CodeExamples, createCodeExamples } from './code-examples.js';
import { type Split, splitExamples } from './split.js';

/** Pictures with captions, as they are and as a model's codes. */
export interface CaptionedCodes extends CaptionedFolder {
  readonly split: Split;
  readonly codec: Codec;
  readonly examples: CodeExamples;
}

export interface CaptionedCodesOptions {
  readonly model: LoadedModel;
  readonly runtime: Runtime;
  readonly request: {
    readonly pictures: string;
    readonly captions: CaptionSource;
    readonly seed: number;
  };
  /** The shorter side of the pictures. */
  readonly side: number;
  readonly grid: Grid;
  readonly onSkipped: (file: string, reason: string) => void;
}

/** Opens what a stage learns that needs words and codes; the codec is the caller's to release. @throws UserError as `openCaptioned`. */
export async function openCaptionedCodes(options: CaptionedCodesOptions): Promise<CaptionedCodes> {
  const { model, runtime, request, side, grid, onSkipped } = options;
  const captioned = await openCaptioned({ ...request, side, onSkipped });
  const codec = await createCodec(model, runtime);
  return {
    ...captioned,
    split: splitExamples(captioned.folder.names.length, request.seed),
    codec,
    examples: createCodeExamples(captioned.folder, codec, grid),
  };
}
