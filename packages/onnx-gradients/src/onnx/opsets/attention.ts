import { attributeOf, floatAttribute, intAttribute, optionalInt } from '../attributes.js';
import type { GraphBuilder, Value } from '../builder.js';
import {
  add,
  and,
  concat,
  div,
  expand,
  greater,
  greaterOrEqual,
  less,
  lessOrEqual,
  matMul,
  mul,
  reshape,
  softmax,
  sub,
  tanh,
  transpose,
  where,
} from '../ops.js';
import { int64 } from '../tensor.js';
import { scalarLike } from './activations.js';
import { type Call, type Conversion, inputOf } from './call.js';

/** [batch, length, heads · width] → [batch, heads, length, width]; four axes stay. */
function byHeads({ b, node }: Call, x: Value, countName: 'q_num_heads' | 'kv_num_heads'): Value {
  const [batch = 1, length = 1, features = 1] = x.type.shape;
  if (x.type.shape.length === 4) return x;
  const heads = optionalInt(node, countName);
  if (heads === undefined || features % heads !== 0)
    throw new Error(`Expected \`${countName}\` to divide ${features}.`);
  return transpose(b, reshape(b, x, [batch, length, heads, features / heads]), [0, 2, 1, 3]);
}

/** Grouped queries: each head of keys or values serves several heads of queries. */
function repeatHeads(b: GraphBuilder, x: Value, heads: number): Value {
  const [batch = 1, own = 1, length = 1, width = 1] = x.type.shape;
  if (own === heads) return x;
  const repeated = expand(b, reshape(b, x, [batch, own, 1, length, width]), [
    batch,
    own,
    heads / own,
    length,
    width,
  ]);
  return reshape(b, repeated, [batch, heads, length, width]);
}

/** The lowest finite number of a type. */
function lowest(b: GraphBuilder, x: Value): Value {
  return scalarLike(b, x, x.type.elementType === 'float16' ? -65504 : -3.4028234663852886e38);
}

interface Positions {
  readonly call: Call;
  readonly rows: number;
  readonly columns: number;
  /** Keys that were there before. */
  readonly past: number;
}

/**
 * Which keys each query may see by their positions, broadcastable to [batch, heads, rows, columns]; undefined for all. Query
 * i stands at position p = i + offset and sees key j where p − left ≤ j ≤ p + right, with right ≤ 0 if causal. Made of
 * comparisons, because the mask itself may be too large for a file.
 */
function seenByPosition({ call, rows, columns, past }: Positions): Value | undefined {
  const { b, node, inputs } = call;
  const key = b.table({ elementType: 'int64', shape: [1, columns] }, () =>
    int64([1, columns], upTo(columns)),
  );
  const lengths = inputs[6] && reshape(b, inputs[6], [inputs[6].type.shape[0] ?? 1, 1, 1, 1]);
  const query = b.table({ elementType: 'int64', shape: [rows, 1] }, () =>
    int64(
      [rows, 1],
      upTo(rows).map((row) => row + past),
    ),
  );
  const place = lengths && !inputs[4] ? add(b, query, sub(b, lengths, b.int64(rows))) : query;
  const left = intAttribute(node, 'left_window_size', -1);
  const window = intAttribute(node, 'right_window_size', -1);
  const right = intAttribute(node, 'is_causal', 0) === 1 ? 0 : window;
  return allOf(b, [
    left >= 0 ? greaterOrEqual(b, key, sub(b, place, b.int64(left))) : undefined,
    right >= 0 ? lessOrEqual(b, key, add(b, place, b.int64(right))) : undefined,
    lengths && less(b, key, lengths),
  ]);
}

const upTo = (count: number) => Array.from({ length: count }, (_, index) => index);

function allOf(b: GraphBuilder, conditions: readonly (Value | undefined)[]): Value | undefined {
  const [first, ...rest] = conditions.filter((condition) => condition !== undefined);
  return first && rest.reduce((one, other) => and(b, one, other), first);
}

/**
 * softmax over the keys that a query may see, 0 for all others: so a query that may see none gets nothing, as in ONNX
 * Runtime, and its gradient is 0 rather than NaN. A float mask is added; what it pushes below all numbers is hidden too.
 */
function attended(call: Call, scores: Value, past: number): Value {
  const { b, inputs } = call;
  const mask = inputs[3];
  const [rows = 1, columns = 1] = scores.type.shape.slice(-2);
  const isBool = mask?.type.elementType === 'bool';
  const low = lowest(b, scores);
  const visible = allOf(b, [
    isBool ? mask : mask && greater(b, mask, low),
    seenByPosition({ call, rows, columns, past }),
  ]);
  const biased = mask && !isBool ? add(b, scores, mask) : scores;
  if (!visible) return softmax(b, biased, -1);
  const weights = softmax(b, where(b, visible, biased, low), -1);
  return where(b, visible, weights, scalarLike(b, weights, 0));
}

/** Attention (23 to 25): softmax(softcap(Q·Kᵀ·scale) + mask)·V over heads, with cached keys and values put in front. */
const attention: Conversion = (call) => {
  const { b, node, inputs } = call;
  const q = byHeads(call, inputOf(call, 0), 'q_num_heads');
  const cached = (past: Value | undefined, now: Value) => (past ? concat(b, [past, now], 2) : now);
  const keys = cached(inputs[4], byHeads(call, inputOf(call, 1), 'kv_num_heads'));
  const values = cached(inputs[5], byHeads(call, inputOf(call, 2), 'kv_num_heads'));
  const [batch = 1, heads = 1, length = 1, width = 1] = q.type.shape;
  const scale = attributeOf(node, 'scale', 'float') ?? 1 / Math.sqrt(width);
  const turned = transpose(b, repeatHeads(b, keys, heads), [0, 1, 3, 2]);
  const product = matMul(b, mul(b, q, scalarLike(b, q, scale)), turned);
  const softcap = floatAttribute(node, 'softcap', 0);
  const cap = scalarLike(b, q, softcap);
  const scores = softcap > 0 ? mul(b, tanh(b, div(b, product, cap)), cap) : product;
  const weights = attended(call, scores, inputs[4]?.type.shape[2] ?? 0);
  const result = matMul(b, weights, repeatHeads(b, values, heads));
  const isFlat = inputOf(call, 0).type.shape.length === 3;
  const output = isFlat
    ? reshape(b, transpose(b, result, [0, 2, 1, 3]), [batch, length, heads * (values.type.shape[3] ?? 1)])
    : result;
  const shown = node.outputs[3]
    ? { 0: product, 3: weights }[intAttribute(node, 'qk_matmul_output_mode', 0)]
    : undefined;
  if (node.outputs[3] && !shown)
    throw new Error('The output `qk_matmul_output` is supported in the modes 0 and 3 only.');
  return [output, keys, values, shown];
};

export const ATTENTION: Readonly<Record<string, Conversion>> = { Attention: attention };
