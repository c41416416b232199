import { z } from 'zod';

/** A picture as code indices (version 1): what `easel encode` writes and `easel decode` reads. */
export const codesFileSchema = z
  .strictObject({
    version: z.literal(1),
    model: z.string(),
    /** sha256 of the model's manifest: indices mean nothing with another codebook. */
    manifestHash: z.string().regex(/^[0-9a-f]{64}$/),
    rows: z.int().min(1).max(256),
    columns: z.int().min(1).max(256),
    /** In raster order. */
    codes: z.array(z.int().nonnegative()),
  })
  .refine(({ rows, columns, codes }) => codes.length === rows * columns, 'Expected one code a cell.');

export type CodesFile = z.output<typeof codesFileSchema>;
