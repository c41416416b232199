import { int64, type Tensor } from 'onnx-gradients/graph';
import type { CodeTransformerConfig } from '../../contracts/architectures.js';
import { type Random, randomFromSeed } from '../../paint/random.js';
import { neighbours } from '../../paint/start/create-prior.js';
import { outsideOf } from '../../zoo/architectures/code-transformer.js';
import type { Tokenize } from '../../zoo/tokenizer.js';
import { TRANSFORMER_NAMES } from '../graphs/transformer-step.js';
import type { CodeExamples } from './code-examples.js';
import { examplesOf, seedFor } from './split.js';

/** One picture as the transformer learns it. */
export interface CodeExample {
  readonly codes: Int32Array;
  /** The codes it is shown of the places before; some may be others than `codes`. */
  readonly shown: Int32Array;
  readonly ids: BigInt64Array;
}

/** Examples as the inputs of a step graph of their number. */
export function codeFeeds(config: CodeTransformerConfig, examples: readonly CodeExample[]) {
  const [rows, columns] = config.grid;
  const places = rows * columns;
  const outside = outsideOf(config);
  const near = examples.flatMap(({ shown }) =>
    Array.from({ length: places }, (_, position) =>
      neighbours({ codes: shown, position, columns, outside }),
    ).flat(),
  );
  return {
    [TRANSFORMER_NAMES.ids]: int64(
      [examples.length, config.context],
      examples.flatMap(({ ids }) => [...ids]),
    ),
    [TRANSFORMER_NAMES.near]: int64([examples.length, places, 3], near),
    [TRANSFORMER_NAMES.targets]: int64(
      [examples.length * places],
      examples.flatMap(({ codes }) => [...codes]),
    ),
  } satisfies Record<string, Tensor>;
}

export interface CodeBatchesOptions {
  readonly config: CodeTransformerConfig;
  readonly examples: CodeExamples;
  /** Indices of the pictures learnt from. */
  readonly training: readonly number[];
  readonly captions: (example: number) => readonly string[];
  readonly tokenize: Tokenize;
  readonly batch: number;
  readonly seed: number;
  readonly flip: boolean;
  /** The share of pictures that are learnt without their words, so that guidance has something to lead away from. */
  readonly wordless: number;
  /** The share of codes shown as another one, so that a small set is not learnt by heart. */
  readonly noise: number;
}

/** The inputs of a step counted from 0, which nothing but its number decides. */
export function createCodeBatches(options: CodeBatchesOptions): {
  of(step: number): Promise<Record<string, Tensor>>;
} {
  const { config, examples, training, captions, tokenize, batch, seed, flip, wordless, noise } = options;
  return {
    of: async (step) => {
      const random = randomFromSeed(seedFor(seed, step, 6));
      const made: CodeExample[] = [];
      for (const place of examplesOf(step, { count: training.length, batch, seed })) {
        const example = training[place] ?? 0;
        const codes = await examples.codes(example, random.uniform() < 0.5 && flip);
        const said = captions(example);
        const caption = said[random.integer(said.length)] ?? '';
        const ids = tokenize(random.uniform() < wordless ? '' : caption);
        made.push({ codes, shown: disturbed(codes, { noise, random, codes: config.codes }), ids });
      }
      return codeFeeds(config, made);
    },
  };
}

function disturbed(
  codes: Int32Array,
  {
    noise,
    random,
    codes: count,
  }: { readonly noise: number; readonly random: Random; readonly codes: number },
): Int32Array {
  return codes.map((code) => (random.uniform() < noise ? random.integer(count) : code));
}
