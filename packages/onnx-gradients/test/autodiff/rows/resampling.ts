import { float, type GraphBuilder, int, ints, string, type Value } from '../../../src/onnx/builder.js';
import type { Attributes } from '../../../src/onnx/graph.js';
import { float32, type Shape } from '../../../src/onnx/tensor.js';
import type { Row } from '../support/check-gradient.js';
import { normal, type Sampling } from '../support/random.js';

interface Case {
  readonly x?: Shape;
  readonly scales?: readonly number[];
  readonly sizes?: readonly number[];
  readonly roi?: readonly number[];
  readonly attributes?: Attributes;
}

const resize = (title: string, { x = [2, 3, 4, 5], scales, sizes, roi, attributes = {} }: Case): Row => ({
  title: `Resize ${title}`,
  type: 'float32',
  step: 1,
  inputs: { x: normal(...x) },
  build: (b, inputs) =>
    b.op(
      'Resize',
      [
        inputs['x'],
        roi && b.constant(float32([roi.length], roi)),
        scales && b.constant(float32([scales.length], scales)),
        ...(sizes ? [b.int64s(sizes)] : []),
      ],
      attributes,
    ),
});

const modes = ['nearest', 'linear', 'cubic'];
const coordinates = ['half_pixel', 'pytorch_half_pixel', 'align_corners', 'asymmetric'];
const roundings = ['round_prefer_floor', 'round_prefer_ceil', 'floor', 'ceil'];

const everyCoordinate = modes.flatMap((mode) =>
  coordinates.flatMap((coordinate) => [
    resize(`${mode}, ${coordinate}, to sizes`, {
      sizes: [2, 3, 7, 3],
      attributes: { mode: string(mode), coordinate_transformation_mode: string(coordinate) },
    }),
    resize(`${mode}, ${coordinate}, by scales`, {
      scales: [1, 1, 0.6, 2.3],
      attributes: { mode: string(mode), coordinate_transformation_mode: string(coordinate) },
    }),
  ]),
);

const everyRounding = roundings.flatMap((rounding) =>
  coordinates.map((coordinate) =>
    resize(`nearest by 2 and 3, ${rounding}, ${coordinate}`, {
      scales: [1, 1, 2, 3],
      attributes: { nearest_mode: string(rounding), coordinate_transformation_mode: string(coordinate) },
    }),
  ),
);

const cropped = (mode: string): Row =>
  resize(`${mode}, tf_crop_and_resize`, {
    sizes: [2, 3, 4, 3],
    roi: [0, 0, 0.1, -0.2, 1, 1, 0.7, 0.9],
    attributes: {
      mode: string(mode),
      coordinate_transformation_mode: string('tf_crop_and_resize'),
      extrapolation_value: float(7),
    },
  });

/** Pixel positions in and around the picture, a fifth away from whole and half pixels, where weights have kinks. */
const positions = (...shape: Shape): Sampling => ({
  shape,
  draw: (random) => Math.floor(-8 + 24 * random()) / 2 + 0.2 + 0.1 * random(),
});

/** Positions u as GridSample wants them: (2u + 1)/length − 1, or 2u/(length − 1) − 1 between corner centres. */
function toGrid(
  b: GraphBuilder,
  u: Value,
  { lengths, align }: { lengths: readonly number[]; align: boolean },
): Value {
  const row = (values: readonly number[]) => b.constant(float32([values.length], values));
  const factor = row(lengths.map((length) => 2 / (align ? length - 1 : length)));
  const offset = row(lengths.map((length) => (align ? 0 : 1 / length) - 1));
  return b.op('Add', [b.op('Mul', [u, factor]), offset]);
}

interface Sample {
  readonly of: string;
  readonly x: Shape;
  readonly u: Shape;
}

const PICTURE: Sample = { of: 'a picture', x: [2, 3, 4, 5], u: [2, 3, 2, 2] };
const VOLUME: Sample = { of: 'a volume', x: [2, 3, 4, 3, 5], u: [2, 3, 1, 2, 3] };

const sampled = ({ of, x: picture, u: points }: Sample, mode: string) =>
  ['zeros', 'border', 'reflection'].flatMap((padding) =>
    [0, 1].map(
      (align): Row => ({
        title: `GridSample of ${of}, ${mode}, ${padding}, align_corners ${align}`,
        type: 'float32',
        step: 1e-2,
        inputs: { x: normal(...picture), u: positions(...points) },
        build: (b, { x, u }) =>
          b.op(
            'GridSample',
            [x, u && toGrid(b, u, { lengths: picture.slice(2).reverse(), align: align === 1 })],
            { mode: string(mode), padding_mode: string(padding), align_corners: int(align) },
          ),
      }),
    ),
  );

const byDefault: Row = {
  title: 'GridSample by default',
  type: 'float32',
  step: 1e-2,
  inputs: { x: normal(...PICTURE.x), u: positions(...PICTURE.u) },
  build: (b, { x, u }) => b.op('GridSample', [x, u && toGrid(b, u, { lengths: [5, 4], align: false })]),
};

const everySample = [
  byDefault,
  ...['bilinear', 'bicubic', 'nearest'].flatMap((mode) => sampled(PICTURE, mode)),
  ...['bilinear', 'nearest'].flatMap((mode) => sampled(VOLUME, mode)),
];

export const RESAMPLING_ROWS: readonly Row[] = [
  ...everyCoordinate,
  ...everyRounding,
  ...modes.map(cropped),
  resize('nearest by 2 of a vector', {
    x: [2, 3, 5],
    scales: [1, 1, 2],
    attributes: { nearest_mode: string('floor'), coordinate_transformation_mode: string('asymmetric') },
  }),
  resize('nearest by 2 in three dimensions', {
    x: [1, 2, 3, 2, 3],
    scales: [1, 1, 2, 1, 2],
    attributes: { nearest_mode: string('floor'), coordinate_transformation_mode: string('asymmetric') },
  }),
  resize('nearest of all four axes', { x: [1, 2, 3, 4], sizes: [2, 3, 2, 5] }),
  resize('linear by scales that keep a length', {
    scales: [1, 1, 1.2, 1.1],
    attributes: { mode: string('linear') },
  }),
  resize('linear of two axes by name', {
    sizes: [7, 3],
    attributes: { mode: string('linear'), axes: ints([-1, 2]) },
  }),
  resize('linear, tf_crop_and_resize of one axis by name', {
    sizes: [4],
    roi: [0.2, 0.9],
    attributes: {
      mode: string('linear'),
      axes: ints([3]),
      coordinate_transformation_mode: string('tf_crop_and_resize'),
    },
  }),
  resize('linear, not larger than a size', {
    sizes: [5, 9],
    attributes: {
      mode: string('linear'),
      axes: ints([2, 3]),
      keep_aspect_ratio_policy: string('not_larger'),
    },
  }),
  resize('linear in three dimensions', {
    x: [1, 2, 3, 4, 3],
    sizes: [1, 2, 5, 4, 4],
    attributes: { mode: string('linear') },
  }),
  resize('cubic without the outside', {
    sizes: [2, 3, 7, 3],
    attributes: { mode: string('cubic'), exclude_outside: int(1), cubic_coeff_a: float(-0.5) },
  }),
  resize('linear, antialiased', {
    x: [1, 2, 7, 6],
    sizes: [1, 2, 3, 8],
    attributes: { mode: string('linear'), antialias: int(1) },
  }),
  resize('cubic, antialiased', {
    x: [1, 2, 7, 6],
    sizes: [1, 2, 3, 4],
    attributes: { mode: string('cubic'), antialias: int(1) },
  }),
  ...everySample,
];
