import type { Manifest } from '../../contracts/manifest.js';
import { guidesOf } from '../prompts/guides-of.js';
import type { StepperKey } from './open-stepper.js';

/** The shape of a request that leaves everything to the model. */
export function defaultShape(manifest: Manifest): StepperKey {
  const { width, height, cutouts } = manifest.defaults;
  const { factor } = manifest.vqgan;
  return {
    ...{ rows: Math.round(height / factor), columns: Math.round(width / factor), cutouts, chunk: cutouts },
    clips: guidesOf({}, manifest).map(({ index }) => index),
  };
}
