import { z } from 'zod';
import { FIELDS, SIDE } from '../requests/options.js';
import { PROMPT_LIMITS } from '../requests/prompt-limits.js';
import {
  clipResnetConfigSchema,
  clipTextConfigSchema,
  clipVitConfigSchema,
  codeTransformerConfigSchema,
  maskgitConfigSchema,
  siglipImageConfigSchema,
  siglipTextConfigSchema,
  vqganConfigSchema,
} from './architectures.js';

const sha256 = z.string().regex(/^[0-9a-f]{64}$/);
/** A path inside the model's folder: relative, forward slashes, no way out of it. */
const file = z
  .string()
  .regex(/^[A-Za-z0-9._-]+(\/[A-Za-z0-9._-]+)*$/, 'Expected a relative path.')
  .refine(
    (path) => !path.split('/').some((part) => part === '..' || part === '.'),
    'Expected no "." or "..".',
  );
/** Words of any kind, and no book. */
const text = z.string().min(1).max(2000);
const tensorName = text;
/** What pixels and their normalisation are counted in. */
const shade = z.number().min(-10_000).max(10_000);
const range = z.tuple([shade, shade]).refine(([low, high]) => low < high, 'Expected the lower end first.');
const channels = z.tuple([shade, shade, shade]);
const spread = z.number().min(0.0001).max(10_000);
const spreads = z.tuple([spread, spread, spread]);

/** At least 1, and no more than any model comes near: what is larger is a mistake, and would be memory asked for in vain. */
const upTo = (max: number) => z.int().min(1).max(max);
const count = upTo(2 ** 16);
const context = upTo(8192);
/** A token's. */
const id = z
  .int()
  .min(0)
  .max(2 ** 31 - 1);

/** An ONNX file with the names of the tensors that matter; its external data, if any, is listed under `files` too. */
const onnxSchema = z.strictObject({ file, input: tensorName, output: tensorName });

/** A network that Easel builds itself, for every size and batch: its settings, and a safetensors file with its weights. */
function built<const Name extends string, Config extends z.ZodType>(architecture: Name, config: Config) {
  return z.strictObject({ architecture: z.literal(architecture), config, weights: file });
}

/** The VQGAN's decoder or encoder. */
const codecSchema = z.union([
  onnxSchema,
  built('vqgan', vqganConfigSchema),
  built('maskgit', maskgitConfigSchema),
]);

/** What brings pixels into the shape that an image tower was trained on. */
const pixels = { size: upTo(4096), mean: channels, std: spreads, range };
const imageSchema = z.union([
  onnxSchema.extend(pixels),
  built('clip-vit', clipVitConfigSchema).extend(pixels),
  built('clip-resnet', clipResnetConfigSchema).extend(pixels),
  built('siglip', siglipImageConfigSchema).extend(pixels),
]);
const words = { context };
const textSchema = z.union([
  onnxSchema.extend(words),
  built('clip', clipTextConfigSchema).extend(words),
  built('siglip', siglipTextConfigSchema).extend(words),
]);

const codebookSchema = z.union([
  /** Little-endian float32, codes × dim. */
  z.strictObject({ file }),
  /** A tensor [codes, dim] of a safetensors file; `unitRows` divides each row by its length, as LlamaGen does. */
  z.strictObject({ weights: file, tensor: tensorName, unitRows: z.boolean() }),
]);

const clipSchema = z.strictObject({
  /** What requests call it; required in format 2. */
  name: z
    .string()
    .regex(/^[A-Za-z0-9][\w.@/-]*$/)
    .max(100)
    .optional(),
  /** [n, 3, size, size], pixels brought to `range`, then (x − mean) / std → [n, width], not normalised. */
  image: imageSchema,
  /** int64 ids [n, context] → [n, width], not normalised. */
  text: textSchema,
  /** A tokenizer.json; `pad` fills short texts, else the tokenizer's own padding id, else 0. */
  tokenizer: z.strictObject({ file, pad: id.optional() }),
  weight: z.number().min(1e-6).max(1e6).default(1),
  /** Whether it guides requests that name no CLIP. */
  byDefault: z.boolean().default(true),
});

const samplingSchema = {
  /** The ids that stand for no text; their length is the context. */
  empty: z.array(id).min(1).max(8192),
  /**
   * Words after a text, one of which is drawn for every sample, so that seeds differ in manner too. A text that ends in
   * one of them already keeps its own.
   */
  styles: z.array(z.string().max(200)).min(1).max(1000).default(['']),
  /** logits = without + guidance · (with − without) */
  guidance: z.number().min(-1000).max(1000),
  temperature: z.number().min(0.0001).max(10_000),
  topK: upTo(2 ** 24),
};

