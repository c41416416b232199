/**
 * A child of bench/mutation.ts, run inside the copy: answers every mutant's number with the title of the first row
 * that it fails, or with nothing.
 */
import { ARITHMETIC_ROWS } from '../../packages/onnx-gradients/test/autodiff/rows/arithmetic.js';
import { ARRANGEMENT_ROWS } from '../../packages/onnx-gradients/test/autodiff/rows/arrangement.js';
import { CONVOLUTION_ROWS } from '../../packages/onnx-gradients/test/autodiff/rows/convolution.js';
import { INDEXING_ROWS } from '../../packages/onnx-gradients/test/autodiff/rows/indexing.js';
import { LINEAR_ROWS } from '../../packages/onnx-gradients/test/autodiff/rows/linear.js';
import { NORMALIZATION_ROWS } from '../../packages/onnx-gradients/test/autodiff/rows/normalization.js';
import { POOLING_ROWS } from '../../packages/onnx-gradients/test/autodiff/rows/pooling.js';
import { REDUCTION_ROWS } from '../../packages/onnx-gradients/test/autodiff/rows/reduction.js';
import { RESAMPLING_ROWS } from '../../packages/onnx-gradients/test/autodiff/rows/resampling.js';
import { UNARY_ROWS } from '../../packages/onnx-gradients/test/autodiff/rows/unary.js';
import {
  checkEachAlone,
  checkGradient,
} from '../../packages/onnx-gradients/test/autodiff/support/check-gradient.js';

const ROWS = {
  arithmetic: ARITHMETIC_ROWS,
  arrangement: ARRANGEMENT_ROWS,
  convolution: CONVOLUTION_ROWS,
  indexing: INDEXING_ROWS,
  linear: LINEAR_ROWS,
  normalization: NORMALIZATION_ROWS,
  pooling: POOLING_ROWS,
  reduction: REDUCTION_ROWS,
  resampling: RESAMPLING_ROWS,
  unary: UNARY_ROWS,
};

/** The families whose rows run the code of a rule file; all of them for the driver's own files. */
const FAMILIES: Readonly<Record<string, readonly (keyof typeof ROWS)[]>> = {
  einsum: ['linear'],
  'flipped-kernel': ['convolution'],
  'grid-sample': ['resampling'],
  padding: ['arrangement'],
  product: ['arithmetic'],
  resize: ['resampling'],
  'sampling-taps': ['resampling'],
  scatter: ['indexing'],
  'spread-windows': ['convolution', 'pooling'],
};

const isFamily = (name: string): name is keyof typeof ROWS => Object.hasOwn(ROWS, name);

async function firstFailure(file: string): Promise<string | undefined> {
  const name = /rules\/([\w-]+)\.ts$/.exec(file)?.[1] ?? '';
  const families = FAMILIES[name] ?? (isFamily(name) ? [name] : Object.keys(ROWS).filter(isFamily));
  for (const row of families.flatMap((family) => ROWS[family])) {
    try {
      await checkGradient(row);
      await checkGradient(row, true);
      await checkEachAlone(row);
    } catch {
      return row.title;
    }
  }
  return undefined;
}

process.on('message', async ({ id, file }: { readonly id: number; readonly file: string }) => {
  Object.assign(globalThis, { mutant: id });
  process.send?.({ id, failed: await firstFailure(file) });
});
