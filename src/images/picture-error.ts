import type { PictureFlaw } from '../contracts/refusal.js';
import { UserError } from '../errors.js';

/** What is wrong with somebody's picture: a sentence for the command line, and data for who tells it in another language. */
export class PictureError extends UserError {
  readonly flaw: PictureFlaw;

  constructor(flaw: PictureFlaw, sentence: string, options?: ErrorOptions) {
    super(sentence, options);
    this.flaw = flaw;
  }
}
