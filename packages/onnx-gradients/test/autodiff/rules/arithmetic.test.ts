import { ARITHMETIC_ROWS } from '../rows/arithmetic.js';
import { describeRows } from '../support/describe-rows.js';

describeRows('arithmetic', ARITHMETIC_ROWS);
