import { fromBinary } from '@bufbuild/protobuf';
import { ModelProtoSchema } from '../generated/onnx_pb.js';
import type { Model } from '../graph.js';
import { ModelError } from '../model-error.js';
import { checkBounds } from './bounds.js';
import { checkGraph } from './check-graph.js';
import { decodeGraph } from './decode-graph.js';
import type { ReadExternal } from './decode-tensor.js';
import { expandFunctions } from './expand-functions.js';

export interface DecodeBytesOptions {
  /** What errors call the bytes. */
  readonly name: string;
  /** Hands out the model's external data; refused when absent. */
  readonly readExternal?: ReadExternal;
}

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
  if (cause instanceof RangeError) return 'it asks for more than fits into memory';
  const isEncoding = 'code' in cause && cause.code === 'ERR_ENCODING_INVALID_ENCODED_DATA';
  return isEncoding ? 'a text in it is not valid UTF-8' : cause.message;
}

const refuse: ReadExternal = () => {
  throw new Error('has external data, but came without a folder');
};

/**
 * A model from the bytes of an `.onnx` file, checked: names are unique, nodes stand in order, shapes fit their data.
 * Weights are views into `bytes` where alignment allows, so keep the bytes unchanged. Model-local functions are
 * expanded. Nothing here needs a file system.
 *
 * @throws ModelError in one sentence that names the bytes; in time and memory bounded by a multiple of them.
 */
export function decodeBytes(bytes: Uint8Array, { name, readExternal = refuse }: DecodeBytesOptions): Model {
  try {
    return decode(bytes, readExternal);
  } catch (cause) {
    throw new ModelError(`Cannot use ${name} because ${reasonOf(cause)}.`, { cause });
  }
}
