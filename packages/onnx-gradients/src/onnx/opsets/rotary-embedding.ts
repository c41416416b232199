import { intAttribute, optionalInt } from '../attributes.js';
import type { GraphBuilder, Value } from '../builder.js';
import { add, concat, gather, mul, reshape, slice, split, sub, unsqueeze } from '../ops.js';
import { type Call, type Conversion, inputOf } from './call.js';

/** The angles' cosines or sines [batch, length, half], looked up by position where positions are given. */
function anglesOf(call: Call, index: number): Value {
  const table = inputOf(call, index);
  const positions = call.inputs[3];
  return positions ? gather(call.b, table, positions) : table;
}

/** The two coordinates of each pair: neighbours where they are interleaved, else the two halves. */
function pairsOf(b: GraphBuilder, x: Value, isInterleaved: boolean): readonly (Value | undefined)[] {
  const width = x.type.shape[3] ?? 2;
  if (!isInterleaved) return split(b, x, [width / 2, width / 2], 3);
  return [0, 1].map((start) => slice(b, x, { starts: [start], ends: [width], axes: [3], steps: [2] }));
}

function joined(b: GraphBuilder, pair: readonly Value[], isInterleaved: boolean): Value {
  if (!isInterleaved) return concat(b, pair, 3);
  const [first] = pair;
  const beside = concat(
    b,
    pair.map((value) => unsqueeze(b, value, [4])),
    4,
  );
  const shape = first?.type.shape ?? [];
  return reshape(b, beside, shape.with(3, 2 * (shape[3] ?? 1)));
}

/**
 * RotaryEmbedding (23): each pair of coordinates of a head is turned by the angle of its position; what is beyond
 * `rotary_embedding_dim` stays.
 */
const rotaryEmbedding: Conversion = (call) => {
  const { b, node } = call;
  const given = inputOf(call, 0);
  const { shape } = given.type;
  const isFlat = shape.length === 3;
  const heads = isFlat ? optionalInt(node, 'num_heads') : shape[1];
  if (!heads || (isFlat && (shape[2] ?? 0) % heads !== 0))
    throw new Error(`Expected \`num_heads\` to divide ${shape[2]}.`);
  // Flat heads come after the positions, others before them.
  const x = isFlat ? reshape(b, given, [...shape.slice(0, 2), heads, (shape[2] ?? 0) / heads]) : given;
  const width = x.type.shape[3] ?? 0;
  const turned = intAttribute(node, 'rotary_embedding_dim', 0) || width;
  if (turned % 2 !== 0 || turned > width)
    throw new Error(`Expected \`rotary_embedding_dim\` to be even and at most ${width}, got ${turned}.`);
  const [head, rest] = turned < width ? split(b, x, [turned, width - turned], 3) : [x];
  if (!head) throw new Error('Expected something to turn.');
  const isInterleaved = intAttribute(node, 'interleaved', 0) === 1;
  const [first, second] = pairsOf(b, head, isInterleaved);
  if (!first || !second) throw new Error('Expected pairs of coordinates.');
  const [cos, sin] = [1, 2].map((index) => unsqueeze(b, anglesOf(call, index), [isFlat ? 2 : 1]));
  if (!cos || !sin) throw new Error('Expected cosines and sines.');
  const pair = [
    sub(b, mul(b, cos, first), mul(b, sin, second)),
    add(b, mul(b, sin, first), mul(b, cos, second)),
  ];
  const rotated = joined(b, pair, isInterleaved);
  const result = rest ? concat(b, [rotated, rest], 3) : rotated;
  return [isFlat ? reshape(b, result, shape) : result];
};

export const ROTARY: Readonly<Record<string, Conversion>> = { RotaryEmbedding: rotaryEmbedding };
