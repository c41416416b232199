import { z } from 'zod';
import type { Kind } from './kinds.js';

/** A CLIP of the model that looks at the painting, and how much its opinion counts. */
const guideSchema = z.strictObject({ name: z.string().min(1), weight: z.number().positive() });
export type Guide = z.output<typeof guideSchema>;

const SENTENCE = 'names of CLIPs with weights above 0, such as ViT-B/32:1,RN50:0.5';
const MOST_GUIDES = 8;

/** `ViT-B/32,RN50:0.5`: names as the manifest has them; a weight that nobody gave is 1. */
export const GUIDES: Kind<Guide[]> = {
  sentence: SENTENCE,
  placeholder: '<names>',
  schema: z
    .array(guideSchema, SENTENCE)
    .min(1, SENTENCE)
    .max(MOST_GUIDES, SENTENCE)
    .refine((guides) => new Set(guides.map(({ name }) => name)).size === guides.length, 'each CLIP once'),
  parse: (text) => text.split(',').map((part) => parseGuide(part.trim())),
  form: { is: 'text' },
};

function parseGuide(text: string): { name: string; weight: number } {
  const [, name = '', weight] = /^(.*?)(?::(\d*\.?\d+))?$/.exec(text) ?? [];
  return { name, weight: weight === undefined ? 1 : Number(weight) };
}
