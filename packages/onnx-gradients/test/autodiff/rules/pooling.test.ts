import { POOLING_ROWS } from '../rows/pooling.js';
import { describeRows } from '../support/describe-rows.js';

describeRows('pooling', POOLING_ROWS);
