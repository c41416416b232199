import { describe, expect, it } from 'vitest';
import { sortNodes } from '../../src/onnx/sort-nodes.js';
import { graph, node, value } from './support/models.js';

const names = (nodes: readonly { readonly name: string }[]) => nodes.map(({ name }) => name);

describe('nodes of a file', () => {
  it('keep their order where it is one', () => {
    const nodes = [node('Exp', ['x'], ['b']), node('Exp', ['x'], ['a']), node('Add', ['a', 'b'], ['c'])];
    expect(sortNodes(nodes)).toBe(nodes);
  });

  it('are put behind what they read', () => {
    const nodes = [node('Mul', ['e', 'e'], ['y']), node('Neg', ['y'], ['z']), node('Exp', ['x'], ['e'])];
    expect(names(sortNodes(nodes))).toEqual(['e', 'y', 'z']);
  });

  it('are put behind what their branches read', () => {
    const branch = graph({ outputs: [value('b')], nodes: [node('Relu', ['later'], ['b'])] });
    const nodes = [
      node('If', ['c'], ['y'], { then_branch: { kind: 'graph', value: branch } }),
      node('Exp', ['x'], ['later']),
    ];
    expect(names(sortNodes(nodes))).toEqual(['later', 'y']);
  });

  it('stay, for the check to name, where they go round', () => {
    const nodes = [node('Add', ['x', 'b'], ['a']), node('Neg', ['a'], ['b']), node('Exp', ['x'], ['c'])];
    expect(names(sortNodes(nodes))).toEqual(['c', 'a', 'b']);
  });
});
