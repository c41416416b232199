import { join } from 'node:path';
import sharp from 'sharp';
import type { Picture } from '../../src/contracts/picture.js';
import { composeSheet, type SheetEntry } from '../../src/images/sheet.js';
import type { Figure, Piece } from './figures.js';

/** A figure as WebP, of files in a folder. */
export async function drawFigure(figure: Figure, folder: string): Promise<Uint8Array> {
  if ('whole' in figure) {
    return sharp(join(folder, figure.whole))
      .resize({ width: 760, withoutEnlargement: true })
      .webp()
      .toBuffer();
  }
  const entries: SheetEntry[] = [];
  for (const piece of figure.pieces) entries.push(...(await entriesOf(piece, folder)));
  const { cell, columns = entries.length } = figure;
  return (await composeSheet(entries, { columns, cell, format: 'webp' })).bytes;
}

async function entriesOf(piece: Piece, folder: string): Promise<readonly SheetEntry[]> {
  if ('file' in piece) {
    const picture = await read(join(folder, piece.file));
    return [{ picture: piece.times ? laidOut(picture, piece.times) : picture, caption: piece.caption }];
  }
  const file = join(folder, piece.film);
  const { pages = 1 } = await sharp(file).metadata();
  const at = Array.from({ length: piece.frames }, (_, index) =>
    Math.round((index * (pages - 1)) / (piece.frames - 1)),
  );
  return Promise.all(
    at.map(async (page) => ({ picture: await read(file, page), caption: `frame ${page + 1}` })),
  );
}

async function read(file: string, page = 0): Promise<Picture> {
  const image = sharp(file, { page }).removeAlpha().toColourspace('srgb').raw();
  const { data, info } = await image.toBuffer({ resolveWithObject: true });
  return { width: info.width, height: info.height, pixels: data };
}

/** A picture beside itself and below itself. */
function laidOut({ width, height, pixels }: Picture, times: number): Picture {
  const laid = new Uint8Array(pixels.length * times * times);
  const row = 3 * width;
  for (let y = 0; y < height * times; y += 1) {
    const from = pixels.subarray((y % height) * row, ((y % height) + 1) * row);
    for (let x = 0; x < times; x += 1) laid.set(from, (y * times + x) * row);
  }
  return { width: width * times, height: height * times, pixels: laid };
}
