import { gradients } from 'onnx-gradients';
import { float32, GraphBuilder, int64, type Model } from 'onnx-gradients/graph';
import * as op from 'onnx-gradients/ops';
import type { Random } from '../../src/paint/random.js';
import type { Feeds } from '../../src/runtime/runtime.js';
import { vqganCodec } from '../../src/train/codec/built-codec.js';
import { transformerStep } from '../../src/train/graphs/transformer-step.js';
import { vqganStep } from '../../src/train/graphs/vqgan-step.js';
import type { Layout } from '../../src/train/parameters.js';
import type { KernelCase, TrainCase } from './cases.js';

/** A case's graph, what its parameters are, and one random batch. */
export interface Prepared {
  readonly model: Model;
  readonly layouts: readonly Layout[];
  readonly feeds: Feeds;
}

export function prepare(entry: TrainCase, random: Random): Prepared {
  const { batch } = entry;
  const floats = (shape: readonly number[]) =>
    float32(
      shape,
      Float32Array.from({ length: sizeOf(shape) }, () => 2 * random.uniform() - 1),
    );
  const integers = (shape: readonly number[], below: number) =>
    int64(
      shape,
      Array.from({ length: sizeOf(shape) }, () => random.integer(below)),
    );
  if (entry.network === 'kernel') {
    const { model, shapes } = kernelGraph(entry, batch);
    const feeds = Object.fromEntries(Object.entries(shapes).map(([name, shape]) => [name, floats(shape)]));
    return { model, layouts: [], feeds };
  }
  if (entry.network === 'transformer') {
    const { config } = entry;
    const { model, layout } = transformerStep(config, batch);
    const places = config.grid[0] * config.grid[1];
    const feeds = {
      ids: integers([batch, config.context], config.vocabulary),
      near: integers([batch, places, 3], config.codes + 1),
      targets: integers([batch * places], config.codes),
    };
    return { model, layouts: [layout], feeds };
  }
  const { config, side, discriminator } = entry;
  const graph = vqganStep({
    ...{ codec: vqganCodec(config), batch, side, codebook: 'loss', commitment: 0.25 },
    ...(discriminator && { adversarial: { shape: discriminator, loss: 'hinge', weight: 0.8 } }),
  });
  const layouts = [graph.layout, ...(graph.adversary ? [graph.adversary] : [])];
  return { model: graph.model, layouts, feeds: { picture: floats([batch, 3, side, side]) } };
}

/** The runtime leaves the convolution itself out, since nobody asks for its output. */
function kernelGraph({ from, to, kernel, stride, side }: KernelCase, batch: number) {
  const b = new GraphBuilder();
  const x = b.input('x', { elementType: 'float32', shape: [batch, from, side, side] });
  const w = b.input('w', { elementType: 'float32', shape: [to, from, kernel, kernel] });
  const pad = Math.floor((kernel - 1) / 2);
  const y = op.conv(b, x, w, { strides: [stride, stride], pads: [pad, pad, pad, pad] });
  const cotangent = b.input('g', y.type);
  const [gradient] = gradients(b, { of: [{ value: y, cotangent }], wrt: [w] });
  if (!gradient) throw new Error('A convolution depends on its kernel.');
  b.output(gradient, 'gradient');
  return { model: b.build('kernel-gradient'), shapes: { x: x.type.shape, w: w.type.shape, g: y.type.shape } };
}

const sizeOf = (shape: readonly number[]) => shape.reduce((all, size) => all * size, 1);
