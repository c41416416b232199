import { UserError } from '../../errors.js';
import { readCodebook } from '../../zoo/codebook.js';
import type { LoadedModel } from '../../zoo/load-model.js';
import { loadModel } from '../../zoo/load-model.js';
import { readWeights } from '../../zoo/read-weights.js';
import { builtCodec } from '../codec/built-codec.js';
import { fileCodec } from '../codec/file-codec.js';
import { CODEBOOK, type StartingPoint } from '../codec/trainable-codec.js';

/**
 * Reads the VQGAN of an installed model, to train it further: an architecture of Easel's with its weights, or ONNX files.
 *
 * @throws UserError when there is no such model, or its VQGAN has no encoder or takes other than the nearest rows.
 */
export async function readStartingPoint(name: string, dataDir: string): Promise<StartingPoint> {
  const model = await loadModel({ name, dataDir });
  const { vqgan } = model.manifest;
  const { decoder, encoder } = vqgan;
  if (!encoder) {
    throw new UserError(
      `Expected \`--from\` to name a model with an encoder, which turns pictures into codes; \`${name}\` has none.`,
    );
  }
  if ('file' in decoder || 'file' in encoder) {
    if (!('file' in decoder) || !('file' in encoder)) {
      throw new UserError(
        `Expected \`--from\` to name a model whose encoder and decoder are of one kind; of \`${name}\` one is an ONNX file and the other is not.`,
      );
    }
    const { codec, parameters } = await fileCodec(model, { decoder, encoder });
    const codebook = (await readCodebook(model)).data as Float32Array; // a codebook is float32
    return {
      codec,
      weights: (parameter) =>
        parameter === CODEBOOK ? codebook : (parameters.get(parameter)?.data as Float32Array), // declared by the codec
    };
  }
  if (decoder.architecture === 'vqgan' && decoder.config.quantiser !== 'nearest') {
    throw new UserError(
      `Expected \`--from\` to name a model with the nearest-row quantiser; \`${name}\` has the ${decoder.config.quantiser} one.`,
    );
  }
  const { factor, codes, dim: width, range } = vqgan;
  const codec = builtCodec({ decoder, encoder, factor, codes, width, range });
  return { codec, weights: await weightsOf(model, { decoder: decoder.weights, encoder: encoder.weights }) };
}

async function weightsOf(
  model: LoadedModel,
  files: { readonly decoder: string; readonly encoder: string },
): Promise<StartingPoint['weights']> {
  const { weights: ofDecoder } = await readWeights(model, files.decoder);
  const { weights: ofEncoder } = await readWeights(model, files.encoder);
  const codebook = await readCodebook(model);
  return (parameter, shape) => {
    if (parameter === CODEBOOK) return codebook.data as Float32Array; // a codebook is float32
    const isEncoder = /^(encoder\.|quant_conv\.)/.test(parameter);
    return (isEncoder ? ofEncoder : ofDecoder)(parameter, shape).data as Float32Array; // widened when read
  };
}
