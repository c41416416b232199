/** What a client says about one option of a command before it would send it. */
export class OptionError extends Error {
  override readonly name = 'OptionError';
  /** The option's name. */
  readonly option: string;

  constructor(option: string, message: string) {
    super(message);
    this.option = option;
  }
}
