import type { Shape, Value } from 'onnx-gradients/graph';
import type { CodecReference, Manifest } from '../../contracts/manifest.js';
import type { Network } from '../../zoo/architectures/weight-source.js';
import type { WrittenWeights } from '../export/write-weights.js';

/** The networks of a VQGAN with parameters that are given each time: drawn by an architecture, or read from a file. */
export interface CodecNetworks {
  /** Pixels a cell, in each direction. */
  readonly factor: number;
  readonly codes: number;
  /** Of a code. */
  readonly width: number;
  /** Pictures [n, 3, h, w] in −1…1 to latents [n, width, h/factor, w/factor]. */
  readonly encoder: (network: Network, picture: Value) => Value;
  /** The way back. */
  readonly decoder: (network: Network, latent: Value) => Value;
}

/** The networks as models have them. */
export interface TrainableCodec extends CodecNetworks {
  /** What decides that two runs train the same networks. */
  readonly identity: unknown;
  /** Writes the networks with these weights into a model's folder, and tells what its manifest says of them. */
  write(folder: string, step: number, weights: WrittenWeights): Promise<WrittenCodec>;
}

export interface WrittenCodec {
  readonly decoder: CodecReference;
  readonly encoder: CodecReference;
  readonly codebook: Manifest['vqgan']['codebook'];
  readonly range: Manifest['vqgan']['range'];
  readonly files: Manifest['files'];
}

/** A model to go on from. */
export interface StartingPoint {
  readonly codec: TrainableCodec;
  /** The values of a parameter. */
  readonly weights: (name: string, shape: Shape) => Float32Array;
}

export const CODEBOOK = 'quantize.embedding.weight';
