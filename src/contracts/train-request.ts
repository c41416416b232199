import type { TrainStage } from './train-event.js';

/** What every stage is asked. */
export interface TrainRequestBase {
  readonly stage: TrainStage;
  /** The folder of pictures to learn from, absolute. */
  readonly pictures: string;
  /** The model's folder, absolute; made when it is not there. */
  readonly out: string;
  readonly preset: PresetName;
  /** Instead of the preset's. */
  readonly steps?: number;
  readonly batch?: number;
  readonly rate?: number;
  readonly seed: number;
  /** Mirror pictures at random. */
  readonly flip: boolean;
  /** Begin anew although a checkpoint is there. */
  readonly fresh: boolean;
  /** Measure and draw every so many steps; save every so many. */
  readonly measureEvery?: number;
  readonly saveEvery?: number;
  readonly provider: string;
  readonly threads?: number;
  /** Where added models lie. */
  readonly dataDir: string;
}

export interface TrainVqganRequest extends TrainRequestBase {
  readonly stage: 'vqgan';
  readonly side?: number;
  readonly codes?: number;
  readonly codebook?: 'loss' | 'ema';
  /** The model whose image tower judges likeness; absent for none. */
  readonly perceptual?: string;
  readonly perceptualWeight: number;
  readonly adversarial: 'hinge' | 'vanilla' | 'none';
  readonly adversarialFrom?: number;
  readonly adversarialWeight: number;
  /** How far brightness, contrast and saturation of pictures are changed at random; 0 for not at all. */
  readonly colours: number;
  /** The model to go on from. */
  readonly from?: string;
  /** The model whose CLIP the new one paints with. */
  readonly clip: string;
}

/** Where captions come from: files beside the pictures or else their names, names, the folders' names, or nowhere. */
export const CAPTION_SOURCES = ['auto', 'names', 'folders', 'none'] as const;
export type CaptionSource = (typeof CAPTION_SOURCES)[number];

export interface TrainTransformerRequest extends TrainRequestBase {
  readonly stage: 'transformer';
  /** The folder of the model whose codes it learns, absolute; copied to `out` where that is another. */
  readonly model: string;
  readonly captions: CaptionSource;
  /** Side of the square pictures; what the model paints when absent. */
  readonly side?: number;
}

export interface TrainClipRequest extends TrainRequestBase {
  readonly stage: 'clip';
  /** The folder of the model that it is to guide, absolute; copied to `out` where that is another. */
  readonly model: string;
  readonly captions: CaptionSource;
  /** Pairs that go through the towers at a time; a batch is a multiple of it. */
  readonly chunk?: number;
  /** L2 norm of the change to a picture, in 0…1 a channel, that it has to withstand; 0 for none. */
  readonly attack: number;
  /** Deviation of the noise on half of the pictures. */
  readonly noise: number;
  /** The share of pictures that are seen as the model's codes decode them. */
  readonly decoded: number;
}

export const PRESET_NAMES = ['tiny', 'small', 'medium', 'f16'] as const;
export type PresetName = (typeof PRESET_NAMES)[number];

export type TrainRequest = TrainVqganRequest | TrainTransformerRequest | TrainClipRequest;
