import { REDUCTION_ROWS } from '../rows/reduction.js';
import { describeRows } from '../support/describe-rows.js';

describeRows('reduction', REDUCTION_ROWS);