/** A causal transformer over code indices in raster order as two ONNX files; `training/PRIOR.md` describes them. */
const onnxPriorSchema = z.strictObject({
  /** The step graph, run once a code. */
  file,
  /** The token grid it was trained on, [rows, columns]. */
  grid: z.tuple([upTo(1024), upTo(1024)]),
  /** The graph run once a prompt: int64 ids [2, context] → what belongs at each position, [2, rows·columns, width]. */
  conditioning: z.strictObject({
    ...{ file, input: tensorName, output: tensorName },
    width: count,
    ...samplingSchema,
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
    outside: id,
    layers: upTo(1000),
    /** How many rows the exporter traced; the graph takes any number. */
    rows: count,
    heads: count,
    size: count,
  }),
});

/** The same, built by Easel: its two graphs are `codePlan` and `codeStep` of `zoo/architectures/code-transformer.ts`. */
const builtPriorSchema = built('code-transformer', codeTransformerConfigSchema).extend({
  sampling: z.strictObject(samplingSchema),
});

const priorSchema = z.union([onnxPriorSchema, builtPriorSchema]);

const side = z.int().min(SIDE.min).max(SIDE.max);
/** What can be asked for, and no more. */
const effort = {
  width: side,
  height: side,
  steps: FIELDS.steps.kind.schema,
  cutouts: FIELDS.cutouts.kind.schema,
  learningRate: FIELDS.learningRate.kind.schema,
  /** Share of the steps on half the grid first, where a painting starts from the prior. */
  coarse: FIELDS.coarse.kind.schema.optional(),
};
const presetSchema = z.strictObject(effort).partial();

/**
 * What a model is: the only thing by which code knows one. Tensor names, settings of architectures, element types,
 * normalisation, sizes and hashes of every file are in it. Format 1 knows ONNX files only; format 2 also networks that Easel
 * builds, and names its CLIPs. This is what each field may be; `manifestSchema` also wants them to agree.
 */
export const manifestFields = z.strictObject({
  format: z.union([z.literal(1), z.literal(2)]),
  name: z
    .string()
    .regex(/^[a-z0-9][a-z0-9._-]*$/i)
    .max(100),
  title: text,
  licence: text,
  source: text,
  vqgan: z.strictObject({
    /** Pixels per latent cell and side. */
    factor: upTo(256),
    /** Rows of the codebook, K. */
    codes: upTo(2 ** 24),
    /** Width of a row, n_z. */
    dim: count,
    /** [1, dim, h, w] → [1, 3, h·factor, w·factor] in `range`. */
    decoder: codecSchema,
    /** [1, 3, H, W] in `range` → [1, dim, H/factor, W/factor], before quantisation. */
    encoder: codecSchema.optional(),
    codebook: codebookSchema,
    range,
    /** Whether the decoder may work in half precision on devices that do, as the self-check found. */
    half: z.boolean().optional(),
  }),
  clips: z.array(clipSchema).min(1).max(16),
  prior: priorSchema.optional(),
  /** What to say of words that the first tokenizer lacks: `{instead: {word: [words it knows]}, silent: [words]}`. */
  words: z.strictObject({ file }).optional(),
  safety: z.strictObject({ labels: z.array(text), thresholds: z.array(z.number()) }).optional(),
  defaults: z.strictObject({ ...effort, start: z.enum(['prior', 'noise']) }),
  /** Bytes that painting with the defaults takes on the processor, as planned when the model was installed. */
  memory: z.int().positive().optional(),
  /** What a quick sketch and an artist's picture are to it; what one leaves out stays as in `defaults`. */
  presets: z.strictObject({ quick: presetSchema, artist: presetSchema }).partial().optional(),
  /** Prompts that come out well. */
  suggestions: z.array(z.string().min(1).max(PROMPT_LIMITS.characters)).max(1000),
  /** Every file of the model, external data and weights too. */
  files: z.record(file, z.strictObject({ bytes: z.int().nonnegative(), sha256, dtype: z.string().max(100) })),
});

export type Manifest = z.output<typeof manifestFields>;
export type OnnxReference = z.output<typeof onnxSchema>;
/** The decoder or the encoder of a VQGAN. */
export type CodecReference = z.output<typeof codecSchema>;
export type ClipReference = z.output<typeof clipSchema>;
export type ImageReference = z.output<typeof imageSchema>;
export type TextReference = z.output<typeof textSchema>;
export type PriorReference = z.output<typeof priorSchema>;
