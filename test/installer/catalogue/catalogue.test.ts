import { describe, expect, it } from 'vitest';
import { entryOf, publishedFile, readCatalogue } from '../../../src/installer/catalogue/catalogue.js';
import { readVqganConfig } from '../../../src/installer/configs/vqgan-config.js';

const catalogue = readCatalogue();
const entries = [...Object.values(catalogue.vqgans), ...Object.values(catalogue.clips)];

describe('the catalogue', () => {
  it('has every file that an entry names, and names every file that it has', () => {
    const named = entries.flatMap((entry) => [
      entry.checkpoint,
      ...(typeof entry.config === 'string' ? [entry.config] : []),
      ...('tokenizer' in entry ? [entry.tokenizer] : []),
    ]);
    expect([...new Set(named)].sort()).toEqual(Object.keys(catalogue.files).sort());
  });

  it('states the hash of OpenAI files that their address states', () => {
    for (const [name, { urls, sha256 }] of Object.entries(catalogue.files)) {
      const stated = urls
        .map((url) => /\/([0-9a-f]{64})\//.exec(url)?.[1])
        .filter((hash) => hash !== undefined);
      for (const hash of stated) expect(sha256, name).toBe(hash);
    }
  });

  it('names in its addresses the revisions that it pins', () => {
    for (const { urls, revision } of Object.values(catalogue.files)) {
      if (revision !== null) expect(urls[0]).toContain(revision);
    }
  });

  it('tells apart what is not known from what is', () => {
    expect(publishedFile(catalogue, 'imagenet-16384.ckpt')).toMatchObject({ bytes: 980_092_370 });
    expect(publishedFile(catalogue, 'maskgit.bin')).toMatchObject({ bytes: undefined, sha256: undefined });
    expect(catalogue.vqgans['imagenet-16384']?.licence.stated).toBeNull();
    expect(catalogue.vqgans['dalle-mini']?.range).toBeNull();
  });

  it('has configurations of its own that can be read', () => {
    for (const [name, { config }] of Object.entries(catalogue.vqgans)) {
      if (typeof config !== 'string') {
        expect(readVqganConfig(config, name).network.config.codes).toBeGreaterThan(0);
      }
    }
  });

  it('names what it has when it is asked for something else', () => {
    expect(() => entryOf(catalogue.clips, 'vit-b-33', 'CLIP')).toThrow(/Unknown CLIP `vit-b-33`; .*vit-b-32/);
    expect(() => entryOf(catalogue.clips, 'toString', 'CLIP')).toThrow(/Unknown CLIP/);
  });
});
