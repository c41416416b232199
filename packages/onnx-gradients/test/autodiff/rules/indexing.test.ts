import { INDEXING_ROWS } from '../rows/indexing.js';
import { describeRows } from '../support/describe-rows.js';

describeRows('indexing', INDEXING_ROWS);
