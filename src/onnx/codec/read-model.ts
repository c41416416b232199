import { readFileSync, statSync } from 'node:fs';
import { dirname } from 'node:path';
import { fromBinary } from '@bufbuild/protobuf';
import { ModelProtoSchema } from '../generated/onnx_pb.js';
import type { Model } from '../graph.js';
import { ModelError } from '../model-error.js';
import { checkBounds } from './bounds.js';
import { checkGraph } from './check-graph.js';
import { decodeGraph } from './decode-graph.js';
import type { ReadExternal } from './decode-tensor.js';
import { expandFunctions } from './expand-functions.js';
import { openExternalData } from './external-data.js';

export interface DecodeOptions {
  /** What errors call the bytes. */
  readonly name: string;
  /** Where the model's external data lies; refused when absent. */
  readonly folder?: string;
}

/** protobuf's own bound; beyond it weights must be external. */
const MAX_FILE_BYTES = 2 ** 31 - 1;

function decode(bytes: Uint8Array, readExternal: ReadExternal): Model {
  checkBounds(ModelProtoSchema, bytes);
  const proto = fromBinary(ModelProtoSchema, bytes, { readUnknownFields: false });
  if (!proto.graph) throw new Error('it holds no graph');
  expandFunctions(proto);
  const opsets = proto.opsetImport.map(
    ({ domain, version }) => [domain === 'ai.onnx' ? '' : domain, Number(version)] as const,
  );
  const graph = decodeGraph(proto.graph, readExternal);
  checkGraph(graph);
  return {
    irVersion: Number(proto.irVersion),
    opsets: Object.fromEntries(opsets),
    producer: [proto.producerName, proto.producerVersion].filter(Boolean).join(' '),
    metadata: Object.fromEntries(proto.metadataProps.map(({ key, value }) => [key, value])),
    graph,
  };
}

/** The clause after "because"; TextDecoder's own complaint names nothing. */
function reasonOf(cause: unknown): string {
  if (!(cause instanceof Error)) return String(cause);
  const isEncoding = 'code' in cause && cause.code === 'ERR_ENCODING_INVALID_ENCODED_DATA';
  return isEncoding ? 'a text in it is not valid UTF-8' : cause.message;
}

/**
 * A model from the bytes of an `.onnx` file, checked: names are unique, nodes stand in order, shapes fit their data.
 * Weights are views into `bytes` where alignment allows, so keep the bytes unchanged. Model-local functions are
 * expanded.
 *
 * @throws ModelError in one sentence that names the file; in time and memory bounded by a multiple of the bytes.
 */
export function decodeModel(bytes: Uint8Array, { name, folder }: DecodeOptions): Model {
  const external = folder === undefined ? undefined : openExternalData(folder);
  const refuse = () => {
    throw new Error('has external data, but came without a folder');
  };
  try {
    return decode(bytes, external?.read ?? refuse);
  } catch (cause) {
    const reason = reasonOf(cause);
    throw new ModelError(`Cannot use ${name} because ${reason}.`, { cause });
  } finally {
    external?.close();
  }
}

/**
 * The files that the tensors of a model lie in, relative to its folder; nothing of them is read.
 *
 * @throws ModelError in one sentence when the bytes are no model.
 */
export function externalFilesOf(bytes: Uint8Array, name: string): readonly string[] {
  const files = new Set<string>();
  try {
    decode(bytes, ({ location, length }) => {
      files.add(location);
      // Untouched memory costs nothing.
      return new Uint8Array(length);
    });
  } catch (cause) {
    throw new ModelError(`Cannot use ${name} because ${reasonOf(cause)}.`, { cause });
  }
  return [...files];
}

/**
 * Reads an `.onnx` file and the external data beside it. Synchronous, because only painter processes and the
 * command line read models, and they have nothing else to do meanwhile.
 *
 * @throws ModelError in one sentence that names the file.
 */
export function readModel(path: string): Model {
  let bytes: Uint8Array;
  try {
    if (statSync(path).size > MAX_FILE_BYTES) throw new Error('it is larger than 2 GiB');
    bytes = readFileSync(path);
  } catch (cause) {
    const reason = cause instanceof Error ? cause.message : String(cause);
    throw new ModelError(`Cannot read ${path} because ${reason}.`, { cause });
  }
  return decodeModel(bytes, { name: path, folder: dirname(path) });
}
