import { type Conversion, keep, without } from './call.js';

/** Cast-19's `saturate` and Cast-24's `round_mode` concern float8 only. */
const cast: Conversion = (call) =>
  keep(call, { attributes: without(call.node.attributes, 'saturate', 'round_mode') });

/** Operators that gained attributes the working opset does not know. */
export const ATTRIBUTES: Readonly<Record<string, Conversion>> = {
  Cast: cast,
  CastLike: cast,
};
