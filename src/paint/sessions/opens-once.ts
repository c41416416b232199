/** Something that is opened when it is first wanted and stays open. */
export interface OpensOnce<Opened> {
  get(): Promise<Opened>;
  /** Closes it if it is open; `get` opens it again. */
  release(): Promise<void>;
}

/** Opens on first use; a failure is not kept, so that the next use tries again. */
export function opensOnce<Opened extends { release(): Promise<void> }>(
  open: () => Promise<Opened>,
): OpensOnce<Opened> {
  let opening: Promise<Opened> | undefined;
  return {
    get: async () => {
      opening ??= open();
      try {
        return await opening;
      } catch (error) {
        opening = undefined;
        throw error;
      }
    },
    release: async () => {
      const opened = await opening;
      opening = undefined;
      await opened?.release();
    },
  };
}
