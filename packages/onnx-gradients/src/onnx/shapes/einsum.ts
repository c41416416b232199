import { stringAttribute } from '../attributes.js';
import type { Shape } from '../tensor.js';
import { allOperands, brackets, sameElementType } from './operands.js';
import type { ShapeRule } from './rule.js';

/** An equation with its ellipsis spelt out: every operand and the output as one label an axis. */
export interface EinsumEquation {
  /** Labels are letters, or `.0`, `.1`, … for the axes of an ellipsis, aligned at the last. */
  readonly operands: readonly (readonly string[])[];
  readonly output: readonly string[];
  readonly sizes: ReadonlyMap<string, number>;
}

function labelsOf(term: string, ellipsisRank: number): readonly string[] {
  const labels: string[] = [];
  for (const part of term.match(/\.\.\.|./g) ?? []) {
    if (part === '...') for (let i = 0; i < ellipsisRank; i += 1) labels.push(`.${i}`);
    else if (/[A-Za-z]/.test(part)) labels.push(part);
    else throw new Error(`Unexpected "${part}" in the equation.`);
  }
  return labels;
}

/** numpy's rule for an equation without an arrow: ellipsis first, then the labels that occur once, sorted. */
function implicitOutput(operands: readonly (readonly string[])[]): readonly string[] {
  const counts = new Map<string, number>();
  for (const label of operands.flat()) counts.set(label, (counts.get(label) ?? 0) + 1);
  const ellipsis = [...counts.keys()].filter((label) => label.startsWith('.')).sort(byIndex);
  const once = [...counts].filter(([label, count]) => count === 1 && !label.startsWith('.'));
  return [...ellipsis, ...once.map(([label]) => label).sort()];
}

const byIndex = (a: string, b: string) => Number(a.slice(1)) - Number(b.slice(1));

/**
 * Reads an Einsum equation against the shapes of its operands.
 *
 * @throws when it is malformed or its dimensions disagree.
 */
export function parseEinsum(equation: string, shapes: readonly Shape[]): EinsumEquation {
  const [left = '', right, ...rest] = equation.replace(/\s/g, '').split('->');
  const terms = left.split(',');
  if (rest.length > 0 || terms.length !== shapes.length) {
    throw new Error(`Expected an equation for ${shapes.length} operands, got "${equation}".`);
  }
  const letters = (term: string) => term.replace('...', '').length;
  const hidden = terms.map((term, i) =>
    term.includes('...') ? (shapes[i] ?? []).length - letters(term) : 0,
  );
  const most = Math.max(0, ...hidden);
  const sizes = new Map<string, number>();
  const operands = terms.map((term, i) => {
    const shape = shapes[i] ?? [];
    const labels = labelsOf(term, Math.max(0, hidden[i] ?? 0)).map((label) =>
      label.startsWith('.') ? `.${Number(label.slice(1)) + most - (hidden[i] ?? 0)}` : label,
    );
    if (labels.length !== shape.length) {
      throw new Error(`Expected rank ${labels.length} for "${term}", got shape ${brackets(shape)}.`);
    }
    for (const [axis, label] of labels.entries()) {
      const size = shape[axis] ?? 1;
      const known = sizes.get(label) ?? 1;
      if (known !== 1 && size !== 1 && known !== size) {
        throw new Error(`Label "${label}" of "${equation}" stands for both ${known} and ${size}.`);
      }
      sizes.set(label, known === 1 ? size : known);
    }
    return labels;
  });
  const output = right === undefined ? implicitOutput(operands) : labelsOf(right, most);
  for (const label of output) {
    if (!sizes.has(label)) throw new Error(`Output label "${label}" of "${equation}" has no operand.`);
  }
  if (new Set(output).size < output.length) throw new Error(`An output label repeats in "${equation}".`);
  return { operands, output, sizes };
}

export const einsum: ShapeRule = (context) => {
  const types = allOperands(context);
  const equation = stringAttribute(context.node, 'equation', '');
  const { output, sizes } = parseEinsum(
    equation,
    types.map((type) => type.shape),
  );
  return [{ elementType: sameElementType(types), shape: output.map((label) => sizes.get(label) ?? 1) }];
};
