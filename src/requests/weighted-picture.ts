import { z } from 'zod';
import { type Kind, PICTURE } from './kinds.js';
import { promptWeight } from './prompt-limits.js';

/** A picture to paint towards (weight > 0) or away from (weight < 0). */
export const imagePromptSchema = z.strictObject({
  image: PICTURE.schema,
  weight: promptWeight.default(1),
  /** As a text's. */
  stop: z.number().optional(),
});
export type ImagePrompt = z.output<typeof imagePromptSchema>;

const NUMBER = String.raw`-?(?:\d+\.?\d*|\.\d+)`;
const TYPED = new RegExp(`^(.+?)(?::(${NUMBER}))?(?::(${NUMBER}))?$`, 'su');

/** `photo.png:0.5:0.8`: a file, perhaps with a weight and a stop. */
export function parseWeightedPicture(text: string): ImagePrompt {
  const [, image = text, weight = '1', stop] = TYPED.exec(text) ?? [];
  return { image, weight: Number(weight), ...(stop !== undefined && { stop: Number(stop) }) };
}

/** A picture by its sha256, with weight and stop; doors take a file. */
export const WEIGHTED_PICTURE: Kind<ImagePrompt> = {
  sentence: 'a picture, perhaps with weight and stop',
  placeholder: '<file>',
  schema: imagePromptSchema,
  parse: parseWeightedPicture,
  form: { is: 'picture' },
};
