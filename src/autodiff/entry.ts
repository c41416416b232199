import type { Rule } from './rule.js';

/** What the differentiator does with an operator. */
export type Entry =
  | {
      readonly kind: 'rule';
      readonly rule: Rule;
      /** The output is a broadcast of the inputs, and the rule takes a gradient that merely broadcasts to the output. */
      readonly elementwise: boolean;
      /** The gradient as docs/operators.md prints it: g = dL/dy, inputs and output as the specification names them. */
      readonly formula: string;
      readonly limits: string;
    }
  /** Piecewise constant or not of floats: its gradient is zero wherever it exists. */
  | { readonly kind: 'flat'; readonly reason: string }
  | { readonly kind: 'refused'; readonly reason: string };

export type Entries = Readonly<Record<string, Entry>>;

/** A rule for any operator. */
export const gradient = (rule: Rule, formula: string, limits = ''): Entry => ({
  kind: 'rule',
  rule,
  elementwise: false,
  formula,
  limits,
});

/** A rule for an operator that acts on each element of its broadcast inputs. */
export const elementwise = (rule: Rule, formula: string, limits = ''): Entry => ({
  kind: 'rule',
  rule,
  elementwise: true,
  formula,
  limits,
});

export const flat = (reason: string): Entry => ({ kind: 'flat', reason });

export const refused = (reason: string): Entry => ({ kind: 'refused', reason });
