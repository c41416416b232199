import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { create, toBinary } from '@bufbuild/protobuf';
import { describe, expect, it } from 'vitest';
import { encodeModel } from '../../src/onnx/codec/write-model.js';
import { ModelProtoSchema } from '../../src/onnx/generated/onnx_pb.js';
import { float32, int64 } from '../../src/onnx/tensor.js';
import { FIXTURES } from '../support/folders.js';
import { model, node, value } from './support/models.js';
import { outcomeOf } from './support/outcome.js';

const folder = join(FIXTURES, 'hostile');
const read = (name: string) => readFileSync(join(folder, `${name}.onnx`));

describe('a hostile file', () => {
  it.each(readdirSync(folder))('%s ends in a model or in sentences', (file) => {
    const { prepared, sentences } = outcomeOf(readFileSync(join(folder, file)));
    expect(prepared !== undefined || sentences.length > 0).toBe(true);
  });

  it.each([
    ['grad-resize-identity', 'the matrix from 30000 to 60000 elements along axis 2 is too large'],
    ['fuzz-2259', 'The operator has no attribute `body`.'],
    [
      'terminal-escape',
      'Bad\\u001b]0;pwned\\u0007\\u001b[31m (node "n\\u001b[2J", opset 18): The operator is not supported.',
    ],
  ])('%s is told what is wrong', (name, sentence) => {
    expect(outcomeOf(read(name)).sentences.join(' ')).toContain(sentence);
  });

  it('einsum-long is told without its fifty thousand letters', () => {
    const [sentence = ''] = outcomeOf(read('einsum-long')).sentences;
    expect(sentence).toMatch(/^Einsum \(node "Einsum_0", opset 18\): .*Expected rank 50000 for "a{199}…/);
    expect(sentence.length).toBeLessThan(500);
  });

  it.each(['attention-causal', 'hang-reduceprod-bigint', 'slow-int8-folds', 'grad-avgpool-kernel'])(
    '%s becomes a small graph, not its numbers',
    (name) => {
      const { prepared } = outcomeOf(read(name));
      expect(prepared && encodeModel(prepared).length).toBeLessThan(20_000_000);
    },
  );
});

/** A model whose one local function has this node and is called so often. */
function calling(times: number, inner: object): Uint8Array {
  return toBinary(
    ModelProtoSchema,
    create(ModelProtoSchema, {
      irVersion: 8n,
      opsetImport: [
        { domain: '', version: 18n },
        { domain: 'own', version: 1n },
      ],
      functions: [{ name: 'f', domain: 'own', input: ['a'], output: ['b'], node: [inner] }],
      graph: {
        name: 'g',
        input: [{ name: 'x0' }],
        output: [{ name: `x${times}` }],
        node: Array.from({ length: times }, (_, i) => ({
          opType: 'f',
          domain: 'own',
          input: [`x${i}`],
          output: [`x${i + 1}`],
        })),
      },
    }),
  );
}

describe('a function that is called often', () => {
  it.each([
    ['with a long list', { attribute: [{ name: 'v', type: 7, ints: new Array<bigint>(50_000).fill(1n) }] }],
    [
      'with a typed constant',
      {
        attribute: [
          {
            name: 'v',
            type: 4,
            t: { dataType: 1, dims: [50_000n], floatData: new Array<number>(50_000).fill(1) },
          },
        ],
      },
    ],
    ['with a long name', { name: 'n'.repeat(200_000) }],
  ])('%s is refused before it is copied', (_, extra) => {
    const bytes = calling(20_000, { opType: 'Identity', input: ['a'], output: ['b'], ...extra });
    expect(outcomeOf(bytes).sentences).toEqual([
      'Cannot use file.onnx because its functions expand to more than a model holds.',
    ]);
  });
});

describe('a file of very many', () => {
  it('axes is refused', () => {
    const shape = new Array<number>(200_000).fill(1);
    const bytes = encodeModel(model({ inputs: [value('x', shape)], outputs: [value('x', shape)] }));
    expect(outcomeOf(bytes).sentences).toEqual(['Cannot use file.onnx because value "x" has 200000 axes.']);
  });

  it('nodes is read, prepared and differentiated', () => {
    const nodes = Array.from({ length: 10_000 }, (_, i) =>
      node('Concat', [`x${i}`], [`x${i + 1}`], { axis: { kind: 'int', value: 0 } }),
    );
    const bytes = encodeModel(model({ inputs: [value('x0')], outputs: [value('x10000')], nodes }));
    expect(outcomeOf(bytes).differentiated).toBeDefined();
  });

  it('folds is folded as far as the budget goes', () => {
    const nodes = Array.from({ length: 3_000 }, (_, i) => node('Exp', [`x${i}`], [`x${i + 1}`]));
    const bytes = encodeModel(
      model({
        outputs: [value('x3000', [1000])],
        initializers: new Map([['x0', float32([1000], new Float32Array(1000))]]),
        nodes,
      }),
    );
    const { prepared } = outcomeOf(bytes);
    expect(prepared && encodeModel(prepared).length).toBeLessThan(2_000_000);
  });
});

describe('operators that are written out', () => {
  const said = (parts: Parameters<typeof model>[0], opset = 18) =>
    outcomeOf(encodeModel(model(parts, opset))).sentences.join(' ');
  const int = (value: number) => ({ kind: 'int', value }) as const;
  const weights = new Map([
    ['w', float32([1, 4, 1], [1, 1, 1, 1])],
    ['r', float32([1, 4, 1], [1, 1, 1, 1])],
  ]);
  const lstm = (from: string, to: string) =>
    node('LSTM', [from, 'w', 'r'], ['', to], { hidden_size: int(1) });

  it('are refused where they have very many steps', () => {
    const [inputs, outputs] = [[value('x', [2 ** 40, 1, 1])], [value('y', [1, 1, 1])]];
    expect(said({ inputs, outputs, initializers: weights, nodes: [lstm('x', 'y')] })).toContain(
      'LSTM (node "LSTM_0", opset 18): Its 1099511627776 steps, written out one by one, make the graph too long.',
    );
  });

  it('are refused where they are many', () => {
    const nodes = Array.from({ length: 3 }, (_, i) => lstm('x', `y${i}`));
    const outputs = nodes.map((_, i) => value(`y${i}`, [1, 1, 1]));
    const inputs = [value('x', [1000, 1, 1])];
    expect(said({ inputs, outputs, initializers: weights, nodes })).toContain('make the graph too long');
  });

  it('are refused where their tables are too large in all', () => {
    const nodes = Array.from({ length: 20 }, (_, i) => node('DFT', ['x', `n${i}`], [`y${i}`]));
    const lengths = nodes.map((_, i) => [`n${i}`, int64([], [1024 - i])] as const);
    const outputs = nodes.map((_, i) => value(`y${i}`, [1, 1024 - i, 2]));
    const inputs = [value('x', [1, 1024, 2])];
    expect(said({ inputs, outputs, initializers: new Map(lengths), nodes })).toContain('too large in all');
  });

  it('are refused where they count very many places', () => {
    const inputs = [value('x', [2 ** 40, 1]), { ...value('n', [1]), elementType: 'int64' as const }];
    const nodes = [node('ReverseSequence', ['x', 'n'], ['y'])];
    expect(said({ inputs, outputs: [value('y', [2 ** 40, 1])], nodes })).toContain(
      'Expected at most 1048576 places, got 1099511627776.',
    );
  });
});
