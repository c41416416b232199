import { RESAMPLING_ROWS } from '../rows/resampling.js';
import { describeRows } from '../support/describe-rows.js';

describeRows('resampling', RESAMPLING_ROWS);
