import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { Command } from 'commander';
import { readModel } from 'onnx-gradients/node';
import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest';
import { addGraphGrad } from '../../src/cli/graph-grad.js';
import { UserError } from '../../src/errors.js';
import { packageRoot } from '../../src/package-root.js';

const NETWORK = join(packageRoot(), 'packages/onnx-gradients/test/fixtures', 'networks', 'unet.old-17.onnx');
const DIMENSIONS = ['--dim', 'batch=1', '--dim', 'height=8', '--dim', 'width=12'];

let folder: string;
beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), 'easel-grad-'));
});
afterEach(() => {
  rmSync(folder, { recursive: true });
  vi.restoreAllMocks();
});

/** Runs `easel graph grad` in this process and returns what it printed. */
function grad(...words: readonly string[]): string {
  const write = vi.spyOn(process.stdout, 'write').mockReturnValue(true);
  const program = new Command().exitOverride().configureOutput({ writeErr: () => {} });
  const graph = program.command('graph').exitOverride();
  addGraphGrad(graph);
  for (const command of graph.commands) command.exitOverride().configureOutput({ writeErr: () => {} });
  program.parse(['graph', 'grad', ...words], { from: 'user' });
  return write.mock.calls.map(([text]) => String(text)).join('');
}

describe('easel graph grad', () => {
  it('writes a gradient graph and says what it takes and gives', () => {
    const out = join(folder, 'gradients.onnx');
    const said = grad(
      NETWORK,
      '--of',
      'output',
      '--wrt',
      'input',
      '--wrt',
      'leave.bias',
      '--out',
      out,
      ...DIMENSIONS,
    );
    expect(said).toMatch(
      /: \d+ nodes \(\d+ before\), input, cotangent\/output → output, gradient\/input, gradient\/leave.bias\n$/,
    );
    const { graph } = readModel(out);
    expect(graph.outputs.map(({ name, shape }) => [name, shape])).toEqual([
      ['output', [1, 3, 8, 12]],
      ['gradient/input', [1, 3, 8, 12]],
      ['gradient/leave.bias', [3]],
    ]);
  });

  it('fixes whole shapes', () => {
    const out = join(folder, 'gradients.onnx');
    grad(NETWORK, '--of', 'output', '--wrt', 'input', '--out', out, '--shape', 'input=1x3x8x8');
    expect(readModel(out).graph.inputs[0]?.shape).toEqual([1, 3, 8, 8]);
  });

  const both = ['--of', 'output', '--wrt', 'input'];
  it.each([
    [[...both, '--dim', 'batch'], 'Expected `--dim` as NAME=SIZE, got `batch`.'],
    [[...both, '--shape', 'input=3x'], 'Expected `--shape` as INPUT=1x3x224x224, got `input=3x`.'],
    [
      [...both, '--dim', 'batch=1'],
      /^Cannot use .*: Expected a size for dimension "height" of input "input", as in `--shape input=1x3xheightxwidth` with a number for each name\.$/,
    ],
    [
      [...both, ...DIMENSIONS, '--dim', 'hight=8'],
      /the name of a dimension \(batch, height, width\), got "hight"\.$/,
    ],
    [[...both, '--shape', 'x=1x3x8x8'], /the name of an input \(input\), got "x"/],
    [
      ['--of', 'outpt', '--wrt', 'input', ...DIMENSIONS],
      /such as "output", but "outpt" is not in the model\.$/,
    ],
    [
      ['--of', 'output', '--wrt', 'inputs', ...DIMENSIONS],
      /such as "input", .* but "inputs" is not in the model\.$/,
    ],
  ])('%j is a mistake of the person, in one sentence', (words, message) => {
    const run = () => grad(NETWORK, '--out', join(folder, 'none.onnx'), ...words);
    expect(run).toThrow(UserError);
    expect(run).toThrow(message);
  });

  it('a folder that is not there is a mistake of the person', () => {
    const out = join(folder, 'nowhere', 'none.onnx');
    expect(() => grad(NETWORK, ...both, ...DIMENSIONS, '--out', out)).toThrow(
      `Expected \`--out\` in a folder that exists, got \`${out}\`.`,
    );
  });

  it('a file that is no model is a mistake of the person', () => {
    const run = () => grad(join(folder, 'missing.onnx'), ...both, '--out', join(folder, 'none.onnx'));
    expect(run).toThrow(UserError);
  });
});
