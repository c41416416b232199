import { mkdirSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { afterEach, describe, expect, it } from 'vitest';
import type { CaptionSource } from '../../../src/contracts/train-request.js';
import { readCaptions } from '../../../src/train/captions/read-captions.js';
import { temporaryFolder } from '../support.js';

describe('captions of a folder of pictures', () => {
  let remove: () => void = () => undefined;
  afterEach(() => remove());

  const captionsOf = async (
    files: Readonly<Record<string, string>>,
    names: readonly string[],
    source: CaptionSource = 'auto',
  ) => {
    const place = temporaryFolder();
    ({ remove } = place);
    for (const [file, text] of Object.entries(files)) {
      mkdirSync(join(place.folder, file, '..'), { recursive: true });
      writeFileSync(join(place.folder, file), text);
    }
    const captions = await readCaptions({ folder: place.folder, source, names });
    return Promise.all(names.map(captions));
  };

  it('are their names where nothing else says what they show', async () => {
    const names = ['red-disc_on green (3).png', 'sub/a.b_12.jpg', 'IMG0042.png', '0042.png'];
    expect(await captionsOf({}, names)).toEqual([['red disc on green'], ['a b'], ['IMG'], []]);
  });

  it('are the lines of a text file beside the picture, before rows; what has neither has none', async () => {
    const files = {
      'a.txt': 'a red disc\n\n  a disc, red \n',
      'captions.jsonl': '{"file":"a.png","caption":"no"}\n{"file":"sub/b.png","caption":"a blue disc"}\n',
    };
    expect(await captionsOf(files, ['a.png', 'sub/b.png', 'c.png'])).toEqual([
      ['a red disc', 'a disc, red'],
      ['a blue disc'],
      [],
    ]);
  });

  it("understand an image folder's metadata, with several rows a picture", async () => {
    const rows = '{"file_name":"a.png","text":"one","n":1}\n{"file_name":"a.png","text":"two"}';
    expect(await captionsOf({ 'metadata.jsonl': rows }, ['a.png'])).toEqual([['one', 'two']]);
  });

  it('can be the folders that pictures lie in, their classes, or nothing', async () => {
    const names = ['lighthouses/1.png', 'a/b-c/2.png', '3.png'];
    expect(await captionsOf({}, names, 'folders')).toEqual([['lighthouses'], ['b c'], []]);
    expect(await captionsOf({}, names, 'none')).toEqual([[''], [''], ['']]);
  });

  it.each(['{"file":"a.png"}', 'a.png, a disc', '[]'])('name the line that is no row: %s', async (line) => {
    const rows = `{"file":"a.png","caption":"a disc"}\n${line}\n`;
    await expect(captionsOf({ 'captions.jsonl': rows }, ['a.png'])).rejects.toThrow(
      /Expected every line of .*captions\.jsonl to be like .*; line 2 is not\./,
    );
  });
});
