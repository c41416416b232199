import type { Job } from '../../contracts/job.js';
import type { PaintRequest } from '../../contracts/paint-request.js';
import { freshSeed } from './wish.js';

/** The same wish with another seed. */
export function rerunOf({ id, request }: Job): {
  readonly request: PaintRequest;
  readonly parentJob: string;
} {
  return { request: { ...request, seed: freshSeed() }, parentJob: id };
}
