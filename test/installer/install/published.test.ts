import { mkdtemp, readdir, readFile, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { GraphBuilder, type Tensor } from 'onnx-gradients/graph';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { runGraph } from '../../../packages/onnx-gradients/test/support/run-graph.js';
import { writeModel } from '../../../src/installer/install/write-model.js';
import { ownClipPlan, ownPlan } from '../../../src/installer/plan/file-plan.js';
import { readCodebook } from '../../../src/zoo/codebook.js';
import { type LoadedModel, loadModel } from '../../../src/zoo/load-model.js';
import {
  type EmitNetwork,
  readDecoder,
  readEncoder,
  readImageTower,
  readTextTower,
} from '../../../src/zoo/network.js';
import { tinyTokenizer } from '../../support/tiny-model.js';
import { type PackedTensor, relativeError, unpacked } from '../../zoo/architectures/fixture.js';

/** What training/reference/published_fixtures.py writes: files as their code bases save them, and what those compute. */
const PUBLISHED = join(import.meta.dirname, '..', 'published');
const NEAR = 2e-5;

let workshop: string;
let tokenizer: string;

beforeAll(async () => {
  workshop = await mkdtemp(join(tmpdir(), 'easel-published-'));
  tokenizer = join(workshop, 'tokenizer.json');
  await writeFile(tokenizer, JSON.stringify(tinyTokenizer()));
});
afterAll(() => rm(workshop, { recursive: true }));

/** The file of weights in a folder, with its configuration. */
async function filesOf(name: string) {
  const names = await readdir(join(PUBLISHED, name));
  const weights = names.find((file) => !file.endsWith('.json'));
  if (weights === undefined) throw new Error(`There are no weights of ${name}.`);
  return { checkpoint: join(PUBLISHED, name, weights), config: join(PUBLISHED, name, 'config.json') };
}

async function expectedOf(name: string): Promise<(key: string) => Tensor> {
  const values = JSON.parse(await readFile(join(PUBLISHED, name, 'expected.json'), 'utf8')) as Record<
    string,
    PackedTensor
  >; // written by our own script
  return (key) => unpacked(values[key]);
}

/** The model that a VQGAN and a CLIP become. */
async function converted(vqgan: string, clip: string): Promise<LoadedModel> {
  const folder = await mkdtemp(join(workshop, `${vqgan}-${clip}-`));
  const range = [-1, 1] as const;
  const pixels = { mean: [0, 0, 0] as const, std: [1, 1, 1] as const };
  const clips = [
    ownClipPlan({
      ...(await filesOf(clip)),
      ...pixels,
      ...{ name: clip, activation: undefined, tokenizer, byDefault: true },
    }),
  ];
  const plan = ownPlan({ ...(await filesOf(vqgan)), name: 'model', licence: 'CC0-1.0', range }, clips);
  await writeModel(folder, plan, () => undefined);
  return loadModel({ folder });
}

async function outputOf(emit: EmitNetwork, input: Tensor): Promise<Tensor | undefined> {
  const b = new GraphBuilder();
  b.output(emit(b, b.input('input', input)), 'output');
  return (await runGraph(b.build('network'), { input }))['output'];
}

describe.each(['diffusers', 'llamagen', 'maskgit', 'flax'])('the file of a VQGAN by %s', (name) => {
  it('becomes a model that encodes and decodes as its code base does', async () => {
    const model = await converted(name, 'open-clip');
    const expected = await expectedOf(name);
    const { encoder } = model.manifest.vqgan;
    if (!encoder) throw new Error('Expected an encoder.');
    const encoded = await outputOf(await readEncoder(model, encoder), expected('picture'));
    expect(relativeError(encoded, expected('encoded'))).toBeLessThan(NEAR);
    const decoded = await outputOf(await readDecoder(model), expected('latent'));
    expect(relativeError(decoded, expected('decoded'))).toBeLessThan(NEAR);
    expect(relativeError(await readCodebook(model), expected('codebook'))).toBeLessThan(NEAR);
  });
});

describe.each(['hf-clip', 'siglip', 'open-clip'])('the file of a CLIP by %s', (name) => {
  it('becomes towers that embed pictures and texts as its code base does', async () => {
    const model = await converted('maskgit', name);
    const expected = await expectedOf(name);
    const [clip] = model.manifest.clips;
    if (!clip) throw new Error('Expected a CLIP.');
    const image = await outputOf(await readImageTower(model, clip.image), expected('pixels'));
    expect(relativeError(image, expected('image'))).toBeLessThan(NEAR);
    const text = await outputOf(await readTextTower(model, clip.text), expected('ids'));
    expect(relativeError(text, expected('text'))).toBeLessThan(NEAR);
  });
});
