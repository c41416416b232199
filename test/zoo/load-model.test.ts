import { cp, mkdtemp, readFile, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { UserError } from '../../src/errors.js';
import { packageRoot } from '../../src/package-root.js';
import { installedModels } from '../../src/zoo/installed-models.js';
import { listModels } from '../../src/zoo/list-models.js';
import { filesInUse, loadModel } from '../../src/zoo/load-model.js';
import { mutateJson } from '../support/mutate-json.js';

let dataDir: string;
let folder: string;

beforeEach(async () => {
  dataDir = await mkdtemp(join(tmpdir(), 'easel-models-'));
  folder = join(dataDir, 'models', 'copy');
  const pocket = join(packageRoot(), 'models', 'pocket');
  for (const file of ['manifest.json', 'codebook.f32', 'tokenizer.json']) {
    await cp(join(pocket, file), join(folder, file));
  }
});
afterEach(() => rm(dataDir, { recursive: true }));

/** Rewrites the copied manifest. */
async function edit(change: (manifest: Record<string, unknown>) => void): Promise<void> {
  const path = join(folder, 'manifest.json');
  const manifest = JSON.parse(await readFile(path, 'utf8'));
  change(manifest);
  await writeFile(path, JSON.stringify(manifest));
}

describe('loadModel', () => {
  it('finds an added model by name and verifies the files it reads', async () => {
    const model = await loadModel({ name: 'copy', dataDir });
    expect((await model.read('codebook.f32')).length).toBe(1024 * 64 * 4);
    expect(model.manifestHash).toMatch(/^[0-9a-f]{64}$/);
  });

  it('calls a model as its folder is called, wherever it is found by name', async () => {
    expect((await loadModel({ folder })).manifest.name).toBe('pocket');
    expect((await loadModel({ name: 'copy', dataDir })).manifest.name).toBe('copy');
    const models = installedModels(dataDir);
    expect((await models.find('copy'))?.name).toBe('copy');
    expect((await models.list()).map(({ name }) => name)).toEqual(['copy', 'pocket']);
  });

  it('lists a folder that no command can name as none', async () => {
    await cp(folder, join(dataDir, 'models', 'my copy'), { recursive: true });
    expect(await listModels(dataDir)).toContainEqual(
      expect.objectContaining({ name: 'my copy', problem: expect.stringContaining('got `my copy`') }),
    );
  });

  it('refuses a file with one flipped bit', async () => {
    const path = join(folder, 'codebook.f32');
    const bytes = await readFile(path);
    bytes[77_777] = (bytes[77_777] ?? 0) ^ 1;
    await writeFile(path, bytes);
    const model = await loadModel({ folder });
    await expect(model.read('codebook.f32')).rejects.toThrow('codebook.f32 of the model pocket is damaged');
  });

  it('names a missing file', async () => {
    const model = await loadModel({ folder });
    await expect(model.read('vqgan-decoder.onnx')).rejects.toThrow('lacks its file vqgan-decoder.onnx');
  });

  it.each(['nothing', '../pocket', '', '.', 'pocket/../pocket'])('knows no model %j', async (name) => {
    await expect(loadModel({ name, dataDir })).rejects.toThrow('Unknown model');
  });

  it('refuses a manifest of another format', async () => {
    await edit((manifest) => {
      manifest['format'] = 3;
    });
    await expect(loadModel({ folder })).rejects.toThrow(/format 1 or 2 in .*: format/);
  });

  it('refuses paths that leave the folder', async () => {
    await edit((manifest) => {
      manifest['files'] = { '../secret': { bytes: 1, sha256: '0'.repeat(64), dtype: 'float32' } };
    });
    await expect(loadModel({ folder })).rejects.toThrow('Expected a manifest of format 1 or 2');
  });

  it('refuses a manifest that uses a file without a hash', async () => {
    await edit((manifest) => {
      manifest['files'] = {};
    });
    await expect(loadModel({ folder })).rejects.toThrow('does not list it');
  });

  it.each<[string, unknown, string]>([
    ['clips.0.text.context', 1e8, 'clips.0.text.context: Too big'],
    ['clips.0.image.size', 20_000, 'clips.0.image.size: Too big'],
    ['clips.0.image.size', Number.NaN, 'clips.0.image.size: expected number'],
    ['clips.0.image.std', [1, 0, 1], 'clips.0.image.std.1: Too small'],
    ['clips.0.image.range', [1, 0], 'clips.0.image.range: Expected the lower end first'],
    ['clips.0.image', { file: 'a.onnx' }, 'clips.0.image.input: expected string, and it is missing'],
    ['clips.0.weight', -1, 'clips.0.weight: Too small'],
    ['clips', [], 'clips: Too small'],
    ['vqgan.factor', 0, 'vqgan.factor: Too small'],
    ['vqgan.codes', 2 ** 24, 'vqgan.codes: Expected at most'],
    ['vqgan.dim', 0.5, 'vqgan.dim: expected int'],
    ['prior.conditioning.empty', [], 'prior.conditioning.empty: Too small'],
    ['prior.conditioning.topK', -1, 'prior.conditioning.topK: Too small'],
    ['prior.conditioning.temperature', 0, 'prior.conditioning.temperature: Too small'],
    ['prior.grid', [1024, 1024], 'prior.cache: Expected at most'],
    ['defaults.learningRate', 1e300, 'defaults.learningRate: expected a number between'],
    ['defaults.width', 20_000, 'defaults.width: Too big'],
    ['defaults.width', 130, 'defaults.width: Expected a multiple of the factor 8, got 130'],
    ['defaults.steps', 1e9, 'defaults.steps: expected a whole number between'],
    ['suggestions', [''], 'suggestions.0: Too small'],
    ['title', 'x'.repeat(5000), 'title: Too big'],
    ['name', '../out', 'name: Invalid string'],
  ])('names a field that is out of bounds: %s', async (path, value, sentence) => {
    await edit((manifest) => {
      const keys = path.split('.');
      const last = keys.pop() ?? '';
      // biome-ignore lint/suspicious/noExplicitAny: made wrong on purpose
      const inside = keys.reduce<any>((at, key) => at[key], manifest);
      inside[last] = value;
    });
    const refused = loadModel({ folder });
    await expect(refused).rejects.toThrow(UserError);
    await expect(refused).rejects.toThrow(`manifest.json: ${sentence}`);
  });

  it('never becomes an error of ours, whatever is spoilt in a manifest', async () => {
    const path = join(folder, 'manifest.json');
    const whole: unknown = JSON.parse(await readFile(path, 'utf8'));
    for (let seed = 0; seed < 200; seed += 1) {
      await writeFile(path, JSON.stringify(mutateJson(whole, seed)));
      const error: unknown = await loadModel({ folder }).then(
        () => undefined,
        (reason: unknown) => reason,
      );
      if (error === undefined) continue;
      expect(error, `seed ${seed}`).toBeInstanceOf(UserError);
      expect(String(error), `seed ${seed}`).not.toMatch(/TypeError|RangeError|undefined|\[object|\n/);
    }
  });

  it('refuses a manifest that is not JSON', async () => {
    await writeFile(join(folder, 'manifest.json'), '{"format": 1,');
    await expect(loadModel({ folder })).rejects.toThrow('Expected JSON');
  });
});

describe('the embedded models', () => {
  it('all load, and every file has the size and hash of its manifest', async () => {
    const listed = await listModels();
    expect(listed.map(({ name }) => name)).toContain('pocket');
    for (const entry of listed) {
      if ('problem' in entry) throw new Error(`${entry.name}: ${entry.problem}`);
      for (const file of filesInUse(entry.model.manifest)) await entry.model.read(file);
    }
  });

  it('lists an added folder that is no model with its problem', async () => {
    await edit((manifest) => {
      delete manifest['vqgan'];
    });
    const listed = await listModels(dataDir);
    expect(listed.map(({ name }) => name)).toEqual(['copy', 'pocket']);
    expect(listed[0]).toMatchObject({ problem: expect.stringContaining('vqgan') });
  });
});
