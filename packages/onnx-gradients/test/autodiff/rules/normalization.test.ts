import { NORMALIZATION_ROWS } from '../rows/normalization.js';
import { describeRows } from '../support/describe-rows.js';

describeRows('normalization', NORMALIZATION_ROWS);
