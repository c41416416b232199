import { gradients } from 'onnx-gradients';
import { GraphBuilder, type Model, type Value } from 'onnx-gradients/graph';
import * as op from 'onnx-gradients/ops';
import type { CodeTransformerConfig } from '../../contracts/architectures.js';
import { codePlan, codeSequence, placesOf } from '../../zoo/architectures/code-transformer.js';
import { declareNetwork, type Layout } from '../parameters.js';
import { crossEntropy } from './cross-entropy.js';

/** Inputs and outputs beside parameters and their gradients. */
export const TRANSFORMER_NAMES = {
  /** int64 [batch, context] */
  ids: 'ids',
  /** int64 [batch, places, 3]: the codes to the left, above and above right of each place. */
  near: 'near',
  /** int64 [batch · places] */
  targets: 'targets',
  /** Nats a code. */
  nats: 'loss/nats',
  gradient: 'gradient/',
} as const;

export interface TransformerGraph {
  readonly model: Model;
  readonly layout: Layout;
}

/** One step of training: how unlikely the next codes are, and the gradient of each parameter (Esser et al. 2021, eq. 11). */
export function transformerStep(config: CodeTransformerConfig, batch: number): TransformerGraph {
  const { b, logits, gradient, layout } = likelihood(config, batch);
  const names = [...layout.places.keys()];
  const found = gradients(b, {
    of: [{ value: logits, cotangent: gradient }],
    wrt: names.map((name) => b.value(name)),
  });
  for (const [index, name] of names.entries()) {
    const gradient = found[index];
    if (gradient) b.output(gradient, TRANSFORMER_NAMES.gradient + name);
  }
  return { model: b.build('transformer-step'), layout };
}

/** The loss alone, to measure by. */
export function transformerLikelihood(config: CodeTransformerConfig, batch: number): Model {
  return likelihood(config, batch).b.build('transformer-likelihood');
}

interface Likelihood {
  readonly b: GraphBuilder;
  readonly logits: Value;
  /** Of the loss by the logits. */
  readonly gradient: Value;
  readonly layout: Layout;
}

function likelihood(config: CodeTransformerConfig, batch: number): Likelihood {
  const b = new GraphBuilder();
  const places = placesOf(config);
  // Devices have no int64; as int32 the indices' own arithmetic runs there too.
  const integers = (name: string, shape: readonly number[]) =>
    op.cast(b, b.input(name, { elementType: 'int64', shape }), 'int32');
  const ids = integers(TRANSFORMER_NAMES.ids, [batch, config.context]);
  const near = integers(TRANSFORMER_NAMES.near, [batch, places, 3]);
  const targets = integers(TRANSFORMER_NAMES.targets, [batch * places]);
  const { network, layout } = declareNetwork(b);
  const logits = codeSequence(network, { config, near, plan: codePlan(network, config, ids) });
  const { loss, gradient } = crossEntropy(b, logits, targets);
  b.output(loss, TRANSFORMER_NAMES.nats);
  return { b, logits, gradient, layout: layout() };
}
