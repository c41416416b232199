import type { GraphBuilder, Value } from 'onnx-gradients/graph';
import * as op from 'onnx-gradients/ops';

/** How many prompts a graph takes; unused places have weight 0, so that another prompt needs no other graph. */
export const PROMPT_PLACES = 32;

/** The inputs that say what to paint. */
export interface PromptInputs {
  /** [places, width], rows of length 1. */
  readonly embeddings: Value;
  /** [places] */
  readonly weights: Value;
  /** [places]: signed distances under which a prompt stops pulling. */
  readonly stops: Value;
}

/** Declares the prompt inputs of a graph for embeddings of this width. */
export function promptInputs(b: GraphBuilder, width: number): PromptInputs {
  const input = (name: string, shape: readonly number[]) =>
    b.input(`prompts.${name}`, { elementType: 'float32', shape });
  return {
    embeddings: input('embeddings', [PROMPT_PLACES, width]),
    weights: input('weights', [PROMPT_PLACES]),
    stops: input('stops', [PROMPT_PLACES]),
  };
}

export interface SphericalLoss {
  /** A scalar: Σ_j |w_j|·Σ_i share·max(d_ij·sign w_j, stop_j). */
  readonly loss: Value;
  /** dL/du, of u's shape. */
  readonly cotangent: Value;
  /** A scalar: the weight of all pairs of cutout and prompt that still pull; 0 when every stop is reached. */
  readonly pulling: Value;
}

export interface SphericalLossOptions {
  /** u: cutout embeddings [n, width], of any length. */
  readonly embeddings: Value;
  readonly prompts: PromptInputs;
  /** A scalar: what one cutout counts, 1/n over all chunks, times CLIP's weight. */
  readonly share: Value;
}

/**
 * The squared great-circle distance d = 2·arcsin(‖û − ê‖/2)² = θ²/2 between cutouts and prompts (Crowson et al. 2022) and
 * its gradient in closed form:
 *
 *   ∂d/∂u = −(θ/sin θ)·(ê − cos θ·û)/‖u‖,
 *
 * which, unlike the derivative of the formula step by step, is finite at θ = 0. A pair whose signed distance
 * d·sign w has fallen below its stop gets no gradient.
 */
export function sphericalLoss(b: GraphBuilder, options: SphericalLossOptions): SphericalLoss {
  const { embeddings, prompts, share } = options;
  const lengths = op.sqrt(b, op.add(b, op.reduceSumSquare(b, embeddings, [1]), b.scalar(1e-12)));
  const units = op.div(b, embeddings, lengths);
  const cosines = op.clip(
    b,
    op.matMul(b, units, op.transpose(b, prompts.embeddings, [1, 0])),
    b.scalar(-1),
    b.scalar(1),
  );
  const { angle, angleOverSine } = angles(b, cosines);
  const distance = op.mul(b, op.mul(b, angle, angle), b.scalar(0.5));
  const signed = op.mul(b, distance, op.sign(b, prompts.weights));
  const size = op.abs(b, prompts.weights);
  const costs = op.mul(b, op.max(b, [signed, prompts.stops]), size);
  const pulls = op.cast(b, op.greaterOrEqual(b, signed, prompts.stops), 'float32');
  // share·w_ij·θ/sin θ, for pairs that still pull.
  const pairs = op.mul(b, op.mul(b, pulls, op.mul(b, prompts.weights, share)), angleOverSine);
  const along = op.mul(b, op.reduceSum(b, op.mul(b, pairs, cosines), [1]), units);
  const towards = op.matMul(b, pairs, prompts.embeddings);
  return {
    loss: op.mul(b, op.reduceSum(b, costs, [0, 1], false), share),
    cotangent: op.div(b, op.sub(b, along, towards), lengths),
    pulling: op.reduceSum(b, op.mul(b, pulls, size), [0, 1], false),
  };
}

/** arccos(a) ≈ √(1 − a)·P(a) on [0, 1], error below 2·10⁻⁸ (Abramowitz and Stegun 4.4.46). */
const ARC_COSINE = [
  1.570796305, -0.2145988016, 0.0889789874, -0.0501743046, 0.030891881, -0.0170881256, 0.0066700901,
  -0.0012624911,
];

/**
 * θ and θ/sin θ from cos θ. With a = |cos θ|, sin θ = √((1 − a)(1 + a)), so that for acute angles the root that vanishes at
 * θ = 0 cancels: θ/sin θ = P(a)/√(1 + a). (The polynomial also spares Acos, which not every provider has.)
 */
function angles(b: GraphBuilder, cosines: Value): { readonly angle: Value; readonly angleOverSine: Value } {
  const a = op.abs(b, cosines);
  const polynomial = ARC_COSINE.reduceRight<Value | undefined>(
    (sum, coefficient) => (sum ? op.add(b, op.mul(b, sum, a), b.scalar(coefficient)) : b.scalar(coefficient)),
    undefined,
  );
  if (!polynomial) throw new Error('The polynomial has coefficients.');
  const vanishing = op.sqrt(b, op.sub(b, b.scalar(1), a));
  const lasting = op.sqrt(b, op.add(b, b.scalar(1), a));
  const acuteAngle = op.mul(b, vanishing, polynomial);
  const acute = op.greaterOrEqual(b, cosines, b.scalar(0));
  const angle = op.where(b, acute, acuteAngle, op.sub(b, b.scalar(Math.PI), acuteAngle));
  const sine = op.max(b, [op.mul(b, vanishing, lasting), b.scalar(1e-6)]);
  const angleOverSine = op.where(b, acute, op.div(b, polynomial, lasting), op.div(b, angle, sine));
  return { angle, angleOverSine };
}
