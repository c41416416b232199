import { ENDED_STATES, type Job } from '../../contracts/job.js';

/** Whether a job is over, well or not. */
export function isEnded({ state }: Job): boolean {
  return (ENDED_STATES as readonly string[]).includes(state);
}
