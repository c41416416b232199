import type { ClipReference } from '../../contracts/manifest.js';
import type { LoadedModel } from '../../zoo/load-model.js';
import { createTokenizer, type Tokenize, vocabularySize } from '../../zoo/tokenizer.js';

/** The words that a model knows: those of its first CLIP. */
export interface Words {
  readonly tokenizer: ClipReference['tokenizer'];
  readonly vocabulary: number;
  /** Ids a caption: no more than any of the model's CLIPs reads; longer captions lose words from the end. */
  readonly context: number;
  readonly tokenize: Tokenize;
}

const MOST_WORDS = 32;

/** @throws UserError when the model's tokenizer is damaged. */
export async function readWords(model: LoadedModel): Promise<Words> {
  const { clips } = model.manifest;
  const [{ tokenizer }] = clips as [ClipReference]; // the schema wants at least one
  const bytes = await model.read(tokenizer.file);
  const context = Math.min(MOST_WORDS, ...clips.map(({ text }) => text.context));
  return {
    tokenizer,
    vocabulary: vocabularySize(bytes),
    context,
    tokenize: createTokenizer(bytes, { context, pad: tokenizer.pad }),
  };
}
