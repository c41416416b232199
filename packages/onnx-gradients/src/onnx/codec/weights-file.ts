import { createHash } from 'node:crypto';
import type { Graph } from '../graph.js';
import { byteLength, type Tensor } from '../tensor.js';
import type { Extent } from './atomic-file.js';
import type { ExternalRegion } from './decode-tensor.js';
import { bytesOf, type Place } from './encode-graph.js';

/** Tensors of several graphs laid out in one file, equal ones once. */
export interface WeightsPlan {
  /** The file's name: `weights-` and the start of the sha256 of what is in it. Empty when nothing is external. */
  readonly file: string;
  readonly bytes: number;
  readonly extents: readonly Extent[];
  /** The names of other files that tensors lie in. */
  readonly links: readonly string[];
  readonly place: Place;
}

export interface WeightsOptions {
  /** Tensors of at least this many bytes go into the file. */
  readonly thresholdBytes: number;
  /** The file's name; by content when absent. */
  readonly file?: string | undefined;
  /**
   * The name under which a file of weights, which holds some tensors already, appears beside the models; undefined where it
   * cannot, so that they are written once more.
   */
  readonly link?: ((path: string) => string | undefined) | undefined;
}

/** ONNX Runtime maps external data into memory where it starts on a page. */
const ALIGNMENT = 4096;

function initializersOf(graph: Graph): readonly Tensor[] {
  const inner = graph.nodes.flatMap((node) =>
    Object.values(node.attributes).flatMap((a) => (a.kind === 'graph' ? initializersOf(a.value) : [])),
  );
  return [...graph.initializers.values(), ...inner];
}

/**
 * Lays the large initializers of all graphs out in one weights file. Equal bytes are found by sha256 and stored once,
 * whatever their tensors' shapes and names; hashing runs once for each distinct piece of memory.
 */
export function planWeights(
  graphs: readonly Graph[],
  { thresholdBytes, file, link = () => undefined }: WeightsOptions,
): WeightsPlan {
  const offsetByHash = new Map<string, number>();
  const offsetByMemory = new Map<ArrayBufferLike, Map<string, number>>();
  const linkByPath = new Map<string, string | undefined>();
  const linkOf = ({ origin }: Tensor): string | undefined => {
    if (!origin) return undefined;
    if (!linkByPath.has(origin.path)) linkByPath.set(origin.path, link(origin.path));
    return linkByPath.get(origin.path);
  };
  const extents: Extent[] = [];
  let end = 0;
  const offsetByContent = (bytes: Uint8Array): number => {
    const hash = hashOf(bytes);
    const known = offsetByHash.get(hash);
    if (known !== undefined) return known;
    const offset = Math.ceil(end / ALIGNMENT) * ALIGNMENT;
    end = offset + bytes.length;
    extents.push({ offset, bytes });
    offsetByHash.set(hash, offset);
    return offset;
  };
  for (const tensor of graphs.flatMap(initializersOf)) {
    const length = byteLength(tensor);
    if (length < thresholdBytes || length === 0 || linkOf(tensor) !== undefined) continue;
    const bytes = bytesOf(tensor);
    const inBuffer = offsetByMemory.get(bytes.buffer) ?? new Map<string, number>();
    offsetByMemory.set(bytes.buffer, inBuffer);
    const key = memoryKey(bytes);
    if (!inBuffer.has(key)) inBuffer.set(key, offsetByContent(bytes));
  }
  const digest = createHash('sha256')
    .update([...offsetByHash.keys()].join('\n'))
    .digest('hex');
  const name = file ?? (extents.length > 0 ? `weights-${digest.slice(0, 24)}.bin` : '');
  const place = (tensor: Tensor): ExternalRegion | undefined => {
    const length = byteLength(tensor);
    const linked = length < thresholdBytes ? undefined : linkOf(tensor);
    if (tensor.origin && linked !== undefined)
      return { location: linked, offset: tensor.origin.offset, length };
    const bytes = bytesOf(tensor);
    const offset = offsetByMemory.get(bytes.buffer)?.get(memoryKey(bytes));
    return offset === undefined ? undefined : { location: name, offset, length: bytes.length };
  };
  const links = [...linkByPath.values()].filter((linked) => linked !== undefined);
  return { file: name, bytes: end, extents, links, place };
}

/** One update may not take 2 GiB and more. */
const MOST_AT_ONCE = 2 ** 30;

function hashOf(bytes: Uint8Array): string {
  const hash = createHash('sha256');
  for (let at = 0; at < bytes.length; at += MOST_AT_ONCE) hash.update(bytes.subarray(at, at + MOST_AT_ONCE));
  return hash.digest('hex');
}

const memoryKey = ({ byteOffset, byteLength }: Uint8Array) => `${byteOffset}:${byteLength}`;
