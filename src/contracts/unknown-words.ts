/** A word of a prompt that a model was not taught, and what it knows that comes near. */
export interface UnknownWord {
  readonly word: string;
  readonly instead: readonly string[];
}

/** The words of a text that a model does not know, each once, in their order. */
export type FindUnknownWords = (text: string) => readonly UnknownWord[];
