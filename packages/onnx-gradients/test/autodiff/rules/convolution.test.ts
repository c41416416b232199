import { CONVOLUTION_ROWS } from '../rows/convolution.js';
import { describeRows } from '../support/describe-rows.js';

describeRows('convolution', CONVOLUTION_ROWS);
