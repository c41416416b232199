import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { create, toBinary } from '@bufbuild/protobuf';
import { describe, expect, test } from 'vitest';
import { decodeModel } from '../../../src/onnx/codec/read-model.js';
import { encodeModel } from '../../../src/onnx/codec/write-model.js';
import { ModelProtoSchema } from '../../../src/onnx/generated/onnx_pb.js';
import type { Model } from '../../../src/onnx/graph.js';
import { ModelError } from '../../../src/onnx/model-error.js';
import { prepareModel } from '../../../src/onnx/prepare-model.js';
import { FIXTURES } from '../../support/folders.js';
import { graph, model, node, value } from '../support/models.js';
import { seeded } from '../support/random.js';

const decode = (bytes: Uint8Array) => decodeModel(bytes, { name: 'm.onnx' });
const decoding = (parts: Model) => () => decode(encodeModel(parts));

/** A refusal is a ModelError, and no TypeError stands behind it: those are our own mistakes. */
function checkRefusal(error: unknown): void {
  if (!(error instanceof ModelError)) throw error;
  for (let cause: unknown = error; cause instanceof Error; cause = cause.cause) {
    if (cause instanceof TypeError && !cause.message.includes('encoded data was not valid')) throw cause;
  }
}

/** What came of bytes: a model or a sentence; anything else is a fault. */
function outcome(bytes: Uint8Array): 'read' | 'refused' {
  let read: Model;
  try {
    read = decode(bytes);
  } catch (error) {
    checkRefusal(error);
    expect(error).toHaveProperty('message', expect.stringMatching(/^Cannot use m\.onnx because .*\.$/s));
    return 'refused';
  }
  // What can be read must also be prepared or refused, not crash or hang.
  try {
    prepareModel(read, { dimensions: { n: 1, h: 4, w: 4 } });
  } catch (error) {
    checkRefusal(error);
  }
  return 'read';
}

const fixture = (opset: number) => readFileSync(join(FIXTURES, `onnx-opset-${opset}.onnx`));

describe('damaged files', () => {
  test.each([11, 23])('an export of opset %i cut anywhere is refused in one sentence', (opset) => {
    const whole = fixture(opset);
    const random = seeded(opset);
    for (let i = 0; i < 300; i += 1) {
      // Cuts between two top-level fields leave a shorter message that is whole but lacks graph or opset.
      const cut = i < 50 ? i : random.int(0, whole.length - 1);
      outcome(whole.subarray(0, cut));
    }
    expect(outcome(whole)).toBe('read');
    expect(outcome(whole.subarray(0, whole.length >> 1))).toBe('refused');
  });

  test.each([11, 17, 20, 23])(
    'an export of opset %i with flipped bytes is read or refused, never a fault',
    (opset) => {
      const whole = fixture(opset);
      const random = seeded(1000 + opset);
      const counts = { read: 0, refused: 0 };
      for (let i = 0; i < 400; i += 1) {
        const damaged = Uint8Array.from(whole);
        // The graph's structure stands at both ends; weights, where a flip changes only a number, are in between.
        for (let flips = random.int(1, 8); flips > 0; flips -= 1) {
          damaged[random.int(0, damaged.length - 1)] = random.int(0, 255);
        }
        counts[outcome(damaged)] += 1;
      }
      expect(counts.read).toBeGreaterThan(0);
      expect(counts.refused).toBeGreaterThan(0);
    },
  );

  test('random bytes are refused', () => {
    const random = seeded(5);
    for (let i = 0; i < 300; i += 1) {
      outcome(Uint8Array.from({ length: random.int(0, 200) }, () => random.int(0, 255)));
    }
    expect(outcome(new Uint8Array(0))).toBe('refused');
  });
});

/** Length-delimited field 1…15 around bytes, as protobuf nests messages. */
function wrap(field: number, inner: Uint8Array): Uint8Array {
  const length: number[] = [];
  for (let rest = inner.length; ; rest = Math.floor(rest / 128)) {
    if (rest < 128) {
      length.push(rest);
      break;
    }
    length.push((rest % 128) + 128);
  }
  return Uint8Array.from([field * 8 + 2, ...length, ...inner]);
}

