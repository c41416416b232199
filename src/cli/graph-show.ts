import type { Command } from 'commander';
import { assertNamed, dump, ModelError, prepareModel } from 'onnx-gradients/graph';
import { readModel } from 'onnx-gradients/node';
import { UserError } from '../errors.js';

interface GraphShowOptions {
  readonly nodes: boolean;
  readonly prepare?: true;
  readonly fix: Readonly<Record<string, number>>;
}

/** `--fix batch=16`, collected over repetitions. */
function addSize(text: string, sizes: Readonly<Record<string, number>>): Readonly<Record<string, number>> {
  const [, name, size] = /^(.+)=(\d{1,9})$/.exec(text) ?? [];
  if (name === undefined) throw new UserError(`Expected \`--fix\` as NAME=SIZE, got \`${text}\`.`);
  return { ...sizes, [name]: Number(size) };
}

/**
 * The text of `easel graph show FILE`.
 *
 * @throws UserError when the file cannot be used or prepared.
 */
export function showGraph(file: string, { nodes, prepare, fix }: GraphShowOptions): string {
  try {
    const model = readModel(file);
    const isPrepared = prepare === true || Object.keys(fix).length > 0;
    assertNamed(model, { dimensions: fix });
    return dump(isPrepared ? prepareModel(model, { dimensions: fix }) : model, { nodes });
  } catch (error) {
    if (error instanceof ModelError) throw new UserError(error.message, { cause: error });
    throw error;
  }
}

/** Adds `show` to the `graph` command. */
export function addGraphShow(graph: Command): void {
  graph
    .command('show')
    .description('print what an ONNX file holds: inputs, outputs, operators, weights and every node')
    .argument('<file>', 'the .onnx file')
    .option('--no-nodes', 'leave the list of nodes out')
    .option('--prepare', 'show it as Easel differentiates it: one opset, static shapes, constants folded')
    .option('--fix <name=size>', 'fix a named dimension (implies --prepare; repeatable)', addSize, {})
    .action((file: string, options: GraphShowOptions) => {
      process.stdout.write(`${showGraph(file, options)}\n`);
    });
}
