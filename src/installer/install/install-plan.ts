import type { Manifest } from '../../contracts/manifest.js';
import type { Unshown } from '../configs/infer-clip.js';
import type { PublishedConfig } from '../configs/vqgan-config.js';

type Channels = readonly [number, number, number];

/** A model to be: which files it is made of and what they do not say themselves. */
export interface InstallPlan {
  readonly name: string;
  readonly title: string;
  readonly licence: string;
  readonly source: string;
  readonly vqgan: VqganPlan;
  readonly clips: readonly ClipPlan[];
  readonly defaults: Manifest['defaults'];
  readonly suggestions: readonly string[];
}

export interface VqganPlan {
  /** The file of weights. */
  readonly path: string;
  readonly published: PublishedConfig;
  /** Of its pictures; undefined when it has to be found out. */
  readonly range: readonly [number, number] | undefined;
}

export interface ClipPlan {
  /** What requests call it. */
  readonly name: string;
  readonly path: string;
  readonly unshown: Unshown;
  /** A tokenizer.json. */
  readonly tokenizer: string;
  readonly pad: number;
  readonly mean: Channels;
  readonly std: Channels;
  readonly byDefault: boolean;
}
