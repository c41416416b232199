import { z } from 'zod';
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
const tensorName = z.string().min(1);
const range = z.tuple([z.number(), z.number()]);
const channels = z.tuple([z.number(), z.number(), z.number()]);

const count = z.int().positive();

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
const pixels = { size: count, mean: channels, std: channels, range };
const imageSchema = z.union([
  onnxSchema.extend(pixels),
  built('clip-vit', clipVitConfigSchema).extend(pixels),
  built('clip-resnet', clipResnetConfigSchema).extend(pixels),
  built('siglip', siglipImageConfigSchema).extend(pixels),
]);
const words = { context: count };
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
    .optional(),
  /** [n, 3, size, size], pixels brought to `range`, then (x − mean) / std → [n, width], not normalised. */
  image: imageSchema,
  /** int64 ids [n, context] → [n, width], not normalised. */
  text: textSchema,
  /** A tokenizer.json; `pad` fills short texts, else the tokenizer's own padding id, else 0. */
  tokenizer: z.strictObject({ file, pad: z.int().nonnegative().optional() }),
  weight: z.number().positive().default(1),
  /** Whether it guides requests that name no CLIP. */
  byDefault: z.boolean().default(true),
});

const samplingSchema = {
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
};

/** A causal transformer over code indices in raster order as two ONNX files; `training/PRIOR.md` describes them. */
const onnxPriorSchema = z.strictObject({
  /** The step graph, run once a code. */
  file,
  /** The token grid it was trained on, [rows, columns]. */
  grid: z.tuple([count, count]),
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
    outside: z.int().nonnegative(),
    layers: count,
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

const effort = {
  width: count,
  height: count,
  steps: count,
  cutouts: count,
  learningRate: z.number().positive(),
  /** Share of the steps on half the grid first, where a painting starts from the prior. */
  coarse: z.number().min(0.001).max(0.99).optional(),
};
const presetSchema = z.strictObject(effort).partial();

const modelSchema = z.strictObject({
  format: z.union([z.literal(1), z.literal(2)]),
  name: z.string().regex(/^[a-z0-9][a-z0-9._-]*$/i),
  title: z.string(),
  licence: z.string(),
  source: z.string(),
  vqgan: z.strictObject({
    /** Pixels per latent cell and side. */
    factor: count,
    /** Rows of the codebook, K. */
    codes: count,
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
  clips: z.array(clipSchema).min(1),
  prior: priorSchema.optional(),
  /** What to say of words that the first tokenizer lacks: `{instead: {word: [words it knows]}, silent: [words]}`. */
  words: z.strictObject({ file }).optional(),
  safety: z.strictObject({ labels: z.array(z.string()), thresholds: z.array(z.number()) }).optional(),
  defaults: z.strictObject({ ...effort, start: z.enum(['prior', 'noise']) }),
  /** Bytes that painting with the defaults takes on the processor, as planned when the model was installed. */
  memory: count.optional(),
  /** What a quick sketch and an artist's picture are to it; what one leaves out stays as in `defaults`. */
  presets: z.strictObject({ quick: presetSchema, artist: presetSchema }).partial().optional(),
  /** Prompts that come out well. */
  suggestions: z.array(z.string()),
  /** Every file of the model, external data and weights too. */
  files: z.record(file, z.strictObject({ bytes: z.int().nonnegative(), sha256, dtype: z.string() })),
});

/**
 * What a model is: the only thing by which code knows one. Tensor names, settings of architectures, element types,
 * normalisation, sizes and hashes of every file are in it. Format 1 knows ONNX files only; format 2 also networks that Easel
 * builds, and names its CLIPs.
 */
export const manifestSchema = modelSchema.superRefine((manifest, context) => {
  for (const complaint of complaintsOf(manifest)) context.addIssue({ code: 'custom', ...complaint });
});

export type Manifest = z.output<typeof modelSchema>;
export type OnnxReference = z.output<typeof onnxSchema>;
/** The decoder or the encoder of a VQGAN. */
export type CodecReference = z.output<typeof codecSchema>;
export type ClipReference = z.output<typeof clipSchema>;
export type ImageReference = z.output<typeof imageSchema>;
export type TextReference = z.output<typeof textSchema>;
export type PriorReference = z.output<typeof priorSchema>;

interface Complaint {
  readonly path: (string | number)[];
  readonly message: string;
}

/** What single fields cannot show. */
function complaintsOf({ format, vqgan, clips, prior }: Manifest): readonly Complaint[] {
  const complaints: Complaint[] = [];
  const complain = (path: Complaint['path'], message: string) => complaints.push({ path, message });
  const expect = (path: Complaint['path'], got: number, expected: number) => {
    if (got !== expected) complain(path, `Expected ${expected} as elsewhere in the manifest, got ${got}.`);
  };
  if (!clips.some(({ byDefault }) => byDefault)) complain(['clips'], 'Expected one that guides by default.');
  const names = new Set<string>();
  for (const [index, { name, image, text }] of clips.entries()) {
    const path = ['clips', index];
    if (format === 2 && name === undefined) complain([...path, 'name'], 'Expected a name in format 2.');
    if (name !== undefined && names.has(name)) complain([...path, 'name'], `Two CLIPs are called ${name}.`);
    names.add(name ?? '');
    if ('config' in image) expect([...path, 'image', 'config', 'size'], image.config.size, image.size);
    if ('config' in text) expect([...path, 'text', 'config', 'context'], text.config.context, text.context);
  }
  for (const part of ['decoder', 'encoder'] as const) {
    const network = vqgan[part];
    if (!network || !('config' in network)) continue;
    const { config } = network;
    const path = ['vqgan', part, 'config'];
    const dim = 'embeddingWidth' in config ? config.embeddingWidth : config.latentChannels;
    expect([...path, 'codes'], config.codes, vqgan.codes);
    expect([...path, 'multipliers', 'length'], 2 ** (config.multipliers.length - 1), vqgan.factor);
    expect([...path, 'embeddingWidth'], dim, vqgan.dim);
  }
  if (prior && 'config' in prior) {
    const { config, sampling } = prior;
    expect(['prior', 'config', 'codes'], config.codes, vqgan.codes);
    expect(['prior', 'config', 'context'], config.context, sampling.empty.length);
  }
  const parts = [vqgan.decoder, vqgan.encoder, prior, ...clips.flatMap(({ image, text }) => [image, text])];
  const isBuilt = parts.some((part) => part && 'architecture' in part) || 'weights' in vqgan.codebook;
  if (format === 1 && isBuilt) complain(['format'], 'Expected format 2 where Easel builds a network.');
  return complaints;
}
