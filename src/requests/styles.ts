import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { z } from 'zod';
import { packageRoot } from '../package-root.js';

/** A manner of painting that can be asked for by name. */
export interface Style {
  /** For people. */
  readonly title: string;
  /** The title in other languages, by Discord's name for each. */
  readonly titles?: Readonly<Record<string, string>> | undefined;
  /** Said behind every prompt that is painted towards. */
  readonly words: string;
  /** What to paint away from. */
  readonly away?: readonly string[] | undefined;
  /** Options that go with it, where they are not given. */
  readonly settings?:
    | { readonly saturation?: number | undefined; readonly smooth?: number | undefined }
    | undefined;
}

const stylesSchema = z.record(
  z.string().regex(/^[a-z][a-z-]*$/),
  z.strictObject({
    title: z.string().min(1),
    titles: z.record(z.string(), z.string().min(1)).optional(),
    words: z.string().min(1),
    away: z.array(z.string().min(1)).optional(),
    settings: z.strictObject({ saturation: z.number().optional(), smooth: z.number().optional() }).optional(),
  }),
);

/** The styles of `models/styles.json`, which may be edited. */
export const STYLES: Readonly<Record<string, Style>> = stylesSchema.parse(
  JSON.parse(readFileSync(join(packageRoot(), 'models', 'styles.json'), 'utf8')),
);
