import type { Random } from '../../../src/paint/random.js';
import { mix, type Rgb } from '../colour.js';
import type { Raster } from '../raster.js';
import { paintFacets, paintGlass, paintLowPoly, paintMosaic, paintPaperCut, paintPixels } from './pieces.js';
import { paintComic, paintSynthwave, paintWoodblock } from './prints.js';
import { type Brushwork, paintStrokes, saturated } from './strokes.js';
import { paintChalk, paintInk, paintPencil, paintWatercolour } from './wet-and-dry.js';

export interface Manner {
  /** What it is called, then artists and schools who stand for it. */
  readonly words: readonly [string, ...string[]];
  /** Any picture in this manner. */
  readonly paint: (raster: Raster, random: Random) => Raster;
}

const brushed = (work: Brushwork) => (raster: Raster, random: Random) => paintStrokes(raster, random, work);
const vivid = (colour: Rgb) => saturated(colour, 1.25);

export const MANNERS = {
  oil: {
    words: ['an oil painting', 'oil on canvas', 'rembrandt', 'baroque', 'turner', 'a classical painting'],
    paint: brushed({
      brushes: [
        { width: 0.07, length: 0.16, cover: 2.2, opacity: 0.9 },
        { width: 0.034, length: 0.1, cover: 1.5, opacity: 0.85 },
      ],
      ...{ curl: 0.1, stray: 0.035, relief: 0.24, tone: vivid },
    }),
  },
  impressionist: {
    words: ['impressionist', 'monet', 'impressionism', 'renoir'],
    paint: brushed({
      brushes: [
        { width: 0.06, length: 0.07, cover: 2, opacity: 0.9 },
        { width: 0.038, length: 0.05, cover: 1.6, opacity: 0.85 },
      ],
      ...{ curl: 0.25, stray: 0.11, relief: 0.1 },
      tone: (colour) => saturated(mix(colour, [0.98, 0.93, 0.95], 0.14), 1.35),
    }),
  },
  swirls: {
    words: [
      'van gogh',
      'in the style of van gogh',
      'post impressionist',
      'swirling brush strokes',
      'impasto',
      'starry night',
    ],
    paint: brushed({
      brushes: [
        { width: 0.065, length: 0.26, cover: 2, opacity: 0.95 },
        { width: 0.042, length: 0.24, cover: 2.4, opacity: 0.95 },
      ],
      ...{ curl: 0.62, stray: 0.09, relief: 0.42, tone: (colour) => saturated(colour, 1.55) },
    }),
  },
  dots: {
    words: ['pointillism', 'seurat', 'pointillist', 'signac', 'made of dots'],
    paint: brushed({
      brushes: [
        { width: 0.046, length: 0.004, cover: 0.16, opacity: 0.95 },
        { width: 0.036, length: 0.004, cover: 0.2, opacity: 0.95 },
      ],
      ...{
        curl: 0,
        stray: 0.16,
        relief: 0,
        tone: (colour) => saturated(colour, 1.4),
        ground: [0.96, 0.93, 0.86],
      },
    }),
  },
  watercolour: {
    words: ['a watercolor', 'a watercolour painting', 'watercolor', 'aquarelle'],
    paint: paintWatercolour,
  },
  ink: { words: ['an ink painting', 'ink wash', 'sumi e', 'chinese ink painting'], paint: paintInk },
  pencil: {
    words: ['a pencil drawing', 'a sketch', 'a pencil sketch', 'an etching', 'black and white drawing'],
    paint: paintPencil,
  },
  woodblock: {
    words: ['a woodblock print', 'ukiyo e', 'hokusai', 'hiroshige', 'a japanese print'],
    paint: paintWoodblock,
  },
  glass: { words: ['stained glass', 'a stained glass window', 'tiffany glass'], paint: paintGlass },
  mosaic: { words: ['a mosaic', 'mosaic tiles', 'byzantine mosaic', 'klimt'], paint: paintMosaic },
  pixels: { words: ['pixel art', '8 bit', 'a video game', 'retro game'], paint: paintPixels },
  lowPoly: { words: ['low poly', 'polygons', 'low poly render'], paint: paintLowPoly },
  facets: { words: ['cubist', 'cubism', 'picasso', 'braque', 'abstract'], paint: paintFacets },
  synthwave: { words: ['synthwave', 'vaporwave', 'retrowave', 'outrun'], paint: paintSynthwave },
  chalk: {
    words: ['a chalk drawing', 'a pastel drawing', 'chalk on blackboard', 'pastels'],
    paint: paintChalk,
  },
  paperCut: { words: ['paper cut', 'paper cut art', 'matisse', 'layered paper'], paint: paintPaperCut },
  comic: { words: ['pop art', 'a comic book', 'lichtenstein', 'warhol', 'a cartoon'], paint: paintComic },
} as const satisfies Record<string, Manner>;

export type MannerName = keyof typeof MANNERS;
export const MANNER_NAMES = Object.keys(MANNERS) as readonly MannerName[]; // the table's own keys
