import {
  copyFileSync,
  existsSync,
  mkdirSync,
  readdirSync,
  readFileSync,
  renameSync,
  rmSync,
  statSync,
  symlinkSync,
  utimesSync,
  writeFileSync,
} from 'node:fs';
import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { float32, GraphBuilder, type Model } from 'onnx-gradients/graph';
import * as op from 'onnx-gradients/ops';
import { afterEach, beforeEach, describe, expect, it, onTestFinished, vi } from 'vitest';
import { KnownContents } from '../../src/hash-file.js';
import { createRuntime } from '../../src/runtime/create-runtime.js';
import { findGraphs, type GraphsWanted } from '../../src/runtime/graph-cache.js';

let cacheDir: string;
beforeEach(async () => {
  cacheDir = await mkdtemp(join(tmpdir(), 'easel-cache-'));
});
afterEach(() => rm(cacheDir, { recursive: true, force: true }));

const LENGTH = 100_000;
const GROUP = 'a'.repeat(64);
const secret = new Uint8Array(32).fill(7);
/** As of one process. */
const contents = new KnownContents();

/** x + weights·factor; the weights are large enough to be external and the same for every factor. */
function model(factor: number): Model {
  const b = new GraphBuilder();
  const x = b.input('x', { elementType: 'float32', shape: [LENGTH] });
  const weights = b.constant(float32([LENGTH], new Float32Array(LENGTH).fill(3)), 'weights');
  b.output(op.add(b, x, op.mul(b, weights, b.scalar(factor))), 'y');
  return b.build('add');
}

function wanted(
  factor: number,
  changes: Partial<GraphsWanted<'add'>> = {},
): GraphsWanted<'add'> & { builds: number } {
  const result = {
    ...{
      cacheDir,
      secret,
      contents,
      group: GROUP,
      key: [factor],
      names: ['add'] as const,
      builds: 0,
    },
    build: async () => {
      result.builds += 1;
      return { add: model(factor) };
    },
    ...changes,
  };
  return result;
}

async function runFound(options: GraphsWanted<'add'>): Promise<number> {
  const found = await findGraphs(options);
  const session = await createRuntime({ provider: 'cpu', threads: 1 }).open(found.sources.add);
  const { y } = await session.run({ x: float32([LENGTH], new Float32Array(LENGTH).fill(1)) });
  await session.release();
  return Number(y?.data[LENGTH - 1]);
}

const folder = () => join(cacheDir, 'graphs', GROUP.slice(0, 32));
const files = (ending: string) => readdirSync(folder()).filter((name) => name.endsWith(ending));

