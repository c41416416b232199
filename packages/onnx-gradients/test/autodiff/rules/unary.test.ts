import { UNARY_ROWS } from '../rows/unary.js';
import { describeRows } from '../support/describe-rows.js';

describeRows('unary', UNARY_ROWS);
