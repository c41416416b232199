import type { Rule } from './rule.js';

/**
 * What computing an operator again would cost, which decides what a gradient keeps and what it makes twice:
 * a `view` only looks at its operand in another shape; `cheap` work is element-wise, as quick as reading the operands;
 * a `product` does nearly all arithmetic of a network, so time is counted in these; `kept` is all between.
 */
export type Cost = 'view' | 'cheap' | 'kept' | 'product';

interface Common {
  readonly cost: Cost;
}

/** What the differentiator does with an operator. */
export type Entry = Common &
  (
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
    | { readonly kind: 'refused'; readonly reason: string }
  );

export type Entries = Readonly<Record<string, Entry>>;

const withRule =
  (cost: Cost, isElementwise: boolean) =>
  (rule: Rule, formula: string, limits = ''): Entry => ({
    kind: 'rule',
    cost,
    rule,
    elementwise: isElementwise,
    formula,
    limits,
  });

/** A rule for any operator whose result is worth keeping. */
export const gradient = withRule('kept', false);

/** A rule for an operator that acts on each element of its broadcast inputs. */
export const elementwise = withRule('cheap', true);

/** A rule for an operator as cheap as an element-wise one that wants its gradient at full shape. */
export const cheap = withRule('cheap', false);

/** A rule for an operator that moves nothing. */
export const view = withRule('view', false);

/** A rule for an operator whose output is its input: element-wise, and it moves nothing. */
export const alias = withRule('view', true);

/** A rule for a convolution or matrix product. */
export const product = withRule('product', false);

/** An operator that passes no gradient on. */
export const flat = (reason: string, cost: Cost = 'kept'): Entry => ({ kind: 'flat', cost, reason });

export const refused = (reason: string): Entry => ({ kind: 'refused', cost: 'kept', reason });
