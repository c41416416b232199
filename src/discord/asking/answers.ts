/**
 * Interactions that are being answered with a job's message just now. Between the job's row and the answer's message
 * id, the channel editor must not think the job has no message and write a second one.
 */
export interface Answers {
  /** Call before the job is accepted. @returns what to call when the message id is noted, or will never be. */
  begin(interactionId: string): () => void;
  /** Resolves when that interaction's answer, if one is under way, is settled. */
  settled(interactionId: string): Promise<void>;
}

export function createAnswers(): Answers {
  const underWay = new Map<string, Promise<void>>();
  return {
    begin(interactionId) {
      let settle = () => {};
      const settled = new Promise<void>((resolve) => {
        settle = resolve;
      });
      underWay.set(interactionId, settled);
      return () => {
        underWay.delete(interactionId);
        settle();
      };
    },
    async settled(interactionId) {
      await underWay.get(interactionId);
    },
  };
}
