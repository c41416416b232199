import type { ElementType } from 'onnx-gradients/graph';
import type { Makers } from './pickle-machine.js';
import { isKind, type PickleValue, type StorageReference } from './pickle-values.js';

/** What PyTorch calls its storages and element types, less their module. */
const STORAGES: Readonly<Record<string, ElementType>> = {
  FloatStorage: 'float32',
  HalfStorage: 'float16',
  BFloat16Storage: 'bfloat16',
  DoubleStorage: 'float64',
  LongStorage: 'int64',
  IntStorage: 'int32',
  ShortStorage: 'int16',
  CharStorage: 'int8',
  ByteStorage: 'uint8',
  BoolStorage: 'bool',
  UntypedStorage: 'uint8',
};

const TYPES: Readonly<Record<string, ElementType>> = {
  float32: 'float32',
  float: 'float32',
  float16: 'float16',
  half: 'float16',
  bfloat16: 'bfloat16',
  float64: 'float64',
  double: 'float64',
  int64: 'int64',
  int32: 'int32',
  int16: 'int16',
  int8: 'int8',
  uint8: 'uint8',
  uint16: 'uint16',
  uint32: 'uint32',
  uint64: 'uint64',
  bool: 'bool',
};

type Make = (given: readonly PickleValue[]) => PickleValue | undefined;

const dictionary: Make = ([items]) => {
  if (items instanceof Map) return new Map(items);
  const pairs = Array.isArray(items) ? items : [];
  return new Map(
    pairs.map((pair) => (Array.isArray(pair) ? [pair[0] ?? null, pair[1] ?? null] : [null, null])),
  );
};
const list: Make = ([items]) => (Array.isArray(items) ? [...items] : []);
const first: Make = ([value]) => value;

/** The allow list: containers, and the functions by which PyTorch describes tensors. All are written here, in plain data. */
const MAKERS: ReadonlyMap<string, Make> = new Map<string, Make>([
  ['collections.OrderedDict', dictionary],
  ['collections.defaultdict', () => new Map()],
  ['builtins.dict', dictionary],
  ['__builtin__.dict', dictionary],
  ...['builtins', '__builtin__'].flatMap((module) =>
    ['list', 'tuple', 'set', 'frozenset'].map((name) => [`${module}.${name}`, list] as const),
  ),
  ['torch.Size', list],
  ['torch._utils._rebuild_tensor', tensorOf],
  ['torch._utils._rebuild_tensor_v2', tensorOf],
  ['torch._utils._rebuild_tensor_v3', retypedTensor],
  ['torch._utils._rebuild_parameter', first],
  ['torch._utils._rebuild_parameter_with_state', first],
  ['torch._tensor._rebuild_from_type_v2', fromType],
  ...['build_intlist', 'build_doublelist', 'build_boollist', 'build_tensorlist', 'restore_type_tag'].map(
    (name) => [`torch.jit._pickle.${name}`, first] as const,
  ),
]);

/** What names mean in a pickle that PyTorch wrote. */
export const TORCH_MAKERS: Makers = {
  make: (name, given) => MAKERS.get(name)?.(given),
  persistent: storageOf,
};

/** (storage, offset, shape, strides, …) */
function tensorOf([storage, offset, shape, strides]: readonly PickleValue[]): PickleValue | undefined {
  if (!isKind(storage, 'storage') || !isCount(offset) || !isCounts(shape) || !isCounts(strides))
    return undefined;
  return shape.length === strides.length ? { kind: 'tensor', storage, offset, shape, strides } : undefined;
}

/** (untyped storage, offset, shape, strides, requires_grad, hooks, type, …): offset and strides count elements of the type. */
function retypedTensor(given: readonly PickleValue[]): PickleValue | undefined {
  const [storage, , , , , , type] = given;
  if (!isKind(storage, 'storage') || !isKind(type, 'global')) return undefined;
  const typeName = lastPart(type.name);
  const elementType = TYPES[typeName];
  const width = elementType === undefined ? 1 : Number(/\d+$/.exec(elementType)?.[0] ?? 8) / 8;
  const elements = Math.floor(storage.elements / width);
  return tensorOf([{ ...storage, elementType, typeName, elements }, ...given.slice(1)]);
}

/** (function, class, its arguments, state): a tensor with attributes or of a subclass. */
function fromType([maker, , given]: readonly PickleValue[]): PickleValue | undefined {
  return isKind(maker, 'global') && Array.isArray(given) ? TORCH_MAKERS.make(maker.name, given) : undefined;
}

/** ('storage', class, key, device, elements[, view]); a view is (key, first element, elements). */
function storageOf(id: PickleValue): PickleValue {
  if (!Array.isArray(id) || id[0] !== 'storage') return null;
  const [, type, key, , elements, view] = id;
  if (!isKind(type, 'global') || (typeof key !== 'string' && typeof key !== 'number') || !isCount(elements))
    return null;
  const typeName = lastPart(type.name);
  const whole = {
    kind: 'storage',
    key: String(key),
    elementType: STORAGES[typeName],
    typeName,
    elements,
    start: 0,
  } satisfies StorageReference;
  if (!Array.isArray(view)) return whole;
  const [, start, length] = view;
  return isCount(start) && isCount(length) ? { ...whole, start, elements: length } : null;
}

function lastPart(name: string): string {
  return name.slice(name.lastIndexOf('.') + 1);
}

function isCount(value: PickleValue | undefined): value is number {
  return typeof value === 'number' && Number.isSafeInteger(value) && value >= 0;
}

function isCounts(value: PickleValue | undefined): value is number[] {
  return Array.isArray(value) && value.length <= 32 && value.every(isCount);
}
