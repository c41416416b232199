import { readFileSync } from 'node:fs';
import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { stringify } from 'yaml';
import { run } from '../../src/cli/run.js';
import { VQGAN, writeSmallFiles } from '../installer/install/small-files.js';

let folder: string;
let config: string;
let tokenizer: string;

beforeEach(async () => {
  folder = await mkdtemp(join(tmpdir(), 'easel-models-cli-'));
  const plan = await writeSmallFiles(folder);
  tokenizer = plan.clips[0]?.tokenizer ?? '';
  config = join(folder, 'model.yaml');
  const ddconfig = {
    ...{
      double_z: false,
      z_channels: VQGAN.latentChannels,
      resolution: VQGAN.resolution,
      in_channels: 3,
      out_ch: 3,
    },
    ...{ ch: VQGAN.channels, ch_mult: VQGAN.multipliers, num_res_blocks: VQGAN.residualBlocks },
    attn_resolutions: VQGAN.attentionResolutions,
  };
  const params = { embed_dim: VQGAN.embeddingWidth, n_embed: VQGAN.codes, ddconfig };
  await writeFile(config, stringify({ model: { target: 'taming.models.vqgan.VQModel', params } }));
  const towers = { hidden_act: 'gelu', num_attention_heads: 2 };
  await writeFile(
    join(folder, 'config.json'),
    JSON.stringify({ model_type: 'clip', vision_config: towers, text_config: towers }),
  );
});
afterEach(() => rm(folder, { recursive: true }));

interface Person {
  readonly confirm?: (question: string) => Promise<boolean>;
  readonly interrupted?: AbortSignal;
}

async function easel(args: readonly string[], { confirm, interrupted }: Person = {}) {
  let out = '';
  let err = '';
  const code = await run(['models', ...args], {
    out: (text) => {
      out += text;
    },
    err: (text) => {
      err += text;
    },
    isTerminal: false,
    interrupted: interrupted ?? new AbortController().signal,
    ...(confirm && { confirm }),
    dataDir: join(folder, 'data'),
    cacheDir: join(folder, 'cache'),
  });
  return { code, out, err };
}

const addOwn = (...more: readonly string[]) => [
  ...['add', join(folder, 'vqgan.ckpt'), '--config', config, '--clip-file', join(folder, 'clip.ckpt')],
  ...[
    '--clip-config',
    join(folder, 'config.json'),
    '--tokenizer',
    tokenizer,
    '--name',
    'mine',
    '--range',
    '-1..1',
  ],
  ...more,
];

describe('easel models', () => {
  it('adds without a warning of Node', async () => {
    const warned: string[] = [];
    const note = ({ message }: Error) => warned.push(message);
    process.on('warning', note);
    await easel(addOwn('--yes', '--unchecked'));
    process.off('warning', note);
    expect(warned).toEqual([]);
  });

  it('adds files of weights, lists, verifies and removes them', async () => {
    const added = await easel(addOwn('--yes', '--unchecked', '--licence', 'CC0-1.0'));
    expect(added).toMatchObject({ code: 0, out: expect.stringContaining('Added mine') });
    expect(added.err).toMatch(/vqgan.ckpt: safetensors, named as in taming-transformers/);
    const { out } = await easel([]);
    expect(out).toMatch(
      /^mine {2}mine, .* MB\n {2}licence {2}CC0-1.0\n {2}paints {3}256 × 256, \d+ steps, \d+ cutouts/m,
    );
    // Planned when it was added, and written.
    const [, planned] = /cutouts takes (\d\.\d GB) of memory/.exec(added.err) ?? [];
    expect(out).toContain(`  memory   ${planned} for that on a processor\n`);
    const [mine] = JSON.parse((await easel(['list', '--json'])).out);
    expect(mine).toMatchObject({ name: 'mine', clips: [{ name: 'clip', byDefault: true }] });
    const written = readFileSync(join(folder, 'data', 'models', 'mine', 'manifest.json'), 'utf8');
    expect(JSON.parse(written).memory).toBe(mine.memory);
    expect(await easel(['verify', 'mine', '--hashes'])).toMatchObject({
      code: 0,
      out: expect.stringMatching(/✓ mine {2}3 files, every hash right/),
    });
    expect(await easel(['remove', 'mine'])).toMatchObject({
      code: 0,
      out: expect.stringContaining('Removed mine'),
    });
    expect((await easel(['list'])).out).not.toContain('mine');
  });

  it('says what an activation is for where nobody states it', async () => {
    const args = addOwn('--yes').filter((arg) => arg !== '--clip-config' && !arg.endsWith('config.json'));
    expect(await easel(args)).toMatchObject({
      code: 2,
      err: expect.stringMatching(/Expected `--activation` or `--clip-config`/),
    });
  });

  it('does nothing without a yes', async () => {
    expect(await easel(addOwn())).toMatchObject({
      code: 2,
      err: expect.stringContaining('Expected `--yes` where nobody can be asked.'),
    });
    expect(await easel(addOwn(), { confirm: async () => false })).toMatchObject({
      code: 1,
      err: expect.stringContaining('Nothing was changed.'),
    });
    expect((await easel([])).out).not.toContain('mine');
  });

  it('says what stays when it is interrupted', async () => {
    const interruption = new AbortController();
    interruption.abort();
    const { code, err } = await easel(addOwn('--yes', '--unchecked'), { interrupted: interruption.signal });
    expect(code).toBe(130);
    expect(err).toContain('the same command goes on with it');
    expect((await easel([])).out).not.toContain('mine');
  });

  it('shows sizes, hashes and licences before it fetches anything', async () => {
    const { err } = await easel(['add', 'imagenet-16384'], { confirm: async () => false });
    expect(err).toMatch(/licence: not stated\. .*issue 209/);
    expect(err).toMatch(/imagenet-16384.ckpt: 980.1 MB, sha256 845a68805098…/);
    expect(err).toMatch(/clip-tokenizer.json: size not stated/);
  });

  it('names the files that a folder lacks', async () => {
    const { code, err } = await easel(['add', 'imagenet-16384', '--from-dir', folder, '--yes']);
    expect(code).toBe(2);
    expect(err).toMatch(/lacks imagenet-16384.ckpt \(https:.*clip-tokenizer.json/);
  });

  it.each([
    [['add', 'nothing'], /Unknown model `nothing`; the catalogue has imagenet-16384/],
    [['add', 'imagenet-16384', '--clip', 'vit-z'], /Unknown CLIP `vit-z`/],
    [['add', 'imagenet-16384', '--name', '../x', '--yes'], /`..\/x` is no name for a model/],
    [['add', 'x.ckpt', '--range', '1..-1'], /Expected `--range` as LOW..HIGH/],
    [['remove', 'pocket'], /belongs to Easel itself/],
  ])('%j ends in one sentence', async (args, message) => {
    expect(await easel(args)).toMatchObject({ code: 2, err: expect.stringMatching(message) });
  });

  it('lists what can be added', async () => {
    const { out } = await easel(['list', '--available']);
    expect(out).toMatch(/llamagen-16 +LlamaGen VQ-16, size not stated, licence MIT/);
    expect(out).toMatch(/vit-b-32 +CLIP ViT-B\/32, 354 MB, licence MIT/);
  });
});
