import { int, ints, string } from '../../../src/onnx/builder.js';
import * as ops from '../../../src/onnx/ops.js';
import type { Row } from '../support/check-gradient.js';
import { normal } from '../support/random.js';

const slice = (title: string, options: ops.SliceOptions): Row => ({
  title: `Slice ${title}`,
  inputs: { x: normal(7, 5) },
  build: (b, { x }) => ops.slice(b, x as never, options),
});

interface PadCase {
  readonly mode: ops.PadMode;
  readonly pads: readonly number[];
}

const pad = (title: string, { mode, pads }: PadCase): Row => ({
  title: `Pad ${title}`,
  inputs: { x: normal(3, 4, 5) },
  build: (b, { x }) => b.op('Pad', [x, b.int64s(pads)], { mode: string(mode) }),
});

export const ARRANGEMENT_ROWS: readonly Row[] = [
  {
    title: 'Reshape',
    inputs: { x: normal(2, 3, 5) },
    build: (b, { x }) => b.op('Reshape', [x, b.int64s([5, -1])]),
  },
  {
    title: 'Flatten',
    inputs: { x: normal(2, 3, 5) },
    build: (b, { x }) => b.op('Flatten', [x], { axis: int(-1) }),
  },
  {
    title: 'Squeeze and Unsqueeze',
    inputs: { x: normal(2, 1, 5) },
    build: (b, { x }) => b.op('Unsqueeze', [b.op('Squeeze', [x, b.int64s([1])]), b.int64s([0, -1])]),
  },
  {
    title: 'Transpose by a three-cycle',
    inputs: { x: normal(2, 3, 5) },
    build: (b, { x }) => b.op('Transpose', [x], { perm: ints([2, 0, 1]) }),
  },
  {
    title: 'Transpose by default',
    inputs: { x: normal(2, 3, 5) },
    build: (b, { x }) => b.op('Transpose', [x]),
  },
  {
    title: 'Concat',
    inputs: { x: normal(2, 3), y: normal(2, 1), z: normal(2, 5) },
    build: (b, { x, y, z }) => b.op('Concat', [x, y, z], { axis: int(-1) }),
  },
  {
    title: 'Concat with a part that needs no gradient',
    inputs: { x: normal(1, 3), y: normal(2, 3) },
    wrt: ['y'],
    build: (b, { x, y }) => b.op('Concat', [x, y, x], { axis: int(0) }),
  },
  {
    title: 'Split',
    inputs: { x: normal(7, 2) },
    build: (b, { x }) => b.emit({ opType: 'Split', inputs: [x, b.int64s([2, 4, 1])], outputs: 3 }),
  },
  {
    title: 'Split of which the ends are used',
    inputs: { x: normal(2, 7) },
    build: (b, { x }) => {
      const parts = b.emit({
        opType: 'Split',
        inputs: [x, b.int64s([2, 4, 1])],
        attributes: { axis: int(-1) },
        outputs: 3,
      });
      return [parts[0], parts[2]].filter((part) => part !== undefined);
    },
  },
  {
    title: 'Split of which the middle is used',
    inputs: { x: normal(2, 7) },
    build: (b, { x }) => {
      const attributes = { axis: int(1), num_outputs: int(3) };
      return b.emit({ opType: 'Split', inputs: [x], attributes, outputs: 3 }).slice(1, 2);
    },
  },
  slice('of one axis', { starts: [2], ends: [-1], axes: [0] }),
  slice('of both axes', { starts: [1, 0], ends: [100, 3], axes: [-1, 0] }),
  slice('by a step', { starts: [1], ends: [7], axes: [0], steps: [3] }),
  slice('by a step that leaves a rest', { starts: [0], ends: [7], axes: [0], steps: [2] }),
  slice('by a step longer than the axis', { starts: [3], ends: [7], axes: [0], steps: [5] }),
  slice('by a step of two elements', { starts: [0], ends: [4], axes: [0], steps: [2] }),
  slice('backwards, one element by a step', { starts: [3], ends: [2], axes: [0], steps: [-2] }),
  slice('backwards', { starts: [-1], ends: [-100], axes: [0], steps: [-1] }),
  slice('backwards by a step', { starts: [5, 4], ends: [0, -100], axes: [0, 1], steps: [-2, -3] }),
  {
    title: 'Expand',
    inputs: { x: normal(3, 1) },
    build: (b, { x }) => b.op('Expand', [x, b.int64s([2, 1, 5])]),
  },
  {
    title: 'Tile',
    inputs: { x: normal(2, 3, 1) },
    build: (b, { x }) => b.op('Tile', [x, b.int64s([3, 2, 4])]),
  },
  {
    title: 'DepthToSpace, DCR',
    type: 'float32',
    inputs: { x: normal(1, 12, 2, 3) },
    step: 1,
    build: (b, { x }) => b.op('DepthToSpace', [x], { blocksize: int(2) }),
  },
  {
    title: 'DepthToSpace, CRD',
    type: 'float32',
    inputs: { x: normal(2, 18, 2, 3) },
    step: 1,
    build: (b, { x }) => b.op('DepthToSpace', [x], { blocksize: int(3), mode: string('CRD') }),
  },
  {
    title: 'SpaceToDepth',
    type: 'float32',
    inputs: { x: normal(1, 3, 4, 6) },
    step: 1,
    build: (b, { x }) => b.op('SpaceToDepth', [x], { blocksize: int(2) }),
  },
  pad('with zeros', { mode: 'constant', pads: [0, 1, 2, 3, 0, 1] }),
  pad('that crops and grows', { mode: 'constant', pads: [-1, 1, -2, 1, -1, 0] }),
  pad('at the edges', { mode: 'edge', pads: [1, 0, 2, 3, 1, 0] }),
  pad('by reflection', { mode: 'reflect', pads: [2, 1, 4, 1, 0, 3] }),
  pad('at the edges of what is left', { mode: 'edge', pads: [-1, 2, -2, 3, -1, 1] }),
  pad('by reflection of what is left', { mode: 'reflect', pads: [-1, 1, -2, 1, -1, 2] }),
  {
    title: 'Pad with a value, of some axes',
    inputs: { x: normal(3, 4, 5), value: normal() },
    build: (b, { x, value }) => b.op('Pad', [x, b.int64s([1, 2, 3, -1]), value, b.int64s([-1, 0])]),
  },
];
