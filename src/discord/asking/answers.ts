/**
 * Interactions that are being answered with a job's message just now. Between the job's row and the answer's message
 * id, the channel editor must not think the job has no message and write a second one.
 */
export interface Answers {
  /** Call before the job is accepted. @returns what to call when the message id is noted, or will never be. */
  begin(causeId: string): () => void;
  /** Resolves when the answer to that interaction, if one is under way, is settled. */
  settled(causeId: string): Promise<void>;
}

export function createAnswers(): Answers {
  const underWay = new Map<string, Promise<void>>();
  return {
    begin(causeId) {
      let settle = () => {};
      const settled = new Promise<void>((resolve) => {
        settle = resolve;
      });
      underWay.set(causeId, settled);
      return () => {
        underWay.delete(causeId);
        settle();
      };
    },
    async settled(causeId) {
      await underWay.get(causeId);
    },
  };
}
