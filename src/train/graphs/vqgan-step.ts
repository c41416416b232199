import { gradients } from 'onnx-gradients';
import { elementCount, GraphBuilder, type Model, type Value } from 'onnx-gradients/graph';
import * as op from 'onnx-gradients/ops';
import type { ClipNetwork } from '../../paint/graphs/networks.js';
import { parameter } from '../../zoo/architectures/weight-source.js';
import { CODEBOOK, type CodecNetworks } from '../codec/trainable-codec.js';
import { type Declared, declareNetwork, type Layout } from '../parameters.js';
import { adaptiveWeight } from './adaptive-weight.js';
import {
  type AdversarialLoss,
  type DiscriminatorShape,
  discriminator,
  discriminatorLoss,
} from './discriminator.js';
import { absoluteError, meanOf, meanSquare, scaled } from './emit.js';
import { perceptualDistance } from './perceptual.js';
import { type Quantised, quantise } from './quantise.js';

/** Inputs and outputs of the step beside parameters and their gradients. */
export const NAMES = {
  picture: 'picture',
  held: 'held',
  indices: 'indices',
  cells: 'cells',
  gradient: 'gradient/',
  loss: 'loss/',
} as const;

export interface VqganStepOptions {
  readonly codec: CodecNetworks;
  readonly batch: number;
  /** Side of the square pictures. */
  readonly side: number;
  /** How the codebook learns: by a loss with the other weights, or as running means of what it is assigned. */
  readonly codebook: 'loss' | 'ema';
  /** The indices are an input, `held`, int64 [cells], instead of those of the nearest rows: for comparing runs. */
  readonly holdsCodes?: boolean;
  /** Weight of the commitment, β. */
  readonly commitment: number;
  readonly perceptual?: { readonly tower: ClipNetwork; readonly weight: number } | undefined;
  readonly adversarial?: {
    readonly shape: DiscriminatorShape;
    readonly loss: AdversarialLoss;
    /** Times the adaptive λ. */
    readonly weight: number;
  };
}

export interface StepGraph {
  readonly model: Model;
  readonly layout: Layout;
  /** The discriminator's, whose names have the prefix `discriminator/` in the graph. */
  readonly adversary?: Layout;
  /** Names of the scalars behind `loss/`. */
  readonly losses: readonly string[];
}

export const ADVERSARY = 'discriminator/';

/**
 * One step of training a VQGAN (Esser et al. 2021, eq. 2 to 7): a batch of pictures [batch, 3, side, side] in −1…1 and all
 * parameters to the losses and the gradient of each parameter (`gradient/NAME`), and what the codebook was assigned.
 *
 * The quantised latent has no gradient path to the encoder; its gradient is handed on as the encoder's own (straight
 * through), with the commitment's added.
 */
export function vqganStep(options: VqganStepOptions): StepGraph {
  const { codec, batch, side, adversarial } = options;
  const b = new GraphBuilder();
  const picture = b.input(NAMES.picture, { elementType: 'float32', shape: [batch, 3, side, side] });
  const places = batch * (side / codec.factor) ** 2;
  const held = options.holdsCodes
    ? b.input(NAMES.held, { elementType: 'int64', shape: [places] })
    : undefined;
  const parts = codecParts(b, codec, picture, held);
  const { latent, quantised, reconstruction, layout } = parts;

  const error = absoluteError(b, reconstruction, picture);
  const losses: Record<string, Value> = { l1: error.loss };
  let pull = error.gradient;
  if (options.perceptual) {
    const { tower, weight } = options.perceptual;
    const distance = perceptualDistance(b, tower, reconstruction, picture);
    losses.perceptual = distance;
    pull = op.add(b, pull, gradientOf(b, distance, reconstruction, weight));
  }
  const adversary = adversarial && addAdversary(b, { ...parts, picture, pull }, adversarial);
  if (adversary) {
    pull = adversary.pull;
    Object.assign(losses, adversary.losses);
  }

  const distance = meanSquare(b, latent, quantised.latent);
  losses.codebook = distance;
  // Both halves of eq. 2 are this distance, with the gradient to one side only: 2/N·(z − z_q) and its negative.
  const apart = scaled(b, op.sub(b, latent, quantised.latent), 2 / elementCount(latent.type.shape));
  const byDecoder = gradients(b, {
    of: [{ value: reconstruction, cotangent: pull }],
    wrt: [quantised.latent, ...parts.decoder],
  });
  const [through, ...decoderGradients] = byDecoder;
  if (!through) throw new Error('The reconstruction does not depend on the latent.');
  const byEncoder = gradients(b, {
    of: [{ value: latent, cotangent: op.add(b, through, scaled(b, apart, options.commitment)) }],
    wrt: parts.encoder,
  });
  const byParameter = new Map<Value, Value | undefined>([
    ...parts.decoder.map((value, index) => [value, decoderGradients[index]] as const),
    ...parts.encoder.map((value, index) => [value, byEncoder[index]] as const),
  ]);
  if (options.codebook === 'loss') {
    const [gradient] = gradients(b, {
      of: [{ value: quantised.latent, cotangent: op.neg(b, apart) }],
      wrt: [parts.codebook],
    });
    byParameter.set(parts.codebook, gradient);
  }
  for (const [value, gradient] of byParameter) if (gradient) b.output(gradient, NAMES.gradient + value.name);
  for (const [name, value] of Object.entries(losses)) b.output(value, NAMES.loss + name);
  b.output(quantised.indices, NAMES.indices);
  b.output(quantised.cells, NAMES.cells);
  return {
    model: b.build('vqgan-step'),
    layout,
    losses: Object.keys(losses),
    ...(adversary && { adversary: adversary.layout }),
  };
}

