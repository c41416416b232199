/** What a button under a picture can ask for. */
export const BUTTON_VERBS = ['again', 'retry', 'cancel', 'delete', 'show'] as const;
export type ButtonVerb = (typeof BUTTON_VERBS)[number];

export interface ButtonId {
  readonly verb: ButtonVerb;
  readonly jobId: string;
}

const PATTERN = /^v1:([a-z]+):([0-9a-z]{16})$/;

/** `v1:<verb>:<jobId>`: says all a click needs, so that a button works for ever, across restarts. */
export function formatButtonId({ verb, jobId }: ButtonId): string {
  return `v1:${verb}:${jobId}`;
}

/** Undefined for a button of another version, another program, or nobody's. */
export function parseButtonId(customId: string): ButtonId | undefined {
  const [, name, jobId] = PATTERN.exec(customId) ?? [];
  const verb = BUTTON_VERBS.find((known) => known === name);
  return verb !== undefined && jobId !== undefined ? { verb, jobId } : undefined;
}
