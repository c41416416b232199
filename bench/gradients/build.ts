import { gradients, rematerialise } from 'onnx-gradients';
import { fold, GraphBuilder, type Model } from 'onnx-gradients/graph';
import type { PaintNetworks } from '../../src/paint/graphs/networks.js';
import {
  decodeGraph,
  fusedStepGraph,
  guidanceGraph,
  updateGraph,
} from '../../src/paint/graphs/step-graphs.js';
import type { ClipVitConfig } from '../../src/zoo/architectures/clip-config.js';
import { clipImageTower } from '../../src/zoo/architectures/clip-image.js';
import { randomWeights } from '../../src/zoo/architectures/random-weights.js';
import { factorOf, type VqganConfig } from '../../src/zoo/architectures/vqgan-config.js';
import { vqganDecoder } from '../../src/zoo/architectures/vqgan-decoder.js';
import type { GradientCase, StepCase } from './cases.js';

/** A graph and how often one unit of the case's work runs it. */
export interface Part {
  readonly model: Model;
  readonly times: number;
}

const weights = randomWeights(1);

/** Forward and vector–Jacobian product to the input: `input`, `cotangent` → `output`, `gradient`. */
export function gradientParts({ network, config, input }: GradientCase): readonly Part[] {
  const builder = new GraphBuilder({ fold });
  const given = builder.input('input', { elementType: 'float32', shape: input });
  const output =
    network === 'decoder'
      ? vqganDecoder({ builder, weights }, { config: config as VqganConfig, latent: given }) // paired in cases.ts
      : clipImageTower({ builder, weights }, { config: config as ClipVitConfig, pixels: given });
  const cotangent = builder.input('cotangent', output.type);
  const [gradient] = gradients(builder, { of: [{ value: output, cotangent }], wrt: [given] });
  if (!gradient) throw new Error('The output does not depend on the input.');
  builder.output(gradient, 'gradient');
  builder.output(output, 'output');
  return [{ model: rematerialise(builder.build(network)), times: 1 }];
}

/** A whole painting step as the painter runs it: one graph, or parts with the guidance once a chunk. */
export function stepParts({ vqgan, clip, side, cutouts, chunk }: StepCase): readonly Part[] {
  const cells = side / factorOf(vqgan);
  const shape = { dim: vqgan.embeddingWidth, rows: cells, columns: cells };
  const networks = fullSize(vqgan, clip);
  const [tower] = networks.clips;
  if (!tower) throw new Error('The networks have no CLIP.');
  if (chunk === cutouts)
    return [{ model: fusedStepGraph(networks, { shape, clip: tower, cutouts }), times: 1 }];
  return [
    { model: decodeGraph(networks, shape), times: 1 },
    { model: guidanceGraph(tower, { height: side, width: side, cutouts: chunk }), times: cutouts / chunk },
    { model: updateGraph(networks, { shape, height: side, width: side }), times: 1 },
  ];
}

function fullSize(vqgan: VqganConfig, clip: ClipVitConfig): PaintNetworks {
  return {
    decode: (builder, latent) => vqganDecoder({ builder, weights }, { config: vqgan, latent }),
    range: [-1, 1],
    codebook: weights('quantize.embedding.weight', [vqgan.codes, vqgan.embeddingWidth]),
    clips: [
      {
        image: (builder, pixels) => clipImageTower({ builder, weights }, { config: clip, pixels }),
        size: clip.size,
        range: [0, 1],
        mean: [0.48145466, 0.4578275, 0.40821073],
        std: [0.26862954, 0.26130258, 0.27577711],
      },
    ],
  };
}
