import type { Command } from 'commander';
import { differentiateModel, hessianProductModel, NotDifferentiable, UnknownValue } from 'onnx-gradients';
import { assertNamed, type Model, ModelError, type PrepareOptions } from 'onnx-gradients/graph';
import { readModel, writeModel } from 'onnx-gradients/node';
import { UserError } from '../errors.js';
import { assertWritable } from './picture-file.js';

type Sizes = Readonly<Record<string, number>>;
type Shapes = Readonly<Record<string, readonly number[]>>;

interface GraphGradOptions {
  readonly of: string;
  readonly wrt: readonly string[];
  readonly stopGradient?: readonly string[];
  readonly out: string;
  readonly dim: Sizes;
  readonly shape: Shapes;
}

/** `--dim batch=16`, collected over repetitions. */
function addDimension(text: string, sizes: Sizes): Sizes {
  const [, name, size] = /^(.+)=(\d{1,9})$/.exec(text) ?? [];
  if (name === undefined) throw new UserError(`Expected \`--dim\` as NAME=SIZE, got \`${text}\`.`);
  return { ...sizes, [name]: Number(size) };
}

/** `--shape input=1x3x224x224`, collected over repetitions. */
function addShape(text: string, shapes: Shapes): Shapes {
  const [, name, shape] = /^(.+)=(\d{1,9}(?:x\d{1,9})*)$/.exec(text) ?? [];
  if (name === undefined || shape === undefined) {
    throw new UserError(`Expected \`--shape\` as INPUT=1x3x224x224, got \`${text}\`.`);
  }
  return { ...shapes, [name]: shape.split('x').map(Number) };
}

const addName = (name: string, names: readonly string[] = []): readonly string[] => [...names, name];

/**
 * Writes the gradient graph of a model, or the graph of its Hessian–vector products, and returns lines that say what it
 * takes and gives and what is odd about it.
 *
 * @throws UserError in one sentence when the model cannot be used or differentiated, or a name is not in it.
 */
export function writeGradients(
  file: string,
  { of, wrt, stopGradient = [], out, dim, shape }: GraphGradOptions,
  differentiate: typeof differentiateModel = differentiateModel,
): string {
  assertWritable(out);
  const warnings: string[] = [];
  const sizes = { dimensions: dim, shapes: shape };
  const model = readTheirs(file);
  try {
    assertNamed(model, sizes);
    const differentiated = differentiate(model, {
      of,
      wrt,
      stop: stopGradient,
      ...sizes,
      onWarning: (sentence) => warnings.push(sentence),
    });
    const { weights } = writeModel(out, differentiated);
    const beside =
      weights === '' ? [] : [`Its weights are too many for one file: they are beside it, in ${weights}.`];
    const names = (values: readonly { readonly name: string }[]) => values.map(({ name }) => name).join(', ');
    const { inputs, outputs, nodes } = differentiated.graph;
    const summary = `${out}: ${nodes.length} nodes (${model.graph.nodes.length} before), ${names(inputs)} → ${names(outputs)}`;
    return [...warnings, summary, ...beside].join('\n');
  } catch (error) {
    if (error instanceof ModelError)
      throw new UserError(`Cannot use ${file}: ${hinted(error.message, hint(model, sizes))}`, {
        cause: error,
      });
    if (error instanceof NotDifferentiable || error instanceof UnknownValue)
      throw new UserError(error.message, { cause: error });
    throw error;
  }
}

function readTheirs(file: string): Model {
  try {
    return readModel(file);
  } catch (error) {
    if (error instanceof ModelError) throw new UserError(error.message, { cause: error });
    throw error;
  }
}

/** How to fix what the options leave open: the model's own names, sizes to be replaced. */
function hint({ graph }: Model, { dimensions = {}, shapes = {} }: PrepareOptions): string {
  const open = graph.inputs
    .filter(({ name }) => shapes[name] === undefined)
    .map(({ name, shape = [] }) => ({
      name,
      shape: shape.map((size) => (typeof size === 'string' ? (dimensions[size] ?? size) : size)),
    }))
    .filter(({ shape }) => shape.some((size) => typeof size !== 'number'));
  if (open.length === 0) return '';
  const asked = open.map(
    ({ name, shape }) => `--shape ${name}=${shape.map((size) => size || '?').join('x')}`,
  );
  return `, as in \`${asked.join(' ')}\` with a number for each name`;
}

const hinted = (sentence: string, words: string) => sentence.replace(/\.$/, `${words}.`);

/** Adds `grad` and `hvp` to the `graph` command. */
export function addGraphGrad(graph: Command): void {
  addDifferentiator(graph.command('grad'), differentiateModel).description(
    'write the graph that computes gradients of an ONNX model, as ordinary ONNX operators',
  );
  addDifferentiator(graph.command('hvp'), hessianProductModel).description(
    'write the graph that multiplies the second derivatives of an ONNX model by a vector, as ordinary ONNX operators',
  );
}

function addDifferentiator(command: Command, differentiate: typeof differentiateModel): Command {
  return command
    .argument('<model>', 'the .onnx file')
    .requiredOption('--of <output>', 'the value to differentiate')
    .requiredOption(
      '--wrt <input>',
      'an input, weight or other float value to differentiate by (repeatable)',
      addName,
    )
    .requiredOption('--out <file>', 'where to write the graph')
    .option(
      '--stop-gradient <name>',
      'a value that counts as a constant: no gradient passes it (repeatable)',
      addName,
    )
    .option('--dim <name=value>', 'fix a named dimension (repeatable)', addDimension, {})
    .option('--shape <input=1x3x224x224>', 'fix the shape of an input (repeatable)', addShape, {})
    .action((file: string, options: GraphGradOptions) => {
      process.stdout.write(`${writeGradients(file, options, differentiate)}\n`);
    });
}
