import { attributeOf, floatAttribute, intAttribute } from '../attributes.js';
import type { GraphBuilder, Value } from '../builder.js';
import { add, concat, div, expand, matMul, mul, reshape, softmax, tanh, transpose, where } from '../ops.js';
import { bool } from '../tensor.js';
import { scalarLike } from './activations.js';
import { type Call, type Conversion, inputOf } from './call.js';

/** [batch, length, heads · width] → [batch, heads, length, width]; four axes stay. */
function byHeads({ b, node }: Call, x: Value, countName: 'q_num_heads' | 'kv_num_heads'): Value {
  const [batch = 1, length = 1, features = 1] = x.type.shape;
  if (x.type.shape.length === 4) return x;
  const heads = attributeOf(node, countName, 'int');
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

/** The lowest finite number of a type: unlike −∞ it leaves no NaN in a row that is masked as a whole. */
function lowest(b: GraphBuilder, x: Value): Value {
  return scalarLike(b, x, x.type.elementType === 'float16' ? -65504 : -3.4028234663852886e38);
}

/** Query i sees key j where j ≤ i + past. */
function causalMask(rows: number, columns: number, past: number) {
  const seen = Array.from(
    { length: rows * columns },
    (_, at) => at % columns <= Math.floor(at / columns) + past,
  );
  return bool([rows, columns], seen);
}

/** Scores with what must not be attended pushed down and what the caller adds added. */
function masked(call: Call, scores: Value, past: number): Value {
  const { b, node, inputs } = call;
  const mask = inputs[3];
  const [rows = 1, columns = 1] = scores.type.shape.slice(-2);
  let result = scores;
  if (mask?.type.elementType === 'bool') result = where(b, mask, result, lowest(b, result));
  else if (mask) result = add(b, result, mask);
  if (intAttribute(node, 'is_causal', 0) === 0) return result;
  return where(b, b.constant(causalMask(rows, columns, past)), result, lowest(b, result));
}

/** Attention (23): softmax(softcap(Q·Kᵀ·scale) + mask)·V over heads, with cached keys and values put in front. */
const attention: Conversion = (call) => {
  const { b, node, inputs } = call;
  if (inputs[6]) throw new Error('Per-batch key lengths are not supported.');
  if (node.outputs[3]) throw new Error('The output `qk_matmul_output` is not supported.');
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
  const weights = softmax(b, masked(call, scores, inputs[4]?.type.shape[2] ?? 0), -1);
  const result = matMul(b, weights, repeatHeads(b, values, heads));
  const isFlat = inputOf(call, 0).type.shape.length === 3;
  const output = isFlat
    ? reshape(b, transpose(b, result, [0, 2, 1, 3]), [batch, length, heads * (values.type.shape[3] ?? 1)])
    : result;
  return [output, keys, values];
};

export const ATTENTION: Readonly<Record<string, Conversion>> = { Attention: attention };
