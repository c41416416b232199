import { LINEAR_ROWS } from '../rows/linear.js';
import { describeRows } from '../support/describe-rows.js';

describeRows('linear', LINEAR_ROWS);
