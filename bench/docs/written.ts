import { operatorTable } from '../../packages/onnx-gradients/src/autodiff/operator-table.js';
import { commandsPage } from './commands.js';
import { reference } from './reference.js';

/** The files of `docs/` that are made from the code. */
export const WRITTEN: Readonly<Record<string, () => string | Promise<string>>> = {
  'commands.md': commandsPage,
  'operators.md': operatorTable,
  'reference.md': reference,
};
