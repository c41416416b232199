import type { ElementType } from '../element-type.js';
import { SCHEMAS, TYPES } from '../generated/schemas.js';
import type { Node } from '../graph.js';
import { checkWords } from './words.js';

interface Parameter {
  /** A type variable, `=` and a set of types, or `*` for anything. */
  readonly type: string;
  readonly option: 'one' | 'optional' | 'many';
}

interface AttributeSchema {
  readonly kind: string;
  readonly isRequired: boolean;
}

/** What ONNX says of an operator from one opset on. */
export interface Schema {
  readonly since: number;
  /** Least and most. */
  readonly inputCount: readonly [number, number];
  readonly outputCount: readonly [number, number];
  readonly inputs: readonly Parameter[];
  readonly attributes: ReadonlyMap<string, AttributeSchema>;
  /** Allowed element types by type variable, as bits. */
  readonly variables: ReadonlyMap<string, number>;
}

const words = (text = '') => text.split(' ').filter((word) => word !== '');
const count = (text = '0') => (text === 'n' ? Number.POSITIVE_INFINITY : Number(text));

function parseParameter(word: string): Parameter {
  const option = ({ '?': 'optional', '+': 'many' } as const)[word.at(-1) ?? ''] ?? 'one';
  return { type: option === 'one' ? word : word.slice(0, -1), option };
}

function parseSchema(line: string): readonly [string, Schema] {
  const [head, inputs, attributes, variables] = line.split(' | ');
  const [name = '', since, leastIn, mostIn, leastOut, mostOut] = words(head);
  const pairs = (text: string | undefined, separator: string) =>
    words(text).map((word) => word.split(separator) as [string, string]); // The table's own form.
  return [
    name,
    {
      since: Number(since),
      inputCount: [count(leastIn), count(mostIn)],
      outputCount: [count(leastOut), count(mostOut)],
      inputs: words(inputs).map(parseParameter),
      attributes: new Map(
        pairs(attributes, ':').map(([key, kind]) => [
          key.replace('!', ''),
          { kind, isRequired: key.endsWith('!') },
        ]),
      ),
      variables: new Map(pairs(variables, '=').map(([key, bits]) => [key, Number.parseInt(bits, 16)])),
    },
  ];
}

/** Versions by operator, the oldest first. */
const TABLE = new Map<string, Schema[]>();
for (const line of SCHEMAS.trim().split('\n')) {
  const [name, schema] = parseSchema(line);
  const versions = TABLE.get(name);
  if (versions) versions.push(schema);
  else TABLE.set(name, [schema]);
}

/** What ONNX says of an operator of the standard domain at an opset; undefined when it is not in that opset. */
export function schemaOf(opType: string, opset: number): Schema | undefined {
  return TABLE.get(opType)?.findLast(({ since }) => since <= opset);
}

function bitOf(elementType: ElementType): number {
  // Where half precision may be, Easel takes bfloat16 too: newer opsets allow it nearly everywhere.
  const bit = 1 << TYPES.indexOf(elementType);
  return elementType === 'bfloat16' ? bit | (1 << TYPES.indexOf('float16')) : bit;
}

function checkAttributes(node: Node, { attributes }: Schema): void {
  for (const [name, attribute] of Object.entries(node.attributes)) {
    const expected = attributes.get(name);
    if (!expected) throw new Error(`The operator has no attribute \`${name}\`.`);
    if (expected.kind !== attribute.kind)
      throw new Error(`Expected attribute \`${name}\` of kind ${expected.kind}, got ${attribute.kind}.`);
  }
  for (const [name, { isRequired }] of attributes) {
    if (isRequired && !Object.hasOwn(node.attributes, name))
      throw new Error(`Expected attribute \`${name}\`.`);
  }
}

function checkCount(what: string, names: readonly string[], [least, most]: readonly [number, number]): void {
  const given = names.findLastIndex((name) => name !== '') + 1;
  if (given < least || names.length > most) {
    const range =
      least === most
        ? `${least}`
        : most === Number.POSITIVE_INFINITY
          ? `at least ${least}`
          : `${least} to ${most}`;
    throw new Error(`Expected ${range} ${what}(s), got ${given < least ? given : names.length}.`);
  }
}

function checkTypes(schema: Schema, types: readonly (ElementType | undefined)[]): void {
  const bound = new Map<string, ElementType>();
  for (const [index, type] of types.entries()) {
    const parameter = schema.inputs[Math.min(index, schema.inputs.length - 1)];
    if (!type || !parameter || parameter.type === '*') continue;
    const isFixed = parameter.type.startsWith('=');
    const allowed = isFixed
      ? Number.parseInt(parameter.type.slice(1), 16)
      : schema.variables.get(parameter.type);
    if (allowed !== undefined && (allowed & bitOf(type)) === 0)
      throw new Error(`Input ${index} may not be ${type} in this opset.`);
    const other = bound.get(parameter.type);
    if (!isFixed && other && other !== type)
      throw new Error(`Expected inputs of one element type, got ${other} and ${type}.`);
    bound.set(parameter.type, type);
  }
}

/**
 * Checks a node of the standard domain against its operator's schema, as ONNX Runtime does when it reads a file.
 *
 * @param types the element types of its inputs; undefined where one is omitted or no tensor.
 * @throws in one sentence when operator, attributes, counts or types do not fit.
 */
export function checkNode(node: Node, opset: number, types: readonly (ElementType | undefined)[]): void {
  const schema = schemaOf(node.opType, opset);
  if (!schema) throw new Error('The operator is not in this opset.');
  checkAttributes(node, schema);
  checkWords(node);
  checkCount('input', node.inputs, schema.inputCount);
  checkCount('output', node.outputs, schema.outputCount);
  const missing = schema.inputs.findIndex(
    ({ option }, index) => option === 'one' && (node.inputs[index] ?? '') === '',
  );
  if (missing >= 0) throw new Error(`Expected input ${missing}, which is missing.`);
  checkTypes(schema, types);
}
