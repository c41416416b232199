import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { describe, expect, onTestFinished, test } from 'vitest';
import { showGraph } from '../../src/cli/graph-show.js';
import { UserError } from '../../src/errors.js';
import { packageRoot } from '../../src/package-root.js';

const file = join(packageRoot(), 'packages/onnx-gradients/test/fixtures', 'onnx-opset-17.onnx');

describe('easel graph show', () => {
  test('shows a file as it is', () => {
    const text = showGraph(file, { nodes: true, fix: {} });
    expect(text).toContain('opset onnx 17');
    expect(text).toContain('picture: float32 [n, 3, h, w]');
    expect(text).toContain('= Shape(');
  });

  test('shows it as Easel differentiates it when dimensions are fixed', () => {
    const text = showGraph(file, { nodes: true, fix: { n: 1, h: 8, w: 8 } });
    expect(text).toContain('opset onnx 18');
    expect(text).toContain('picture: float32 [1, 3, 8, 8]');
    expect(text).not.toContain('= Shape(');
    expect(text).not.toMatch(/: \?/);
  });

  test.each([
    [
      'a dimension that is not fixed',
      file,
      { prepare: true, fix: {} },
      'Expected a size for dimension "n" of input "picture".',
    ],
    ['a file that is not there', 'no.onnx', { fix: {} }, 'Cannot read no.onnx because'],
  ] as const)('%s is told to the person at the keyboard', (_, path, options, message) => {
    expect(() => showGraph(path, { nodes: false, ...options })).toThrow(UserError);
    expect(() => showGraph(path, { nodes: false, ...options })).toThrow(message);
  });

  test('a file that is no model is told to the person at the keyboard', () => {
    const folder = mkdtempSync(join(tmpdir(), 'easel-show-'));
    onTestFinished(() => rmSync(folder, { recursive: true }));
    const path = join(folder, 'picture.onnx');
    writeFileSync(path, 'not a model');
    expect(() => showGraph(path, { nodes: true, fix: {} })).toThrow(UserError);
    expect(() => showGraph(path, { nodes: true, fix: {} })).toThrow(`Cannot use ${path} because`);
  });
});