describe('files that ask for too much', () => {
  const residentBytes = () => process.memoryUsage().rss;

  test('a graph nested a thousand deep', () => {
    let inner = new Uint8Array(0);
    // graph → node (1) → attribute (5) → graph (6)
    for (let depth = 0; depth < 1000; depth += 1) inner = new Uint8Array(wrap(1, wrap(5, wrap(6, inner))));
    expect(() => decode(wrap(7, inner))).toThrow('it is nested more than 60 levels deep');
  });

  test('millions of empty nodes', () => {
    const start = residentBytes();
    const nodes = new Uint8Array(4_000_000);
    for (let i = 0; i < nodes.length; i += 2) nodes[i] = 0x0a;
    const bytes = new Uint8Array(nodes.length + 5);
    bytes.set([0x3a, 0x80, 0x92, 0xf4, 0x01]);
    bytes.set(nodes, 5);
    expect(() => decode(bytes)).toThrow('it has more than 1000000 parts');
    expect(residentBytes() - start).toBeLessThan(200e6);
  });

  test('tens of millions of one-byte integers', () => {
    const start = residentBytes();
    const dims = new Uint8Array(20_000_000);
    const proto = create(ModelProtoSchema, { graph: { initializer: [{ name: 'w', rawData: dims }] } });
    const bytes = toBinary(ModelProtoSchema, proto);
    // Field 9 (raw_data) becomes field 7 (int64_data): the same bytes, each a number now.
    const at = bytes.lastIndexOf(0x4a, 40);
    bytes[at] = 0x3a;
    expect(() => decode(bytes)).toThrow('numbers outside raw data');
    expect(residentBytes() - start).toBeLessThan(200e6);
  });

  test('constants that grow without end are left to the runtime', () => {
    const start = residentBytes();
    const nodes = Array.from({ length: 9 }, (_, i) =>
      node('Concat', [`t${i}`, `t${i}`, `t${i}`, `t${i}`], [`t${i + 1}`], {
        axis: { kind: 'int', value: 0 },
      }),
    );
    const constants = new Map([
      ['t0', { elementType: 'float32', shape: [1024], data: new Float32Array(1024) } as const],
    ]);
    const grown = model({ outputs: [{ name: 't9' }], initializers: constants, nodes });
    expect(prepareModel(grown).graph.nodes.length).toBeGreaterThan(0);
    expect(residentBytes() - start).toBeLessThan(0.8e9);
  });

  test('a constant of a shape of petabytes is not made', () => {
    const shape = { elementType: 'int64', shape: [2], data: BigInt64Array.of(1n << 25n, 1n << 25n) } as const;
    const huge = model({
      outputs: [{ name: 'y' }],
      initializers: new Map([['shape', shape]]),
      nodes: [node('ConstantOfShape', ['shape'], ['y'])],
    });
    expect(prepareModel(huge).graph.nodes.map(({ opType }) => opType)).toEqual(['ConstantOfShape']);
  });

  test('functions that call one another twice each, thirty deep', () => {
    const functions = Array.from({ length: 30 }, (_, i) => ({
      name: `f${i}`,
      domain: 'd',
      input: ['x'],
      output: ['y'],
      node: [0, 1].map((half) => ({
        opType: i === 29 ? 'Relu' : `f${i + 1}`,
        domain: i === 29 ? '' : 'd',
        input: [half === 0 ? 'x' : 'z'],
        output: [half === 0 ? 'z' : 'y'],
      })),
    }));
    expect(() => decode(withFunctions(functions))).toThrow('its functions expand to more than');
  });

  test('a function that calls itself', () => {
    const node = [{ opType: 'f0', domain: 'd', input: ['x'], output: ['y'] }];
    const functions = [{ name: 'f0', domain: 'd', input: ['x'], output: ['y'], node }];
    expect(() => decode(withFunctions(functions))).toThrow('function f0 calls itself');
  });
});

type Functions = readonly {
  readonly name: string;
  readonly domain: string;
  readonly input: string[];
  readonly output: string[];
  readonly node: { opType: string; domain: string; input: string[]; output: string[] }[];
}[];

