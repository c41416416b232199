import type { Picture } from '../../contracts/picture.js';
import { type Codec, createCodec } from '../../paint/latent/codec.js';
import type { Grid } from '../../paint/latent/codes.js';
import type { Runtime } from '../../runtime/runtime.js';
import type { LoadedModel } from '../../zoo/load-model.js';

/** Pictures as they are, and below them what each of the models makes of them: one row a model. */
export async function reconstructionFigure(
  pictures: readonly Picture[],
  models: readonly LoadedModel[],
  runtime: Runtime,
): Promise<readonly (readonly Picture[])[]> {
  const rows: (readonly Picture[])[] = [pictures];
  for (const model of models) {
    const codec = await createCodec(model, runtime);
    const { factor } = model.manifest.vqgan;
    const row: Picture[] = [];
    for (const picture of pictures) {
      const grid = { rows: picture.height / factor, columns: picture.width / factor };
      row.push(await codec.decode(await codec.encode(picture, grid), grid));
    }
    await codec.release();
    rows.push(row);
  }
  return rows;
}

/** Each cell of a picture as the mean colour of the code it has become: what is left where codes know nothing of each other. */
export async function cellsFigure(picture: Picture, grid: Grid, codec: Codec): Promise<Picture> {
  const codes = await codec.encode(picture, grid);
  const colours = new Map<number, readonly [number, number, number]>();
  for (const code of new Set(codes)) {
    const alone = await codec.decode(new Int32Array(grid.rows * grid.columns).fill(code), grid);
    colours.set(code, middleOf(alone));
  }
  const pixels = new Uint8Array(picture.width * picture.height * 3);
  for (let index = 0; index < picture.width * picture.height; index += 1) {
    const row = Math.floor((Math.floor(index / picture.width) * grid.rows) / picture.height);
    const column = Math.floor(((index % picture.width) * grid.columns) / picture.width);
    pixels.set(colours.get(codes[row * grid.columns + column] ?? 0) ?? [0, 0, 0], index * 3);
  }
  return { width: picture.width, height: picture.height, pixels };
}

function middleOf({ width, height, pixels }: Picture): readonly [number, number, number] {
  const sums: [number, number, number] = [0, 0, 0];
  const [side, top, left] = [Math.ceil(width / 4), Math.floor(height / 3), Math.floor(width / 3)];
  for (let row = top; row < top + side; row += 1) {
    for (let column = left; column < left + side; column += 1) {
      for (const channel of [0, 1, 2] as const) {
        sums[channel] += (pixels[(row * width + column) * 3 + channel] ?? 0) / side ** 2;
      }
    }
  }
  return sums;
}