describe('findGraphs', () => {
  it('builds once, then finds', async () => {
    const first = wanted(2);
    expect((await findGraphs(first)).cached).toBe(false);
    expect((await findGraphs(first)).cached).toBe(true);
    expect(first.builds).toBe(1);
    expect(await runFound(first)).toBe(7);
  });

  it('stores equal weights of several graphs once', async () => {
    await findGraphs(wanted(2));
    await findGraphs(wanted(5));
    expect([files('.onnx').length, files('.bin').length]).toEqual([2, 1]);
    expect(await runFound(wanted(5))).toBe(16);
  });

  it.each([
    ['a flipped bit in the weights', '.bin', (bytes: Buffer) => bytes.fill(0x41, 500, 501)],
    ['a truncated graph', '.onnx', (bytes: Buffer) => bytes.subarray(0, bytes.length - 5)],
    ['an empty graph', '.onnx', () => Buffer.alloc(0)],
    ['an entry that is not JSON', '.json', () => Buffer.from('{"version":1,')],
    [
      'an entry that points elsewhere',
      '.json',
      () =>
        Buffer.from(
          '{"version":2,"files":[{"graph":"add","file":"../../x","bytes":1,"sha256":""}],"seal":""}',
        ),
    ],
    [
      'a seal that is another’s',
      '.json',
      (bytes: Buffer) => Buffer.from(String(bytes).replace(/"seal":"../, '"seal":"00')),
    ],
  ])('builds again after %s', async (_, ending, damage) => {
    await findGraphs(wanted(2));
    const path = join(folder(), files(ending)[0] ?? '');
    writeFileSync(path, damage(readFileSync(path)));
    const again = wanted(2);
    expect(await runFound(again)).toBe(7);
    expect(again.builds).toBe(1);
    expect((await findGraphs(wanted(2))).cached).toBe(true);
  });

  it('does not build another shape upon weights that were damaged meanwhile', async () => {
    await findGraphs(wanted(2));
    const path = join(folder(), files('.bin')[0] ?? '');
    writeFileSync(path, readFileSync(path).fill(0x41));
    utimesSync(path, new Date(0), new Date(0));
    expect(await runFound(wanted(5))).toBe(16);
    expect(await runFound(wanted(2))).toBe(7);
  });

  it('executes no graph of somebody who can write the cache but not the data folder', async () => {
    await findGraphs(wanted(2));
    // The intruder's own graphs, hashed and sealed as they can.
    const intruder = { secret: new Uint8Array(32).fill(8) };
    const build = async () => ({ add: model(100) });
    for (const name of readdirSync(folder())) rmSync(join(folder(), name));
    expect(await runFound(wanted(2, { ...intruder, build }))).toBe(301);
    const again = wanted(2);
    expect(await runFound(again)).toBe(7);
    expect(again.builds).toBe(1);
  });

  it('takes no entry for another one, whatever it is called', async () => {
    await findGraphs(wanted(2));
    const [two = ''] = files('.json');
    await findGraphs(wanted(5));
    const five = files('.json').find((name) => name !== two) ?? '';
    copyFileSync(join(folder(), two), join(folder(), five));
    expect(await runFound(wanted(5))).toBe(16);
  });

  it('deletes nothing that it did not write: strangers beside it, and whatever links lead to', async () => {
    const strangers = await mkdtemp(join(tmpdir(), 'easel-strangers-'));
    onTestFinished(() => rm(strangers, { recursive: true }));
    const old = (path: string) => {
      writeFileSync(path, 'of a stranger');
      utimesSync(path, new Date(0), new Date(0));
      return path;
    };
    // Named as the cache names its own, so that only the link tells.
    const hidden = old(join(strangers, `weights-${'0'.repeat(24)}.bin`));
    await findGraphs(wanted(2));
    const kept = [
      hidden,
      old(join(folder(), 'thesis.txt')),
      old(join(cacheDir, 'graphs', 'notes.bin')),
      old(join(cacheDir, 'weights.bin')),
    ];
    mkdirSync(join(cacheDir, 'graphs', 'photos'));
    kept.push(old(join(cacheDir, 'graphs', 'photos', 'cat.onnx')));
    symlinkSync(strangers, join(cacheDir, 'graphs', 'c'.repeat(32)));
    symlinkSync(hidden, join(folder(), `weights-${'1'.repeat(24)}.bin`));
    await findGraphs(wanted(5, { limitBytes: 1 }));
    expect(kept.filter((path) => !existsSync(path))).toEqual([]);
    expect(files('.json')).toHaveLength(1);
    // The whole folder may be a link.
    renameSync(join(cacheDir, 'graphs'), join(strangers, 'graphs'));
    symlinkSync(join(strangers, 'graphs'), join(cacheDir, 'graphs'));
    const abandoned = old(join(strangers, 'graphs', GROUP.slice(0, 32), `weights-${'2'.repeat(24)}.bin`));
    await findGraphs(wanted(6, { limitBytes: 1 }));
    expect(existsSync(abandoned)).toBe(true);
  });

  it('finds a change that hides behind the old time', async () => {
    await findGraphs(wanted(2));
    const path = join(folder(), files('.bin')[0] ?? '');
    const touch = () => utimesSync(path, new Date(1000), new Date(1000));
    touch();
    expect((await findGraphs(wanted(2))).cached).toBe(true);
    const changed = () => statSync(path, { bigint: true }).ctimeNs;
    const [bytes, before] = [readFileSync(path), changed()];
    do {
      writeFileSync(path, Buffer.from(bytes).fill(0x41, 0, 9));
      touch();
    } while (changed() === before);
    const again = wanted(2);
    expect(await runFound(again)).toBe(7);
    expect(again.builds).toBe(1);
  });

  it('hashes in another process only what has changed since it was last hashed', async () => {
    vi.useFakeTimers({ toFake: ['Date'], now: Date.now() });
    onTestFinished(() => {
      vi.useRealTimers();
    });
    const nextProcess = async () => {
      const own = new KnownContents();
      const [learn, of] = [vi.spyOn(own, 'learn'), vi.spyOn(own, 'of')];
      expect((await findGraphs(wanted(2, { contents: own }))).cached).toBe(true);
      return { told: learn.mock.invocationCallOrder, asked: of.mock.invocationCallOrder };
    };
    await findGraphs(wanted(2));
    vi.setSystemTime(Date.now() + 10_000);
    const first = await nextProcess();
    expect(first.told[0]).toBeGreaterThan(first.asked[0] ?? 0);
    const { told, asked } = await nextProcess();
    expect([told.length, asked.length]).toEqual([2, 2]);
    expect(told.every((order, index) => order < (asked[index] ?? 0))).toBe(true);
  });

  it('keeps keys, models and versions apart', async () => {
    await findGraphs(wanted(2));
    expect((await findGraphs(wanted(2, { key: [2, 'cuda'] }))).cached).toBe(false);
    expect((await findGraphs(wanted(2, { group: 'b'.repeat(64) }))).cached).toBe(false);
  });

  it('stays within its bytes: the graphs used longest ago go first, shared weights stay while they are used', async () => {
    for (const factor of [2, 5, 6]) await findGraphs(wanted(factor));
    const entries = files('.json').map((name) => join(folder(), name));
    // The newest is neither the first nor the last that a folder lists.
    for (const [index, seconds] of [1, 3, 2].entries()) {
      utimesSync(entries[index] ?? '', new Date(seconds * 1000), new Date(seconds * 1000));
    }
    const size = readdirSync(folder()).reduce((sum, name) => sum + statSync(join(folder(), name)).size, 0);
    const graphBytes = statSync(join(folder(), files('.onnx')[0] ?? '')).size;
    await findGraphs(wanted(7, { limitBytes: size - graphBytes / 2 }));
    expect(entries.map(existsSync)).toEqual([false, true, false]);
    expect(files('.bin')).toHaveLength(1);
    expect(files('.onnx')).toHaveLength(2);
    expect(await runFound(wanted(7))).toBe(22);
  });

  it('keeps what was just built, even when it alone is over the limit', async () => {
    expect((await findGraphs(wanted(2, { limitBytes: 10 }))).cached).toBe(false);
    expect((await findGraphs(wanted(2, { limitBytes: 10 }))).cached).toBe(true);
  });

  it('works from memory without a folder, or with one that cannot be written', async () => {
    expect(await runFound(wanted(2, { cacheDir: undefined }))).toBe(7);
    const file = join(cacheDir, 'file');
    writeFileSync(file, '');
    expect(await runFound(wanted(2, { cacheDir: file }))).toBe(7);
  });
});
