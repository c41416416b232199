import { ARRANGEMENT_ROWS } from '../rows/arrangement.js';
import { describeRows } from '../support/describe-rows.js';

describeRows('arrangement', ARRANGEMENT_ROWS);
