import { Tokenizer } from '@huggingface/tokenizers';
import { z } from 'zod';
import { UserError } from '../errors.js';
import { tellIssue } from './tell-issue.js';

/** Ids of tokens; a network looks them up in a table. */
const id = z
  .int()
  .min(0)
  .max(2 ** 31 - 1);
const idsSchema = z.array(id);

/** What we read of a tokenizer.json ourselves; the rest is the library's. */
const tokenizerSchema = z.looseObject({
  model: z.looseObject({
    type: z.string(),
    vocab: z.union([z.record(z.string(), id), z.array(z.unknown())]).optional(),
  }),
  added_tokens: z.array(z.looseObject({ id, content: z.string() })).optional(),
  padding: z.looseObject({ pad_id: id }).nullish(),
});

/** Turns a prompt into exactly `context` ids. @throws UserError for a text that the tokenizer cannot read. */
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
  const json = parseJson(bytes);
  const parsed = tokenizerSchema.safeParse(json);
  if (!parsed.success)
    throw new UserError(`Expected a tokenizer.json with a \`model\`: ${tellIssue(parsed.error)}`);
  const tokenizer = understood(() => {
    expectEnd(parsed.data['pre_tokenizer']);
    return new Tokenizer(parsed.data, {});
  });
  const padId = pad ?? parsed.data.padding?.pad_id ?? 0;
  const tokenize = (text: string) =>
    understood(() => {
      const ids = idsSchema.parse(tokenizer.encode(text).ids);
      const closing = ids.at(-1);
      if (ids.length > context && closing !== undefined) ids.splice(context - 1, ids.length, closing);
      return BigInt64Array.from({ length: context }, (_, position) => BigInt(ids[position] ?? padId));
    });
  // Much of a wrong one shows only when it is used.
  tokenize('A word, 1 or 2');
  return tokenize;
}

/** Pieces of no length never come to an end; the library would cut them for ever. */
function expectEnd(value: unknown): void {
  if (typeof value !== 'object' || value === null) return;
  if ('type' in value && value.type === 'FixedLength' && !(Number('length' in value && value.length) >= 1)) {
    throw new Error('FixedLength needs a `length` of at least 1');
  }
  for (const part of Object.values(value)) expectEnd(part);
}

/** What the library makes of a tokenizer.json; it checks next to nothing before it uses it. */
function understood<Value>(use: () => Value): Value {
  try {
    return use();
  } catch (cause) {
    const said = cause instanceof Error && cause.constructor === Error ? cause.message : '';
    const isWords = said !== '' && !/undefined|\[object/.test(said);
    const why = isWords ? `: ${said}` : ', with every part that its types need';
    throw new UserError(`Expected a tokenizer.json as Hugging Face's tokenizers write it${why}`, { cause });
  }
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
