import { mkdir, mkdtemp, readdir, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { openSafetensors } from '../../../src/checkpoints/safetensors/read-safetensors.js';
import { drawScene } from '../../../src/installer/check/test-pictures.js';
import { installModel } from '../../../src/installer/install/install-model.js';
import type { InstallPlan } from '../../../src/installer/install/install-plan.js';
import { removeModel } from '../../../src/installer/install/remove-model.js';
import { createCodec } from '../../../src/paint/latent/codec.js';
import { createRuntime } from '../../../src/runtime/create-runtime.js';
import { loadModel } from '../../../src/zoo/load-model.js';
import { writeSmallFiles } from './small-files.js';

let folder: string;
let dataDir: string;
let plan: InstallPlan;

beforeEach(async () => {
  folder = await mkdtemp(join(tmpdir(), 'easel-install-'));
  dataDir = join(folder, 'data');
  plan = await writeSmallFiles(folder);
});
afterEach(() => rm(folder, { recursive: true }));

const runtimeOf = () => createRuntime({ provider: 'cpu', cacheDir: join(folder, 'cache') });
const install = (changes: Partial<InstallPlan> = {}, unchecked = true) =>
  installModel({
    plan: { ...plan, ...changes },
    dataDir,
    runtime: runtimeOf(),
    report: () => undefined,
    unchecked,
  });
const left = async () => [
  ...(await readdir(join(dataDir, 'models')).catch(() => [])),
  ...(await readdir(join(dataDir, 'installing')).catch(() => [])),
];

describe('an installed model', () => {
  it('has the wanted weights and no ballast, and a manifest that lists and hashes every file', async () => {
    const model = await install();
    expect(await left()).toEqual(['small']);
    const { manifest } = await loadModel({ name: 'small', dataDir });
    expect(manifest).toMatchObject({ format: 2, name: 'small', vqgan: { factor: 4, codes: 32, dim: 4 } });
    expect(manifest.clips[0]).toMatchObject({
      name: 'tiny',
      image: { architecture: 'clip-vit', size: 16 },
      text: { context: 16 },
    });
    expect(Object.keys(manifest.files).sort()).toEqual(
      (await readdir(model.folder)).filter((file) => file !== 'manifest.json').sort(),
    );
    for (const file of Object.keys(manifest.files)) await model.verified(file);
    const weights = openSafetensors(join(model.folder, 'vqgan.safetensors'));
    expect([...weights.tensors.keys()].filter((name) => name.startsWith('loss'))).toEqual([]);
    expect(weights.tensors.has('quantize.embedding.weight')).toBe(true);
    weights.close();
  });

  it('encodes and decodes at any size', async () => {
    const codec = await createCodec(await install(), runtimeOf());
    for (const grid of [
      { rows: 4, columns: 4 },
      { rows: 3, columns: 7 },
    ]) {
      const codes = await codec.encode(drawScene(grid.columns * 4, grid.rows * 4), grid);
      expect(codes).toHaveLength(grid.rows * grid.columns);
      expect(await codec.decode(codes, grid)).toMatchObject({
        width: grid.columns * 4,
        height: grid.rows * 4,
      });
    }
    await codec.release();
  });

  it('is removed with what belongs to it, and nothing else', async () => {
    const { folder: installed } = await install();
    await writeFile(join(installed, 'notes.txt'), 'mine');
    const { bytes, left: kept } = await removeModel('small', dataDir);
    expect(bytes).toBeGreaterThan(100_000);
    expect(kept).toEqual(['notes.txt']);
    expect(await readdir(installed)).toEqual(['notes.txt']);
    await expect(removeModel('small', dataDir)).rejects.toThrow(/Unknown model `small`/);
  });

  it('that is embedded cannot be removed', async () => {
    await expect(removeModel('pocket', dataDir)).rejects.toThrow(/belongs to Easel itself/);
  });
});

describe('a model that cannot be installed', () => {
  it('because the self-check suspects it says which part, and leaves nothing', async () => {
    await expect(install({}, false)).rejects.toThrow(
      /keeps this model out: its VQGAN only gives a picture back at/,
    );
    expect(await left()).toEqual([]);
  });

  it('whose range nobody states tries both out before it is judged', async () => {
    const said: string[] = [];
    const vqgan = { ...plan.vqgan, range: undefined };
    const options = {
      plan: { ...plan, vqgan },
      dataDir,
      runtime: runtimeOf(),
      report: (line: string) => said.push(line),
    };
    await expect(installModel(options)).rejects.toThrow(/picture range \((-1|0)…1\)/);
    expect(said.join('\n')).toMatch(/VQGAN: its pictures range from (-1|0) to 1, as tried/);
  });

  it('because its configuration is of another model leaves nothing', async () => {
    const { published } = plan.vqgan;
    const config = { ...published.network.config, codes: 64 };
    const vqgan = { ...plan.vqgan, published: { ...published, network: { architecture: 'vqgan', config } } };
    await expect(install({ vqgan } as Partial<InstallPlan>)).rejects.toThrow(
      /Expected `quantize.embedding.weight` to have shape \[64, 4\] as the configuration says, got \[32, 4\]/,
    );
    expect(await left()).toEqual([]);
  });

  it('because it is the wrong file says what it is', async () => {
    const [clip] = plan.clips;
    await expect(install({ vqgan: { ...plan.vqgan, path: clip?.path ?? '' } })).rejects.toThrow(
      /Expected the weights of a VQGAN in .*, got the weights of OpenAI's CLIP/,
    );
  });

  it('because its name is taken changes nothing', async () => {
    await mkdir(join(dataDir, 'models', 'small'), { recursive: true });
    await expect(install()).rejects.toThrow(/There is a model `small` already/);
    expect(await readdir(join(dataDir, 'models', 'small'))).toEqual([]);
  });
});
