import type { GraphBuilder, Value } from 'onnx-gradients/graph';
import * as op from 'onnx-gradients/ops';
import { ADAM } from '../step/schedule.js';

/** What the update of a latent works on. */
export interface AdamState {
  readonly latent: Value;
  readonly first: Value;
  readonly second: Value;
}

export interface AdamRates {
  /** Scalars: the learning rate and 1/(1 − βᵗ) for both moments. */
  readonly learningRate: Value;
  readonly firstCorrection: Value;
  readonly secondCorrection: Value;
}

/** Declares the scalar inputs of an update. */
export function adamRates(b: GraphBuilder): AdamRates {
  const input = (name: string) => b.input(`adam.${name}`, { elementType: 'float32', shape: [] });
  return {
    learningRate: input('learningRate'),
    firstCorrection: input('firstCorrection'),
    secondCorrection: input('secondCorrection'),
  };
}

/** One step of Adam (Kingma and Ba 2015, algorithm 1): m ← β₁m + (1−β₁)g, v ← β₂v + (1−β₂)g², z ← z − α·m̂/(√v̂ + ε). */
export function adam(
  b: GraphBuilder,
  {
    state,
    gradient,
    rates,
  }: { readonly state: AdamState; readonly gradient: Value; readonly rates: AdamRates },
): AdamState {
  const blend = (old: Value, fresh: Value, beta: number) =>
    op.add(b, op.mul(b, old, b.scalar(beta)), op.mul(b, fresh, b.scalar(1 - beta)));
  const first = blend(state.first, gradient, ADAM.beta1);
  const second = blend(state.second, op.mul(b, gradient, gradient), ADAM.beta2);
  const scale = op.sqrt(b, op.mul(b, second, rates.secondCorrection));
  const direction = op.div(
    b,
    op.mul(b, first, rates.firstCorrection),
    op.add(b, scale, b.scalar(ADAM.epsilon)),
  );
  const latent = op.sub(b, state.latent, op.mul(b, direction, rates.learningRate));
  return { latent, first, second };
}
