import { statSync } from 'node:fs';
import { basename, dirname, join } from 'node:path';
import type { Model } from '../graph.js';
import { writeAtomically } from './atomic-file.js';
import { encodeModel } from './encode-model.js';
import { linkInto } from './link-into.js';
import { planWeights } from './weights-file.js';

export { encodeModel };

export interface WriteOptions {
  /** The weights file's name; by default it carries a hash of its content, so that equal weights share a file. */
  readonly weightsFile?: string;
  /** Initializers of at least this many bytes go into the weights file; by default 1024. */
  readonly thresholdBytes?: number;
  /** More bytes of weights than these go beside the model though no file was named; by default a little under 2 GiB. */
  readonly mostInOneFile?: number;
  /** Whether files that hold tensors already are linked into the folder instead of being copied. */
  readonly linksOrigins?: boolean;
}

/** The files that models refer to, beside them. */
export interface WrittenWeights {
  readonly weights: string;
  readonly links: readonly string[];
}

/**
 * Writes several models into one folder with all their large weights, each stored once, in one file beside them.
 * Every file appears whole or not at all, the weights before the models that refer to them; a weights file named by
 * its content that is there already is kept, so models added later with the same weights cost no space.
 *
 * @returns the weights file's name, empty when no initializer was large enough, and those of linked files.
 */
export function writeModels(
  folder: string,
  models: Readonly<Record<string, Model>>,
  { weightsFile, thresholdBytes = 1024, linksOrigins = false }: WriteOptions = {},
): WrittenWeights {
  const graphs = Object.values(models).map((model) => model.graph);
  const plan = planWeights(graphs, {
    thresholdBytes,
    file: weightsFile,
    link: linksOrigins ? (origin) => linkInto(folder, origin) : undefined,
  });
  const path = join(folder, plan.file);
  const kept = weightsFile === undefined && sizeOf(path) === plan.bytes;
  if (plan.extents.length > 0 && !kept) writeAtomically(path, plan.extents);
  for (const [file, model] of Object.entries(models)) {
    writeAtomically(join(folder, file), [{ offset: 0, bytes: encodeModel(model, plan.place) }]);
  }
  return { weights: plan.extents.length > 0 ? plan.file : '', links: plan.links };
}

/** Protobuf ends at 2 GiB; nodes and names have to find room beside the weights. */
const MOST_IN_ONE_FILE = 2 ** 31 - 2 ** 26;

/**
 * Writes one model: everything in one file, or with `weightsFile`, and where its weights are too many for a file, its large
 * weights beside it.
 *
 * @returns the files it refers to.
 */
export function writeModel(path: string, model: Model, options: WriteOptions = {}): WrittenWeights {
  const { weightsFile, mostInOneFile = MOST_IN_ONE_FILE } = options;
  const bytes = [...model.graph.initializers.values()].reduce((sum, { data }) => sum + data.byteLength, 0);
  if (weightsFile === undefined && bytes <= mostInOneFile) {
    writeAtomically(path, [{ offset: 0, bytes: encodeModel(model) }]);
    return { weights: '', links: [] };
  }
  return writeModels(dirname(path), { [basename(path)]: model }, options);
}

function sizeOf(path: string): number | undefined {
  const status = statSync(path, { throwIfNoEntry: false });
  return status?.isFile() ? status.size : undefined;
}
