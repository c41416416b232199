import type { StoredTensor } from '../../checkpoints/checkpoint.js';

/** How a tensor that a network asks for is made of what a file holds. */
export type Recipe =
  | { readonly kind: 'same'; readonly from: string }
  /** [in, out] → [out, in]. */
  | { readonly kind: 'transposed'; readonly from: string }
  /** A kernel [h, w, in, out] → [out, in, h, w]. */
  | { readonly kind: 'channels-first'; readonly from: string }
  /** Several, one after another along the first axis. */
  | { readonly kind: 'joined'; readonly from: readonly string[] };

/** How a code base names the tensors of its files. */
export interface Layout {
  /** For people. */
  readonly name: string;
  /** What its files hold. */
  readonly holds: 'vqgan' | 'clip';
  /** Names, less what wraps them, that all its files have; the first tells how they are wrapped. */
  readonly marks: readonly [string, ...string[]];
  /** Where the tensor lies that an emitter of src/zoo/architectures asks for by `wanted`. */
  find(wanted: string, has: (name: string) => boolean): Recipe;
}

/** The tensors of a file by name, less what wraps them. */
export type Lookup = (name: string) => StoredTensor | undefined;
