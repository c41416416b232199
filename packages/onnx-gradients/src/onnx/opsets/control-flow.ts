import { attributeOf } from '../attributes.js';
import type { Conversion } from './call.js';

/** What is left of control flow after branches with a known condition were taken. */
const refuse: Conversion = ({ node }) => {
  const hint = attributeOf(node, 'then_branch', 'graph') ? ' with a condition that depends on an input' : '';
  throw new Error(`Control flow${hint} is not supported.`);
};

export const CONTROL_FLOW: Readonly<Record<string, Conversion>> = { If: refuse, Loop: refuse, Scan: refuse };
