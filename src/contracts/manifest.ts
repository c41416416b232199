import { z } from 'zod';

const sha256 = z.string().regex(/^[0-9a-f]{64}$/);
/** A path inside the model's folder: relative, forward slashes, no way out of it. */
const file = z
  .string()
  .regex(/^[A-Za-z0-9._-]+(\/[A-Za-z0-9._-]+)*$/, 'Expected a relative path.')
  .refine(
    (path) => !path.split('/').some((part) => part === '..' || part === '.'),
    'Expected no "." or "..".',
  );
const tensorName = z.string().min(1);
const range = z.tuple([z.number(), z.number()]);
const channels = z.tuple([z.number(), z.number(), z.number()]);

/** A graph file with the names of the tensors that matter. */
const graphSchema = z.strictObject({ file, input: tensorName, output: tensorName });

const count = z.int().positive();

/** A causal transformer over code indices in raster order; `training/PRIOR.md` describes its graphs. */
const priorSchema = z.strictObject({
  /** The step graph, run once a code. */
  file,
  /** The token grid it was trained on, [rows, columns]. */
  grid: z.tuple([count, count]),
  /** The graph run once a prompt: int64 ids [2, context] → what belongs at each position, [2, rows·columns, width]. */
  conditioning: z.strictObject({
    file,
    input: tensorName,
    output: tensorName,
    width: count,
    /** The ids that stand for no text; their length is the context. */
    empty: z.array(z.int().nonnegative()).min(1),
    /**
     * Words after a text, one of which is drawn for every sample, so that seeds differ in manner too. A text that ends in
     * one of them already keeps its own.
     */
    styles: z.array(z.string()).min(1).default(['']),
    /** logits = without + guidance · (with − without) */
    guidance: z.number(),
    temperature: z.number().positive(),
    topK: count,
  }),
  cache: z.strictObject({
    inputs: z.strictObject({
      /** int64 [rows, 3]: the codes to the left, above, and above right. */
      codes: tensorName,
      /** int64 [1] */
      position: tensorName,
      /** [rows, width] */
      plan: tensorName,
      /** [layers, 2, rows, heads, positions, size]; only entries before `position` are read. */
      past: tensorName,
    }),
    outputs: z.strictObject({
      /** [rows, codes] */
      logits: tensorName,
      /** [layers, 2, rows, heads, 1, size] */
      present: tensorName,
    }),
    /** The code that stands for a neighbour beyond the grid. */
    outside: z.int().nonnegative(),
    layers: count,
    /** How many rows the exporter traced; the graph takes any number. */
    rows: count,
    heads: count,
    size: count,
  }),
});

/**
 * What a model is (format 1): the only thing by which code knows one. Tensor names, element types, normalisation,
 * sizes and hashes of every file are in it.
 */
export const manifestSchema = z.strictObject({
  format: z.literal(1),
  name: z.string().regex(/^[a-z0-9][a-z0-9._-]*$/i),
  title: z.string(),
  licence: z.string(),
  source: z.string(),
  vqgan: z.strictObject({
    /** Pixels per latent cell and side. */
    factor: z.int().positive(),
    /** Rows of the codebook, K. */
    codes: z.int().positive(),
    /** Width of a row, n_z. */
    dim: z.int().positive(),
    /** [1, dim, h, w] → [1, 3, h·factor, w·factor] in `range`. */
    decoder: graphSchema,
    /** [1, 3, H, W] in `range` → [1, dim, H/factor, W/factor], before quantisation. */
    encoder: graphSchema.optional(),
    /** Little-endian float32, codes × dim. */
    codebook: z.strictObject({ file }),
    range,
  }),
  clips: z
    .array(
      z.strictObject({
        /** [n, 3, size, size], pixels brought to `range`, then (x − mean) / std → [n, width], not normalised. */
        image: graphSchema.extend({ size: z.int().positive(), mean: channels, std: channels, range }),
        /** int64 ids [n, context] → [n, width], not normalised. */
        text: graphSchema.extend({ context: z.int().positive() }),
        tokenizer: z.strictObject({ file }),
        weight: z.number().positive().default(1),
      }),
    )
    .min(1),
  prior: priorSchema.optional(),
  defaults: z.strictObject({
    width: z.int().positive(),
    height: z.int().positive(),
    steps: z.int().positive(),
    cutouts: z.int().positive(),
    learningRate: z.number().positive(),
    start: z.enum(['prior', 'noise']),
  }),
  /** Prompts that come out well. */
  suggestions: z.array(z.string()),
  files: z.record(file, z.strictObject({ bytes: z.int().nonnegative(), sha256, dtype: z.string() })),
});

export type Manifest = z.output<typeof manifestSchema>;
