import { UserError } from '../../errors.js';
import { isKind, type Opaque, type PickleValue, type TensorReference } from './pickle-values.js';

export interface NamedTensors {
  readonly tensors: ReadonlyMap<string, TensorReference>;
  /** Placeholders that hold nothing, by name, with who would have made them. */
  readonly opaque: ReadonlyMap<string, string>;
}

/** What lies deeper, or under longer names, is not looked at. */
const MOST_DEPTH = 64;
const MOST_NAME = 1000;
const MOST_VISITS = 2_000_000;
/** Where a module of PyTorch keeps what its state dictionary would list; these words are not part of names. */
const MODULE_PARTS = ['_parameters', '_buffers', '_modules'];

/**
 * Every tensor in nested dictionaries, lists and objects by its path, parts joined with dots. Modules, whether of a
 * TorchScript archive or pickled whole, give the names that their state dictionary would.
 *
 * @throws UserError when it repeats itself more than any checkpoint.
 */
export function nameTensors(root: PickleValue): NamedTensors {
  const tensors = new Map<string, TensorReference>();
  const inert = new Map<string, string>();
  let visits = 0;
  /** What the walk is inside of: an object that holds itself is not entered again. */
  const around = new Set<PickleValue>();
  const walk = (value: PickleValue, path: string): void => {
    visits += 1;
    if (visits > MOST_VISITS) {
      throw new UserError('The checkpoint repeats itself more than any real one.');
    }
    if (isKind(value, 'tensor')) {
      tensors.set(path, value);
      return;
    }
    if (isKind(value, 'opaque') && isLeaf(value)) inert.set(path, value.maker);
    if (around.has(value) || around.size > MOST_DEPTH || path.length > MOST_NAME) return;
    around.add(value);
    for (const [key, child] of childrenOf(value)) {
      walk(child, key === '' ? path : path === '' ? key : `${path}.${key}`);
    }
    around.delete(value);
  };
  walk(root, '');
  return { tensors, opaque: inert };
}

function isLeaf({ state, items }: Opaque): boolean {
  return items.size === 0 && !(state instanceof Map);
}

function* childrenOf(value: PickleValue): Generator<readonly [key: string, child: PickleValue]> {
  if (Array.isArray(value)) {
    for (const [index, child] of value.entries()) {
      if (typeof child === 'object' && child !== null) yield [String(index), child];
    }
  } else if (value instanceof Map) {
    for (const [key, child] of value) {
      if (typeof key === 'string' || typeof key === 'number') yield [String(key), child];
    }
  } else if (isKind(value, 'opaque')) {
    yield* attributesOf(value);
  }
}

function* attributesOf({ state, items }: Opaque): Generator<readonly [key: string, child: PickleValue]> {
  yield* childrenOf(items);
  if (!(state instanceof Map)) return;
  const isModule = MODULE_PARTS.some((part) => state.get(part) instanceof Map);
  for (const [key, child] of childrenOf(state)) {
    if (!isModule) yield [key, child];
    else if (MODULE_PARTS.includes(key)) yield ['', child];
  }
}
