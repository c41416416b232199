import { Tokenizer } from '@huggingface/tokenizers';
import { z } from 'zod';
import { UserError } from '../errors.js';

/** What we read of a tokenizer.json ourselves; the rest is the library's. */
const tokenizerSchema = z.looseObject({
  model: z.looseObject({
    type: z.string(),
    vocab: z.union([z.record(z.string(), z.int().nonnegative()), z.array(z.unknown())]).optional(),
  }),
  added_tokens: z.array(z.looseObject({ id: z.int().nonnegative() })).optional(),
  padding: z.looseObject({ pad_id: z.int().nonnegative() }).nullish(),
});

/** Turns a prompt into exactly `context` ids. */
export type Tokenize = (text: string) => BigInt64Array;

export interface TokenizerOptions {
  /** Ids a text. */
  readonly context: number;
  /** Fills short texts; the tokenizer's own padding id when absent, else 0. */
  readonly pad?: number | undefined;
}

/**
 * A tokenizer from a `tokenizer.json` (Hugging Face's format). Longer texts lose words from the end, but keep the
 * closing token; shorter ones are filled up.
 *
 * @throws UserError when the bytes are not a tokenizer.
 */
export function createTokenizer(bytes: Uint8Array, { context, pad }: TokenizerOptions): Tokenize {
  const parsed = tokenizerSchema.safeParse(parseJson(bytes));
  if (!parsed.success) throw new UserError('Expected a tokenizer.json with a `model`.');
  const tokenizer = new Tokenizer(parsed.data, {});
  const padId = pad ?? parsed.data.padding?.pad_id ?? 0;
  return (text) => {
    const { ids } = tokenizer.encode(text);
    const closing = ids.at(-1);
    if (ids.length > context && closing !== undefined) ids.splice(context - 1, ids.length, closing);
    return BigInt64Array.from({ length: context }, (_, position) => BigInt(ids[position] ?? padId));
  };
}

/** How many ids a tokenizer has: one more than its largest. @throws UserError when the bytes are not a tokenizer. */
export function vocabularySize(bytes: Uint8Array): number {
  const { data } = tokenizerSchema.safeParse(parseJson(bytes));
  if (data?.model.vocab === undefined) throw new UserError('Expected a tokenizer.json with a vocabulary.');
  const { vocab } = data.model;
  const ids = Array.isArray(vocab) ? vocab.keys() : Object.values(vocab);
  let largest = 0;
  for (const id of ids) largest = Math.max(largest, id);
  for (const { id } of data.added_tokens ?? []) largest = Math.max(largest, id);
  return largest + 1;
}

function parseJson(bytes: Uint8Array): unknown {
  try {
    return JSON.parse(Buffer.from(bytes).toString('utf8'));
  } catch (cause) {
    throw new UserError('Expected a tokenizer.json that is JSON.', { cause });
  }
}
