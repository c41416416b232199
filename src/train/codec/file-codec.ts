import { writeFile } from 'node:fs/promises';
import { dirname, join } from 'node:path';
import type { GraphBuilder, Tensor, Value } from 'onnx-gradients/graph';
import { decodeModel } from 'onnx-gradients/node';
import * as op from 'onnx-gradients/ops';
import type { CodecReference, Manifest, OnnxReference } from '../../contracts/manifest.js';
import type { LoadedModel } from '../../zoo/load-model.js';
import { verifyOnnx } from '../../zoo/verify-onnx.js';
import { listedFile } from '../export/model-folder.js';
import { type WrittenWeights, writeWeights } from '../export/write-weights.js';
import { viewsOf } from '../parameters.js';
import { CODEBOOK, type TrainableCodec } from './trainable-codec.js';
import { type TrainableFile, trainableFile } from './trainable-file.js';

export interface FileCodec {
  readonly codec: TrainableCodec;
  readonly parameters: ReadonlyMap<string, Tensor>;
}

/** The networks of a model whose VQGAN is ONNX files, without the program that made them. */
export async function fileCodec(
  model: LoadedModel,
  references: { readonly decoder: OnnxReference; readonly encoder: OnnxReference },
): Promise<FileCodec> {
  const { factor, codes, dim, range } = model.manifest.vqgan;
  const open = async ({ file, input, output }: OnnxReference, prefix: string): Promise<TrainableFile> => {
    const { bytes } = await verifyOnnx(model, file);
    const folder = dirname(join(model.folder, file));
    const network = decodeModel(bytes, { name: `${model.manifest.name}/${file}`, folder });
    return trainableFile(network, { input, output, prefix });
  };
  const decoder = await open(references.decoder, 'decoder/');
  const encoder = await open(references.encoder, 'encoder/');
  const [low, high] = range;
  const [scale, middle] = [(high - low) / 2, (high + low) / 2];
  const write = async (folder: string, file: string, network: TrainableFile, weights: WrittenWeights) => {
    const views = viewsOf(weights.layout, weights.weights);
    const trained = (name: string) => {
      const value = views[name];
      if (!value) throw new Error(`"${name}" was not trained.`);
      return value;
    };
    await writeFile(join(folder, file), network.with(trained), { flush: true });
    return listedFile(folder, file, 'float32');
  };
  const codec: TrainableCodec = {
    ...{ factor, codes, width: dim },
    identity: model.manifestHash,
    encoder: (network, picture) =>
      encoder.emit(network, affine(network.builder, picture, { scale, shift: middle })),
    decoder: (network, latent) =>
      affine(network.builder, decoder.emit(network, latent), { scale: 1 / scale, shift: -middle / scale }),
    write: async (folder, step, weights) => {
      const names = {
        decoder: `vqgan-decoder-${step}.onnx`,
        encoder: `vqgan-encoder-${step}.onnx`,
        codebook: `vqgan-${step}.safetensors`,
      } as const;
      const files: Manifest['files'] = {
        ...(await write(folder, names.decoder, decoder, weights)),
        ...(await write(folder, names.encoder, encoder, weights)),
        ...(await writeWeights(folder, names.codebook, weights, [CODEBOOK])),
      };
      const reference = (file: string, from: OnnxReference): CodecReference => ({ ...from, file });
      return {
        decoder: reference(names.decoder, references.decoder),
        encoder: reference(names.encoder, references.encoder),
        codebook: { weights: names.codebook, tensor: CODEBOOK, unitRows: false },
        range: [...range],
        files,
      };
    },
  };
  return { codec, parameters: new Map([...decoder.parameters, ...encoder.parameters]) };
}

function affine(
  b: GraphBuilder,
  value: Value,
  { scale, shift }: { readonly scale: number; readonly shift: number },
): Value {
  const scaled = scale === 1 ? value : op.mul(b, value, b.scalar(scale));
  return shift === 0 ? scaled : op.add(b, scaled, b.scalar(shift));
}
