/** Wakes those who wait for something to become the case whenever anything changes. */
export interface Waiting {
  changed(): void;
  /** Calls `look` after every change, until the returned function is called. */
  listen(look: () => void): () => void;
  /**
   * Resolves with the first value of `check` that is neither undefined nor false; looks again after every change.
   *
   * @throws after `timeoutMs` of real time; the message ends in `what`.
   */
  until<T>(
    check: () => T | undefined | false,
    options?: { readonly timeoutMs?: number; readonly what?: string },
  ): Promise<T>;
}

export function createWaiting(): Waiting {
  const looks = new Set<() => void>();
  return {
    changed() {
      for (const look of [...looks]) look();
    },
    listen(look) {
      looks.add(look);
      return () => void looks.delete(look);
    },
    until(check, { timeoutMs = 60_000, what = 'what was waited for' } = {}) {
      return new Promise((resolve, reject) => {
        const end = () => {
          looks.delete(look);
          clearTimeout(timer);
        };
        const look = () => {
          try {
            const value = check();
            if (value === undefined || value === false) return;
            end();
            resolve(value);
          } catch (error) {
            end();
            reject(error);
          }
        };
        const timer = setTimeout(() => {
          end();
          reject(new Error(`Within ${timeoutMs} ms there was no sign of ${what}.`));
        }, timeoutMs);
        looks.add(look);
        look();
      });
    },
  };
}
