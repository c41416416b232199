import { type Entries, gradient } from '../entry.js';
import { gridSample } from './grid-sample.js';
import { resize } from './resize.js';

export const RESAMPLING = {
  GridSample: gradient(
    gridSample,
    'X: g times the taps’ weights, added at the taps; grid: Σ g·X times the weights’ slopes',
    'pictures and volumes, these not bicubic, as in ONNX Runtime; bilinear, bicubic, nearest; zeros, border, reflection',
  ),
  Resize: gradient(
    resize,
    'Rᵀ·g along each axis, R the interpolation matrix; AveragePool·k² for nearest enlargement by k',
    'nearest, linear, cubic with every coordinate mode, antialias, exclude_outside; scales or sizes constant',
  ),
} as const satisfies Entries;
