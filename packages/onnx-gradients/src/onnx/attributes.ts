import type { Attribute, Node } from './graph.js';

/** The value type of each attribute kind. */
type ValueByKind = { readonly [A in Attribute as A['kind']]: A['value'] };

/**
 * An attribute's value, or undefined when the node does not carry it.
 *
 * @throws when the attribute has another kind.
 */
export function attributeOf<K extends Attribute['kind']>(
  node: Node,
  name: string,
  kind: K,
): ValueByKind[K] | undefined {
  const attribute = Object.hasOwn(node.attributes, name) ? node.attributes[name] : undefined;
  if (!attribute) return undefined;
  if (attribute.kind !== kind) {
    throw new Error(`Expected attribute \`${name}\` of kind ${kind}, got ${attribute.kind}.`);
  }
  return attribute.value as ValueByKind[K]; // The kind was just compared; TypeScript cannot narrow by a generic.
}

/** Beyond what a number holds exactly, the nearest number: no axis, size or flag lies there. */
export function intAttribute(node: Node, name: string, fallback: number): number {
  return optionalInt(node, name) ?? fallback;
}

export function optionalInt(node: Node, name: string): number | undefined {
  const value = attributeOf(node, name, 'int');
  return value === undefined ? undefined : Number(value);
}

export function floatAttribute(node: Node, name: string, fallback: number): number {
  return attributeOf(node, name, 'float') ?? fallback;
}

export function stringAttribute(node: Node, name: string, fallback: string): string {
  return attributeOf(node, name, 'string') ?? fallback;
}

export function intsAttribute(node: Node, name: string): readonly number[] | undefined {
  return attributeOf(node, name, 'ints')?.map(Number);
}

/** @throws when the node does not carry the attribute. */
export function requiredInt(node: Node, name: string): number {
  const value = optionalInt(node, name);
  if (value === undefined) throw new Error(`Expected attribute \`${name}\`.`);
  return value;
}
