import { float32, fold, GraphBuilder, type Shape, type Tensor, tensor } from 'onnx-gradients/graph';
import { describe, expect, it } from 'vitest';
import { runGraph } from '../../packages/onnx-gradients/test/support/run-graph.js';
import { loadModel } from '../../src/zoo/load-model.js';
import { type EmitNetwork, readDecoder, readImageTower, readTextTower } from '../../src/zoo/network.js';
import { createTokenizer } from '../../src/zoo/tokenizer.js';

const pocket = await loadModel({ name: 'pocket' });
const { vqgan, clips } = pocket.manifest;
const [clip] = clips;

/** A network's output at fixed dimensions, read and folded as painting does it. */
async function outputOf(network: EmitNetwork, input: Tensor): Promise<Float32Array> {
  const b = new GraphBuilder({ fold });
  b.output(network(b, b.input('input', input)), 'output');
  const { output } = await runGraph(b.build('network'), { input });
  if (!(output?.data instanceof Float32Array)) throw new Error('Expected float32.');
  return output.data;
}

function ramp(shape: Shape, [from, to]: readonly [number, number]): Tensor {
  const length = shape.reduce((product, dimension) => product * dimension, 1);
  return float32(
    shape,
    Float32Array.from({ length }, (_, index) => from + ((to - from) * index) / (length - 1)),
  );
}

/** PyTorch's numbers for the networks before their weights were stored in half precision; the text tower’s after. */
describe('the pocket networks give what PyTorch gave', () => {
  it('decoder', async () => {
    const image = await outputOf(await readDecoder(pocket), ramp([1, vqgan.dim, 16, 16], [-1, 1]));
    const mean = image.reduce((sum, value) => sum + value, 0) / image.length;
    const variance = image.reduce((sum, value) => sum + (value - mean) ** 2, 0) / image.length;
    expect(image.length).toBe(3 * 128 * 128);
    expect(mean).toBeCloseTo(0.305277, 4);
    expect(Math.sqrt(variance)).toBeCloseTo(0.123167, 4);
  });

  it('image tower', async () => {
    if (!clip) throw new Error('The pocket model has a CLIP.');
    const { size } = clip.image;
    const tower = await readImageTower(pocket, clip.image);
    const embedding = await outputOf(tower, ramp([1, 3, size, size], [0, 1]));
    for (const [index, expected] of [0.461674, 0.093611, -0.354034, -0.141829].entries()) {
      expect(embedding[index]).toBeCloseTo(expected, 3);
    }
  });

  it('text tower, behind the tokenizer', async () => {
    if (!clip) throw new Error('The pocket model has a CLIP.');
    const { context } = clip.text;
    const tokenize = createTokenizer(await pocket.read(clip.tokenizer.file), { context });
    const ids = tensor('int64', [1, context], tokenize('a red apple'));
    const embedding = await outputOf(await readTextTower(pocket, clip.text), ids);
    for (const [index, expected] of [-0.516313, 0.019539, 0.324968, 0.3442].entries()) {
      expect(embedding[index]).toBeCloseTo(expected, 3);
    }
  });
});

describe('the words of the embedded model', () => {
  it.each([
    ['a fjord in the universe', 'a lake in the galaxy'],
    ['gloomy villages', 'sad village'],
    ['sandcastles in a snowstorm', 'sand castles in a snows storm'],
    ['a teahouse at lamplight', 'a tea house at lamp light'],
    ['amongst carnations', 'zzyzx zzyzx'], // known in no part
    ['dapple', 'zzyzx'], // no apple
  ])('may stand for others: %s', async (said, meant) => {
    if (!clip) throw new Error('A model has a CLIP.');
    const { context } = clip.text;
    const tokenize = createTokenizer(await pocket.read(clip.tokenizer.file), { context });
    expect(tokenize(said)).toEqual(tokenize(meant));
  });
});
