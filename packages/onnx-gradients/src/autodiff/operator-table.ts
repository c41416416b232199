import { convertedOperators } from '../onnx/opsets/conversions.js';
import type { Entry } from './entry.js';
import { OPERATORS, REFUSED } from './operators.js';

const HEADER = `# Operators and their gradients

Made from the table in \`packages/onnx-gradients/src/autodiff/operators.ts\` by \`npm run docs\`; a test fails when it is out of date.

Models of opsets 7 to 28 are brought to opset 18 when they are read: operators that are newer (Gelu, Swish,
GroupNormalization, …) and older ones (Upsample, …) become others, and names, axes and attributes are those of opset 18. In the formulas g is
the gradient of the output, dL/dy; inputs and outputs have the specification's names; a sum or mean without bounds runs
over the axes of the operator, and gradients of broadcast inputs are summed over the axes they were repeated along.

Element types float64, float32, float16 and bfloat16 have gradients, where the provider has the kernels.
`;

const cell = (text: string) => text.replaceAll('|', '\\|');

function row(name: string, entry: Entry): string {
  switch (entry.kind) {
    case 'rule':
      return `| ${name} | ${cell(entry.formula)} | ${cell(entry.limits)} |`;
    case 'flat':
      return `| ${name} | none: ${cell(entry.reason)} | |`;
    case 'refused':
      return `| ${name} | refused: ${cell(entry.reason)} | |`;
  }
}

/** The text of docs/operators.md. */
export function operatorTable(): string {
  const entries = { ...OPERATORS, ...REFUSED };
  const converted = convertedOperators
    .filter((name) => !Object.hasOwn(entries, name))
    .map((name) => `| ${name} | that of the operators of opset 18 it is read as | |`);
  const rows = [...Object.entries(entries).map(([name, entry]) => row(name, entry)), ...converted].sort();
  const counts = (kind: Entry['kind']) =>
    Object.values(entries).filter((entry) => entry.kind === kind).length;
  const summary = `${counts('rule')} operators have a gradient rule, ${counts('flat')} have none to pass on, ${counts('refused')} are refused.`;
  return [HEADER, summary, '', '| Operator | Gradient | Limits |', '|---|---|---|', ...rows, ''].join('\n');
}
