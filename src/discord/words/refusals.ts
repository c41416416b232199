import type { Refusal, RefusalKind } from '../../contracts/refusal.js';

/** The words for every refusal: a kind without its sentence does not compile. */
export type RefusalWords = {
  readonly [Kind in RefusalKind]: (refusal: Extract<Refusal, { readonly kind: Kind }>) => string;
};

/** How much is quoted of what somebody wrote. */
export const REASON_ROOM = 300;

/** The sentence for a refusal. */
export function wordsFor(words: RefusalWords, refusal: Refusal): string {
  // The table has the kind's own words, which take just this refusal: the compiler does not see that they belong.
  return (words[refusal.kind] as (refusal: Refusal) => string)(refusal);
}
