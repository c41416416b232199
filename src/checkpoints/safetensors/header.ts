import { byteLength, type ElementType, type TensorType } from 'onnx-gradients/graph';
import { z } from 'zod';
import { messageOf, UserError } from '../../errors.js';
import type { ByteSource } from '../byte-source.js';
import { quoted } from '../quoted.js';

/** The file starts with the header's length: a little-endian 64-bit number. */
export const LENGTH_BYTES = 8;
/** The format's own limit. */
const MOST_HEADER_BYTES = 100_000_000;

/** How safetensors name the element types. */
export const TYPE_NAMES = {
  float64: 'F64',
  float32: 'F32',
  float16: 'F16',
  bfloat16: 'BF16',
  int64: 'I64',
  int32: 'I32',
  int16: 'I16',
  int8: 'I8',
  uint64: 'U64',
  uint32: 'U32',
  uint16: 'U16',
  uint8: 'U8',
  bool: 'BOOL',
} as const satisfies Record<ElementType, string>;

const ELEMENT_TYPES = new Map(
  Object.entries(TYPE_NAMES).map(([type, name]) => [name as string, type as ElementType]),
);

const count = z.int().nonnegative();
const entrySchema = z.object({
  dtype: z.string(),
  shape: z.array(count).max(32),
  data_offsets: z.tuple([count, count]),
});

/** Where a tensor's bytes lie, counted from the file's start. */
export interface TensorPlace extends TensorType {
  readonly position: number;
  readonly bytes: number;
}

export interface SafetensorsHeader {
  readonly places: ReadonlyMap<string, TensorPlace>;
  /** Tensors of element types that Easel does not know, by name, with the type's name. */
  readonly foreign: ReadonlyMap<string, string>;
  readonly metadata: Readonly<Record<string, string>>;
}

/**
 * Reads the table of a safetensors file (huggingface/safetensors, format description) and checks that its tensors fill the
 * rest of the file without holes or overlaps.
 *
 * @throws UserError when it is not such a file, or a damaged or incomplete one.
 */
export function readHeader(source: ByteSource): SafetensorsHeader {
  const { json, dataStart } = parseTable(source);
  const { __metadata__: metadata = {}, ...rest } = json;
  const places = new Map<string, TensorPlace>();
  const foreign = new Map<string, string>();
  const stretches: (readonly [begin: number, end: number])[] = [];
  for (const [name, value] of Object.entries(rest)) {
    const parsed = entrySchema.safeParse(value);
    if (!parsed.success) throw fault(source, `its entry ${quoted(name)} is not a tensor's`);
    const { dtype, shape, data_offsets: offsets } = parsed.data;
    const [begin, end] = offsets;
    stretches.push(offsets);
    const elementType = ELEMENT_TYPES.get(dtype);
    if (!elementType) {
      foreign.set(name, dtype);
      continue;
    }
    const bytes = byteLength({ elementType, shape });
    if (end - begin !== bytes) {
      throw fault(
        source,
        `${quoted(name)} of shape [${shape.join(', ')}] needs ${bytes} bytes but has ${end - begin}`,
      );
    }
    places.set(name, { elementType, shape, position: dataStart + begin, bytes });
  }
  checkCoverage(source, stretches, source.size - dataStart);
  const texts = z.record(z.string(), z.string()).safeParse(metadata);
  return { places, foreign, metadata: texts.success ? texts.data : {} };
}

function parseTable(source: ByteSource): { json: Readonly<Record<string, unknown>>; dataStart: number } {
  if (source.size < LENGTH_BYTES) throw fault(source, 'it has no header');
  const length = Number(new DataView(source.read(0, LENGTH_BYTES).buffer).getBigUint64(0, true));
  if (length > MOST_HEADER_BYTES) throw fault(source, `its header would have ${length} bytes`);
  if (LENGTH_BYTES + length > source.size) throw fault(source, 'its header is cut off');
  let json: unknown;
  try {
    json = JSON.parse(Buffer.from(source.read(LENGTH_BYTES, length)).toString('utf8'));
  } catch (cause) {
    throw fault(source, `its header is not JSON (${messageOf(cause)})`);
  }
  const parsed = z.record(z.string(), z.unknown()).safeParse(json);
  if (!parsed.success) throw fault(source, 'its header is not a table');
  return { json: parsed.data, dataStart: LENGTH_BYTES + length };
}

function checkCoverage(
  source: ByteSource,
  stretches: readonly (readonly [number, number])[],
  size: number,
): void {
  let covered = 0;
  for (const [begin, end] of stretches.toSorted((a, b) => a[0] - b[0] || a[1] - b[1])) {
    if (begin !== covered) throw fault(source, `its tensors overlap or leave holes at byte ${covered}`);
    covered = end;
  }
  if (covered > size) {
    throw fault(source, `it is cut off: its tensors need ${covered - size} bytes more`);
  }
  if (covered < size) throw fault(source, `it has ${size - covered} bytes after its last tensor`);
}

function fault({ name }: ByteSource, what: string): UserError {
  return new UserError(`${name} is not a whole safetensors file: ${what}.`);
}