interface CodecParts {
  readonly latent: Value;
  readonly quantised: Quantised;
  readonly reconstruction: Value;
  readonly encoder: readonly Value[];
  readonly decoder: readonly Value[];
  readonly codebook: Value;
  readonly layout: Layout;
}

/** Encoder, codebook and decoder over one set of parameters, which are the graph's inputs. */
export function codecParts(b: GraphBuilder, codec: CodecNetworks, picture: Value, held?: Value): CodecParts {
  const declared = declareNetwork(b);
  const added = parametersAddedBy(b, declared);
  const latent = codec.encoder(declared.network, picture);
  const encoder = added();
  const codebook = parameter(declared.network, CODEBOOK, [codec.codes, codec.width]);
  added();
  const quantised = quantise(b, latent, codebook, held);
  const reconstruction = codec.decoder(declared.network, quantised.latent);
  return {
    latent,
    quantised,
    reconstruction,
    encoder,
    decoder: added(),
    codebook,
    layout: declared.layout(),
  };
}

/** Each call tells the parameters that were declared since the last. */
function parametersAddedBy(b: GraphBuilder, declared: Declared): () => readonly Value[] {
  let known = 0;
  return () => {
    const names = [...declared.layout().places.keys()];
    const fresh = names.slice(known).map((name) => b.value(name));
    known = names.length;
    return fresh;
  };
}

type Adversarial = NonNullable<VqganStepOptions['adversarial']>;

/**
 * Adds the discriminator: its own loss and gradients, and λ times what it wants of the reconstruction. The scores of the
 * reconstruction serve both sides, since both see the same weights in a step.
 */
function addAdversary(
  b: GraphBuilder,
  {
    reconstruction,
    decoder,
    picture,
    pull,
  }: Pick<CodecParts, 'reconstruction' | 'decoder'> & { readonly picture: Value; readonly pull: Value },
  { shape, loss, weight }: Adversarial,
) {
  const declared = declareNetwork(b);
  const declare: typeof declared.network.declare = (name, size) =>
    declared.network.declare?.(ADVERSARY + name, size) ?? b.value(name);
  const network = { ...declared.network, declare };
  const fake = discriminator(network, reconstruction, shape);
  const real = discriminator(network, picture, shape);
  const generator = op.neg(b, meanOf(b, fake));
  const own = discriminatorLoss(b, loss, real, fake);
  const weights = [...declared.layout().places.keys()].map((name) => b.value(name));
  const ownGradients = gradients(b, { of: [{ value: own, cotangent: b.scalar(1) }], wrt: weights });
  weights.forEach((value, index) => {
    const gradient = ownGradients[index];
    if (gradient) b.output(gradient, NAMES.gradient + value.name);
  });
  const wish = gradientOf(b, generator, reconstruction, 1);
  // The last layer that both losses reach.
  const last = decoder.filter(({ type }) => type.shape.length > 1).at(-1);
  if (!last) throw new Error('The decoder has no kernels.');
  const byLast = (cotangent: Value) => {
    const [gradient] = gradients(b, { of: [{ value: reconstruction, cotangent }], wrt: [last] });
    if (!gradient) throw new Error(`The reconstruction does not depend on ${last.name}.`);
    return gradient;
  };
  const lambda = adaptiveWeight(b, byLast(pull), byLast(wish), weight);
  return {
    pull: op.add(b, pull, op.mul(b, wish, lambda)),
    losses: { generator, discriminator: own, lambda },
    layout: declared.layout(),
  };
}

/** weight·dloss/dvalue of a scalar loss. */
function gradientOf(b: GraphBuilder, loss: Value, value: Value, weight: number): Value {
  const [gradient] = gradients(b, { of: [{ value: loss, cotangent: b.scalar(weight) }], wrt: [value] });
  if (!gradient) throw new Error(`The loss "${loss.name}" does not depend on "${value.name}".`);
  return gradient;
}
