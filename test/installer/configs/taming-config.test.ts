import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { readConfigFile } from '../../../src/installer/configs/read-config-file.js';
import { readTamingConfig } from '../../../src/installer/configs/taming-config.js';

let folder: string;
beforeEach(async () => {
  folder = await mkdtemp(join(tmpdir(), 'easel-configs-'));
});
afterEach(() => rm(folder, { recursive: true }));

async function read(text: string) {
  const path = join(folder, 'model.yaml');
  await writeFile(path, text);
  return readTamingConfig(readConfigFile(path), 'model.yaml');
}

const vqgan = (indent = '', more = '') =>
  `
target: taming.models.vqgan.VQModel
params:
  embed_dim: 256
  n_embed: 16384
  ddconfig:
    double_z: false
    z_channels: 256
    resolution: 256
    in_channels: 3
    out_ch: 3
    ch: 128
    ch_mult: [1, 1, 2, 2, 4]
    num_res_blocks: 2
    attn_resolutions:
    - 16
    dropout: 0.0
${more}  lossconfig:
    target: taming.modules.losses.vqperceptual.VQLPIPSWithDiscriminator
    params:
      disc_start: 0
`.replaceAll('\n', `\n${indent}`);

describe('readTamingConfig', () => {
  it('reads a VQGAN with what was meant for training beside it', async () => {
    expect(await read(`model:\n  base_learning_rate: 4.5e-06${vqgan('  ')}`)).toEqual({
      embedDim: 256,
      codes: 16384,
      isGumbel: false,
      unitRows: undefined,
      network: {
        z_channels: 256,
        resolution: 256,
        in_channels: 3,
        out_ch: 3,
        ch: 128,
        ch_mult: [1, 1, 2, 2, 4],
        num_res_blocks: 2,
        attn_resolutions: [16],
        resamp_with_conv: true,
        attn_type: 'vanilla',
      },
    });
  });

  it('finds the first stage of a transformer and of a diffusion model', async () => {
    const text = `model:\n  target: taming.models.cond_transformer.Net2NetTransformer\n  params:\n    first_stage_config:${vqgan('      ')}`;
    expect((await read(text)).codes).toBe(16384);
  });

  it('tells a Gumbel quantiser by its class', async () => {
    const text = `model:${vqgan('  ')}`.replace('VQModel', 'GumbelVQ');
    expect((await read(text)).isGumbel).toBe(true);
  });

  it('takes attention and resampling as the file states them', async () => {
    const text = `model:${vqgan('  ', '    attn_type: none\n    resamp_with_conv: false\n')}`.replace(
      'attn_resolutions:\n      - 16',
      'attn_resolutions: []',
    );
    const { network } = await read(text);
    expect(network).toMatchObject({ attn_type: 'none', resamp_with_conv: false, attn_resolutions: [] });
  });

  it.each([
    [
      'an autoencoder without a codebook',
      (text: string) => text.replace('double_z: false', 'double_z: true'),
      /without a codebook/,
    ],
    [
      'a missing entry',
      (text: string) => text.replace('z_channels: 256', 'zz: 1'),
      /params\.ddconfig\.z_channels/,
    ],
    [
      'another attention',
      (text: string) => text.replace('dropout: 0.0', 'attn_type: linear'),
      /ddconfig\.attn_type/,
    ],
    [
      'a number that is none',
      (text: string) => text.replace('n_embed: 16384', 'n_embed: many'),
      /params\.n_embed/,
    ],
    [
      'pictures of other channels',
      (text: string) => text.replace('out_ch: 3', 'out_ch: 182'),
      /ddconfig\.out_ch/,
    ],
    [
      'segmentations',
      (text: string) => text.replace('vqgan.VQModel', 'vqgan.VQSegmentationModel'),
      /a VQSegmentationModel/,
    ],
    ['something else', () => 'a: 1', /params/],
    ['a list', () => '- 1', /model/],
    ['a web page', () => '<!DOCTYPE html><html>', /it is a web page/],
    ['a broken file', () => 'a: [1', /Expected a configuration in YAML or JSON/],
    [
      'aliases without end',
      () =>
        `a: &a [x,x,x,x,x,x,x,x,x]\nb: &b [*a,*a,*a,*a,*a,*a,*a]\nc: &c [*b,*b,*b,*b,*b,*b]\nd: [*c,*c,*c,*c,*c,*c,*c]`,
      /Expected a configuration/,
    ],
  ])('refuses %s in one sentence', async (_, change, message) => {
    const error = await read(change(`model:${vqgan('  ')}`)).catch((thrown: unknown) => thrown);
    expect(error).toMatchObject({ name: 'UserError', message: expect.stringMatching(message) });
    expect(String(error).split('\n')).toHaveLength(1);
  });
});
