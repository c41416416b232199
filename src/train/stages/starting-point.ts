import type { Shape } from 'onnx-gradients/graph';
import type { VqganConfig } from '../../contracts/architectures.js';
import { UserError } from '../../errors.js';
import { readCodebook } from '../../zoo/codebook.js';
import { loadModel } from '../../zoo/load-model.js';
import { readWeights } from '../../zoo/read-weights.js';
import { CODEBOOK } from '../graphs/vqgan-step.js';

/** A model to go on from. */
export interface StartingPoint {
  readonly config: VqganConfig;
  /** The values of a parameter. */
  readonly weights: (name: string, shape: Shape) => Float32Array;
}

/**
 * Reads the VQGAN of an installed model, to train it further.
 *
 * @throws UserError when there is no such model, or its VQGAN is not one that Easel builds itself, with an encoder.
 */
export async function readStartingPoint(name: string, dataDir: string): Promise<StartingPoint> {
  const model = await loadModel({ name, dataDir });
  const { decoder, encoder } = model.manifest.vqgan;
  const isOurs =
    'config' in decoder &&
    decoder.architecture === 'vqgan' &&
    encoder &&
    'config' in encoder &&
    encoder.architecture === 'vqgan';
  if (!isOurs) {
    throw new UserError(
      `Expected \`--from\` to name a model whose VQGAN is weights with a configuration (format 2, encoder and decoder); \`${name}\` is not one.`,
    );
  }
  if (decoder.config.quantiser !== 'nearest') {
    throw new UserError(
      `Expected \`--from\` to name a model with the nearest-row quantiser; \`${name}\` has the ${decoder.config.quantiser} one.`,
    );
  }
  const [ofDecoder, ofEncoder] = [
    await readWeights(model, decoder.weights),
    await readWeights(model, encoder.weights),
  ];
  const codebook = await readCodebook(model);
  return {
    config: decoder.config,
    weights: (parameter, shape) => {
      if (parameter === CODEBOOK) return codebook.data as Float32Array; // a codebook is float32
      const isEncoder = /^(encoder\.|quant_conv\.)/.test(parameter);
      return (isEncoder ? ofEncoder : ofDecoder)(parameter, shape).data as Float32Array; // widened when read
    },
  };
}