function withFunctions(functions: Functions): Uint8Array {
  const proto = create(ModelProtoSchema, {
    opsetImport: [{ version: 18n }],
    functions: [...functions],
    graph: {
      input: [{ name: 'a' }],
      output: [{ name: 'b' }],
      node: [{ opType: 'f0', domain: 'd', input: ['a'], output: ['b'] }],
    },
  });
  return toBinary(ModelProtoSchema, proto);
}

describe('graphs that contradict themselves are refused in one sentence', () => {
  const relu = (from: string, to: string) => node('Relu', [from], [to]);
  const weights = (...names: string[]) =>
    new Map(
      names.map((name) => [name, { elementType: 'float32', shape: [1], data: new Float32Array(1) } as const]),
    );

  test.each<[string, Model, string]>([
    [
      'a cycle',
      model({ outputs: [value('a')], nodes: [relu('b', 'a'), relu('a', 'b')] }),
      'Relu (node "a") reads "b", which nothing before it computes',
    ],
    [
      'a value nobody computes',
      model({ inputs: [value('x')], outputs: [value('y')], nodes: [relu('z', 'y')] }),
      'Relu (node "y") reads "z", which nothing before it computes',
    ],
    [
      'two nodes with one output',
      model({ inputs: [value('x')], outputs: [value('y')], nodes: [relu('x', 'y'), relu('x', 'y')] }),
      'the name "y" of an output of Relu (node "y") is taken',
    ],
    [
      'two inputs of one name',
      model({ inputs: [value('x'), value('x')] }),
      'the name "x" of an input is taken',
    ],
    [
      'a node that overwrites a weight',
      model({
        inputs: [value('x')],
        outputs: [value('w')],
        initializers: weights('w'),
        nodes: [relu('x', 'w')],
      }),
      'the name "w" of an output of Relu (node "w") is taken',
    ],
    ['an output nobody computes', model({ outputs: [value('y')] }), 'output "y" is computed by nothing'],
    [
      'an output listed twice',
      model({ inputs: [value('x')], outputs: [value('x'), value('x')] }),
      'output "x" is listed twice',
    ],
    [
      'a branch that reads what reads its result',
      model({
        inputs: [value('x')],
        outputs: [value('y')],
        nodes: [
          node('If', ['x'], ['y'], {
            then_branch: {
              kind: 'graph',
              value: graph({ outputs: [value('b')], nodes: [relu('later', 'b')] }),
            },
          }),
          relu('y', 'later'),
        ],
      }),
      'Relu (node "b") reads "later", which nothing before it computes',
    ],
    [
      'a negative dimension',
      model({ inputs: [value('x', [-1])], outputs: [value('x')] }),
      'value "x" has a dimension of -1',
    ],
  ])('%s', (_, broken, reason) => {
    expect(decoding(broken)).toThrow(`Cannot use m.onnx because ${reason}.`);
  });

  test('a name that is no UTF-8', () => {
    const bytes = encodeModel(model({ inputs: [value('naïve')], outputs: [value('naïve')] }));
    const at = bytes.indexOf(0xc3);
    bytes[at] = 0xff;
    expect(() => decode(bytes)).toThrow('Cannot use m.onnx because a text in it is not valid UTF-8.');
  });

  test('names of the prototype are names like any other', () => {
    const names = ['constructor', '__proto__', 'toString'];
    const read = decode(
      encodeModel(
        model({
          inputs: names.map((name) => value(name)),
          outputs: names.map((name) => value(`${name}'`)),
          nodes: names.map((name) =>
            node('Relu', [name], [`${name}'`], { __proto__: { kind: 'int', value: 1 } }),
          ),
        }),
      ),
    );
    expect(prepareModel(read).graph.inputs.map(({ name }) => name)).toEqual(names);
    const odd = model({
      inputs: [value('x')],
      outputs: [value('y')],
      nodes: [node('constructor', ['x'], ['y'])],
    });
    expect(() => prepareModel(odd)).toThrow('constructor (node "y", opset 18)');
  });
});
