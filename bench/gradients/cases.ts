import { CLIPS, type ClipVitConfig } from '../../src/zoo/architectures/clip-config.js';
import { factorOf, VQGANS, type VqganConfig } from '../../src/zoo/architectures/vqgan-config.js';

/** A published network at full size, forward and back to its input. */
export interface GradientCase {
  readonly name: string;
  readonly title: string;
  readonly network: 'decoder' | 'clip-image';
  /** The network's configuration, handed to both sides. */
  readonly config: VqganConfig | ClipVitConfig;
  /** Shape of the input: a latent, or normalised cutouts. */
  readonly input: readonly number[];
}

/** A whole painting step: decode, cutouts, CLIP, loss, back, Adam. */
export interface StepCase {
  readonly name: string;
  readonly title: string;
  readonly network: 'step';
  readonly vqgan: VqganConfig;
  readonly clip: ClipVitConfig;
  /** Side of the square picture in pixels. */
  readonly side: number;
  readonly cutouts: number;
  /** Cutouts at a time; a divisor of `cutouts`. Lines with fewer than all show what memory that saves, without PyTorch. */
  readonly chunk: number;
}

/** One line of the table. */
export type Case = GradientCase | StepCase;

const DECODER = VQGANS['imagenet-f16-16384'];
const CLIP = CLIPS['ViT-B/32'].image;

const decoderAt = (side: number): GradientCase => ({
  name: `decoder-${side}`,
  title: `f16 decoder, ${side}²`,
  network: 'decoder',
  config: DECODER,
  input: [1, DECODER.embeddingWidth, side / factorOf(DECODER), side / factorOf(DECODER)],
});

const clipWith = (cutouts: number): GradientCase => ({
  name: `clip-${cutouts}`,
  title: `ViT-B/32, ${cutouts} cutouts`,
  network: 'clip-image',
  config: CLIP,
  input: [cutouts, 3, CLIP.size, CLIP.size],
});

const step = (side: number, cutouts: number, chunk = cutouts): StepCase => ({
  name: `step-${side}-${cutouts}${chunk === cutouts ? '' : `-by-${chunk}`}`,
  title: `whole step, ${side}², ${cutouts} cutouts${chunk === cutouts ? '' : `, ${chunk} at a time`}`,
  network: 'step',
  vqgan: DECODER,
  clip: CLIP,
  side,
  cutouts,
  chunk,
});

/** Whether the line is for comparing with PyTorch. */
export const isCompared = (entry: Case) => entry.network !== 'step' || entry.chunk === entry.cutouts;

export const CASES: readonly Case[] = [
  decoderAt(256),
  decoderAt(512),
  clipWith(8),
  clipWith(32),
  clipWith(64),
  step(256, 32),
  step(512, 32),
  step(256, 64),
  step(256, 64, 16),
  step(256, 64, 8),
];
