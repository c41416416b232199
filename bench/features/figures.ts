import { STYLES } from '../../src/requests/styles.js';

/** A part of a figure: a picture that a command on the page made, or frames of a film. */
export type Piece =
  | { readonly file: string; readonly caption: string; readonly times?: 2 }
  | { readonly film: string; readonly frames: number };

/** A picture on the page: pieces side by side, or one file as it is. */
export type Figure =
  | { readonly whole: string }
  | { readonly pieces: readonly Piece[]; readonly cell: number; readonly columns?: number };

const row = (pieces: Readonly<Record<string, string>>, cell = 160): Figure => ({
  pieces: Object.entries(pieces).map(([file, caption]) => ({ file, caption })),
  cell,
});
const strip = (film: string): Figure => ({ pieces: [{ film, frames: 6 }], cell: 128 });

/** Every picture of docs/features.md, by its name there, of files that the page's own commands make. */
export const FIGURES: Readonly<Record<string, Figure>> = {
  castle: row({ 'castle.png': '' }, 192),
  count: { whole: 'four-sheet.png' },
  batch: { whole: 'many-sheet.png' },
  resume: row({ 'begun.png': '20 steps', 'longer.png': 'and 20 more' }),
  words: row({
    'weights.png': 'a castle:2 | a sunset:0.5',
    'snow.png': 'a house in the snow',
    'no-snow.png': '--no snow',
  }),
  habits: row({ 'habits.png': '--ar 3:2 --style ink', 'bars.png': 'a castle::2 a sunset::1' }, 192),
  'image-prompt': row({
    'sunrise.png': 'the picture',
    'plain.png': 'a castle',
    'towards.png': '--image-prompt',
  }),
  stop: row({ 'enough.png': '--stop 0.6', 'castle.png': 'all 40 steps' }),
  styles: {
    pieces: Object.values(STYLES).map(({ title }, at) => ({ file: `styles-${at + 1}.png`, caption: title })),
    cell: 128,
    columns: 6,
  },
  shapes: row({ 'wide.png': '--aspect 16:9', 'tall.png': '--size 96x160' }, 192),
  qualities: row({ 'draft.png': 'draft', 'castle.png': 'normal', 'fine.png': 'fine' }, 256),
  variation: row({
    'castle.png': 'the castle',
    'varied-5.png': 'seed 5',
    'varied-6.png': 'seed 6',
    'varied-7.png': 'seed 7',
  }),
  init: row({
    'castle.png': '--init',
    'strength-1.png': '--strength 1',
    'strength-03.png': '--strength 0.3',
    'near.png': '--pull 1',
  }),
  outpainting: row(
    { 'castle.png': '--init', 'around.png': '--place centre', 'beside.png': '--place left' },
    192,
  ),
  mask: row({
    'castle.png': '--init',
    'sky.png': '--mask',
    'balloon.png': 'a balloon',
  }),
  tile: {
    pieces: [
      { file: 'tile.png', caption: 'the tile' },
      { file: 'tile.png', caption: 'laid out', times: 2 },
    ],
    cell: 256,
  },
  symmetry: row({
    'left-right.png': 'left-right',
    'top-bottom.png': 'top-bottom',
    'both.png': 'both',
  }),
  palette: row({
    'sunflower.png': 'a sunflower',
    'castle.png': '--palette',
    'palette-1.png': '--palette-pull 1',
    'palette-3.png': '--palette-pull 3',
  }),
  pulls: row({
    'early.png': 'mountains at sunrise',
    'colour.png': '--saturation 1',
    'grey.png': '--saturation -1',
    'calm.png': '--smooth 1',
  }),
  frames: { whole: 'frames.png' },
  timelapse: strip('castle-film.webp'),
  story: strip('year.webp'),
  zoom: strip('zoom.webp'),
  pan: strip('pan.webp'),
  loop: row({ 'warm.png': 'warm, ema', 'crops.png': '--compat crops', 'pool.png': '--compat pool' }),
  upscaling: row({ 'lanczos.png': 'lanczos', 'learned.png': 'learned' }, 384),
};

/** The files that a figure is made of. */
export function filesOf(figure: Figure): readonly string[] {
  if ('whole' in figure) return [figure.whole];
  return figure.pieces.map((piece) => ('file' in piece ? piece.file : piece.film));
}
