import { spawn } from 'node:child_process';
import { closeSync, existsSync, openSync, readdirSync, readFileSync, writeFileSync } from 'node:fs';
import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import sharp from 'sharp';
import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest';
import { run } from '../../src/cli/run.js';
import { paintRequestSchema } from '../../src/requests/paint-request.js';
import { keepState } from '../../src/cli/state-file.js';
import { decodePicture } from '../../src/images/decode-picture.js';
import { readPngText } from '../../src/images/png-text.js';
import { decodeState } from '../../src/paint/latent/saved-state.js';
import { packageRoot } from '../../src/package-root.js';
import { writeTinyModel } from '../support/tiny-model.js';

let dataDir: string;
let folder: string;
let cwd: string;

beforeAll(async () => {
  cwd = process.cwd();
  dataDir = await mkdtemp(join(tmpdir(), 'easel-cli-'));
  await writeTinyModel(join(dataDir, 'models', 'tiny'));
});
afterAll(() => rm(dataDir, { recursive: true }));
beforeEach(async () => {
  folder = await mkdtemp(join(dataDir, 'out-'));
});

interface Outcome {
  readonly code: number;
  readonly out: string;
  readonly err: string;
}

interface RunOptions {
  readonly interrupted?: AbortSignal;
  readonly isTerminal?: boolean;
  readonly columns?: number;
  /** Called with all that was printed so far. */
  readonly watch?: (out: string) => void;
}

async function easel(args: readonly string[], options: RunOptions = {}): Promise<Outcome> {
  let [out, err] = ['', ''];
  const code = await run(args, {
    out: (text) => {
      out += text;
      options.watch?.(out);
    },
    err: (text) => {
      err += text;
    },
    isTerminal: options.isTerminal ?? false,
    columns: () => options.columns,
    interrupted: options.interrupted ?? new AbortController().signal,
    dataDir,
    cacheDir: join(dataDir, 'cache'),
  });
  return { code, out, err };
}

const TINY = ['--model', 'tiny', '--threads', '1'];

describe('easel imagine', () => {
  it('writes the picture with its story and names the file', async () => {
    const file = join(folder, 'apple.png');
    const { code, out, err } = await easel([
      'imagine',
      'a red apple | fog:-0.5',
      ...TINY,
      '--seed',
      '5',
      '--out',
      file,
    ]);
    expect([code, out]).toEqual([0, `${file}\n`]);
    expect(err).toContain('seed 5, on ');
    const bytes = readFileSync(file);
    expect((await decodePicture(bytes)).width).toBe(32);
    const text = readPngText(bytes);
    expect(text).toMatchObject({ prompt: 'a red apple | fog:-0.5', seed: '5' });
    expect(paintRequestSchema.parse(JSON.parse(text['parameters'] ?? '')).prompts[1]?.weight).toBe(-0.5);
  });

  it('tells one event a line with --json, and pictures by their files', async () => {
    const file = join(folder, 'a.png');
    const { out } = await easel(['imagine', 'a', 'castle', ...TINY, '--json', '--every', '2', '--out', file]);
    const events = out
      .trim()
      .split('\n')
      .map((line) => JSON.parse(line));
    expect(events.map(({ event }) => event)).toEqual([
      ...['started', 'step', 'step', 'frame', 'step', 'step', 'frame', 'step', 'done'],
    ]);
    expect(events[0]).toMatchObject({ seed: expect.any(Number), width: 32, height: 32 });
    expect(events[3]).toEqual({ event: 'frame', step: 2, file: join(folder, 'a-0002.png') });
    expect(events.at(-1)).toMatchObject({ ended: 'finished', file });
    expect(readdirSync(folder).sort()).toEqual(['a-0002.png', 'a-0004.png', 'a.png']);
  });

  it('gives the same file for the same seed, and an upscaled one when asked', async () => {
    const paint = async (name: string, ...more: string[]) => {
      const file = join(folder, name);
      expect((await easel(['imagine', 'a', ...TINY, '--seed', '1', '--out', file, ...more])).code).toBe(0);
      return readFileSync(file);
    };
    expect(await paint('1.png')).toEqual(await paint('2.png'));
    expect((await decodePicture(await paint('3.webp', '--upscale', '4'))).width).toBe(128);
  });

  it('shows a bar with loss and seconds left on a terminal', async () => {
    const args = ['imagine', 'a', ...TINY, '--out', join(folder, 'a.png')];
    expect((await easel(args, { isTerminal: true })).err).toMatch(
      /█+░* 4\/5 {2}loss \d\.\d{3} {2}\d+ s left/,
    );
    expect((await easel(args)).err).not.toContain('█');
  });

  it.each([8, 30, 80])('keeps the bar on one line of a terminal of %i columns', async (columns) => {
    const args = ['imagine', 'a', ...TINY, '--out', join(folder, 'a.png')];
    const { err } = await easel(args, { isTerminal: true, columns });
    // biome-ignore lint/suspicious/noControlCharactersInRegex: what steers a terminal is what is looked for.
    const lines = [...err.matchAll(/\r([^\r\u001b]*)\u001b\[K/g)].map(([, line = '']) => line);
    expect(lines.join()).toContain('4/5');
    for (const line of lines) expect(line.length).toBeLessThan(columns);
  });

  it('says nothing of a loss when it is stopped before the first step', async () => {
    const file = join(folder, 'a.png');
    const { code, out, err } = await easel(['imagine', 'a', ...TINY, '--out', file], {
      interrupted: AbortSignal.abort(),
    });
    expect([code, out]).toEqual([130, `${file}\n`]);
    expect(err).toMatch(/^0 steps in \d+\.\d s, stopped$/m);
  });

  it('paints a picture for each seed, and a sheet of them', async () => {
    const out = join(folder, 'a.png');
    const { code, out: said } = await easel(['imagine', 'a', ...TINY, '--seeds', '1..2,9', '--out', out]);
    const names = ['a-1.png', 'a-2.png', 'a-9.png', 'a-sheet.png'];
    expect([code, said]).toEqual([0, names.map((name) => `${join(folder, name)}\n`).join('')]);
    expect(readdirSync(folder).sort()).toEqual(names);
    expect(readPngText(readFileSync(join(folder, 'a-9.png')))['seed']).toBe('9');
    expect((await decodePicture(readFileSync(join(folder, 'a-sheet.png')))).width).toBeGreaterThan(512);
  });

  it('paints a picture again from its file, byte for byte, and says in `info` how', async () => {
    const [first, second] = [join(folder, '1.webp'), join(folder, '2.webp')];
    await easel(['imagine', 'a castle | fog:-0.3', ...TINY, '--seed', '4', '--steps', '2', '--out', first]);
    const info = await easel(['info', first]);
    expect(info.out).toContain('prompt       a castle | fog:-0.3\n');
    expect(info.out).toMatch(/seed {9}4\n[\s\S]*again {8}easel imagine --from/);
    await easel(['imagine', ...TINY, '--from', first, '--out', second]);
    expect(readFileSync(second)).toEqual(readFileSync(first));
  });

  it('goes on with a painting from its state, to the bytes it would have had', async () => {
    const [whole, part, rest, again] = ['whole', 'part', 'rest', 'again'].map((name) =>
      join(folder, `${name}.png`),
    );
    const state = join(folder, 'a.easel');
    const asked = ['imagine', 'a', ...TINY, '--seed', '3', '--ema', '0.5'];
    const stop = new AbortController();
    const watch = (out: string) => out.split('"step"').length > 3 && stop.abort();
    const cut = await easel([...asked, '--json', '--state', state, '--out', `${part}`], {
      ...{ interrupted: stop.signal, watch },
    });
    expect(cut.code).toBe(130);
    await easel([...asked, '--out', `${whole}`]);
    const more = ['imagine', '--resume', state, ...TINY];
    expect((await easel([...more, '--out', `${rest}`])).code).toBe(0);
    expect(readFileSync(`${rest}`)).toEqual(readFileSync(`${whole}`));
    expect((await easel([...more, '--steps', '9', '--state', state, '--out', `${rest}`])).code).toBe(0);
    expect((await easel(['imagine', '--from', `${rest}`, ...TINY, '--out', `${again}`])).code).toBe(0);
    expect(readFileSync(`${rest}`)).toEqual(readFileSync(`${again}`));
    expect(decodeState(readFileSync(state))).toMatchObject({ step: 9, request: { legs: [5] } });
  });

  it('writes the state as it goes, so that a crash costs seconds', () => {
    const [file, time, states] = [
      join(folder, 'a.easel'),
      { ms: 0 },
      [[1], [2]].map((bytes) => Uint8Array.from(bytes)),
    ];
    const kept = keepState(file, { state: () => states.shift() }, () => time.ms);
    kept.step();
    expect(existsSync(file)).toBe(false);
    time.ms = 60_000;
    kept.step();
    kept.step();
    expect([...readFileSync(file)]).toEqual([1]);
    kept.end();
    expect([...readFileSync(file)]).toEqual([2]);
    kept.end();
    expect(readdirSync(folder)).toEqual(['a.easel']);
  });

  it('lets what is typed win over what the file says', async () => {
    const [first, second] = [join(folder, '1.png'), join(folder, '2.png')];
    await easel(['imagine', 'a castle', ...TINY, '--seed', '4', '--steps', '2', '--out', first]);
    const again = ['imagine', 'a lake --ar 2:1', ...TINY, '--from', first, '--seed', '5', '--out', second];
    expect((await easel(again)).code).toBe(0);
    const request = JSON.parse((await easel(['info', '--json', second])).out);
    expect(request).toMatchObject({ prompts: [{ text: 'a lake' }], seed: 5, steps: 2 });
    expect(request.width).toBeGreaterThan(request.height);
  });

  it('says so when another version of the model painted what is painted again', async () => {
    const [first, second] = [join(folder, '1.webp'), join(folder, '2.png')];
    await easel(['imagine', 'a castle', ...TINY, '--out', first]);
    const again = ['imagine', ...TINY, '--from', first, '--out', second];
    expect((await easel(again)).err).not.toContain('Another version');
    const bytes = readFileSync(first).toString('latin1');
    const manifest = /<easel:manifest>([0-9a-f]{64})/.exec(bytes)?.[1] ?? '';
    expect((await easel(['info', first])).out).toContain(`tiny (manifest ${manifest.slice(0, 12)})`);
    writeFileSync(first, bytes.replaceAll(manifest, 'f'.repeat(64)), 'latin1');
    const { code, err } = await easel(again);
    expect([code, err]).toEqual([
      0,
      expect.stringContaining('Another version of the model `tiny` painted it'),
    ]);
  });

  it('understands the habits of other bots', async () => {
    const out = join(folder, 'a.png');
    await easel(['imagine', 'a castle::2 --no fog --seed 7', ...TINY, '--out', out]);
    expect(readPngText(readFileSync(out))).toMatchObject({ prompt: 'a castle:2 | fog:-0.5', seed: '7' });
  });

  it('lays some of its frames on a sheet', async () => {
    const sheet = join(folder, 'frames.png');
    const args = ['imagine', 'a', ...TINY, '--steps', '30', '--timelapse', sheet];
    expect((await easel([...args, '--out', join(folder, 'a.png')])).code).toBe(0);
    const { width = 0, height = 0 } = await sharp(readFileSync(sheet)).metadata();
    // Twelve in rows of four.
    expect([width, height]).toEqual([808, 674]);
  });

  it('films the painting', async () => {
    const film = join(folder, 'a.webp');
    const args = ['imagine', 'a', ...TINY, '--timelapse', film, '--out', join(folder, 'a.png')];
    expect((await easel(args)).code).toBe(0);
    const { pages = 0 } = await sharp(readFileSync(film), { pages: -1 }).metadata();
    expect(pages).toBeGreaterThanOrEqual(4);
    expect(readdirSync(folder).sort()).toEqual(['a.png', 'a.webp']);
  });

  it.each([
    [
      ['--timelapse', 'a.gif'],
      'Expected `--timelapse` to end in .webp or .mp4 (films), .png or .jpg (sheets of frames), got `a.gif`.',
    ],
    [['--count', '0'], 'Expected a whole number between 1 and 64.'],
    [['--seeds', '9..1'], 'Expected seeds such as 1..9 or 3,7,11.'],
    [['--from', 'nowhere.png'], 'The picture `nowhere.png` cannot be read.'],
  ])('refuses %j in a sentence, before it paints', async (args, sentence) => {
    const { code, err } = await easel(['imagine', 'a', ...TINY, ...args, '--out', join(folder, 'a.png')]);
    expect([code, readdirSync(folder)]).toEqual([2, []]);
    expect(err).toContain(sentence);
  });

  it('refuses a picture that would have no part in the painting', async () => {
    const first = join(folder, 'first.png');
    await easel(['imagine', 'a', ...TINY, '--out', first]);
    const { code, err } = await easel(['imagine', 'a', ...TINY, '--init', first, '--start', 'noise']);
    expect([code, err]).toEqual([
      2,
      expect.stringContaining('Expected `start` to be `picture`, or a `pull`'),
    ]);
  });

  it('starts from a picture', async () => {
    const [first, second] = [join(folder, 'first.png'), join(folder, 'second.png')];
    await easel(['imagine', 'a', ...TINY, '--out', first]);
    const { code, out } = await easel(['imagine', 'a', ...TINY, '--init', first, '--out', second, '--json']);
    expect(code).toBe(0);
    expect(out).toContain('{"event":"frame","step":0}');
  });

  it('saves the picture so far and ends with 130 when interrupted', async () => {
    const stop = new AbortController();
    const file = join(folder, 'a.png');
    const args = ['imagine', 'a', ...TINY, '--steps', '2000', '--json', '--out', file];
    const { code, out } = await easel(args, {
      interrupted: stop.signal,
      watch: (text) => text.includes('"step":2,') && stop.abort(),
    });
    expect(code).toBe(130);
    expect(JSON.parse(out.trim().split('\n').at(-1) ?? '')).toMatchObject({
      event: 'done',
      ended: 'cancelled',
      step: 2,
    });
    expect(existsSync(file)).toBe(true);
  });
});

describe('bad input', () => {
  it.each([
    [['imagine', ''], 'Expected a prompt, as in: easel imagine'],
    [['imagine'], 'Expected a prompt, as in: easel imagine'],
    [
      ['imagine', 'a', '--steps', '0'],
      'Expected `--steps` to be a whole number between 1 and 2000, got `0`.',
    ],
    [['imagine', 'a', '--steps', '1.5'], 'Expected `--steps`'],
    [
      ['imagine', 'a', '--size', '1x1'],
      'Expected `--size` to be WIDTHxHEIGHT with sides between 32 and 2048, got `1x1`.',
    ],
    [['imagine', 'a', '--size', '99999x99999'], 'got `99999x99999`.'],
    [['imagine', 'a', '--size', '100x100'], 'Expected `width` to be a multiple of 8'],
    [
      ['imagine', 'a', '--seed', '-1'],
      'Expected `--seed` to be a whole number between 0 and 4294967295, got `-1`.',
    ],
    [['imagine', 'a', '--model', 'nope'], 'Unknown model `nope`'],
    [['imagine', 'a', '--provider', 'nope'], 'Expected `--provider` to be one of auto, cuda'],
    [['imagine', 'a', '--threads', '0'], 'Expected `--threads`'],
    [['imagine', 'a', '--cutouts', '0'], 'Expected `--cutouts`'],
    [['imagine', 'a', '--upscale', '3'], 'Expected `--upscale` to be one of 1, 2, 4, got `3`.'],
    [['imagine', 'a', '--out', '/no/such/folder/a.png'], 'in a folder that exists'],
    [['imagine', 'a', '--out', tmpdir()], 'Expected `--out` to end in'],
    [['encode', 'a.png', '--out', tmpdir()], 'Expected `--out` to be a file, got the folder'],
    [['doctor', '--model', 'nope'], 'Unknown model `nope`'],
    [['imagine', 'a', '--strength', '0.5'], 'Expected an `init` picture with `strength`.'],
    [['imagine', 'a', '--out', 'a.txt'], 'Expected `--out` to end in .png'],
    [['imagine', 'a', '--init', 'missing.png'], 'The picture `missing.png` cannot be read.'],
    [['imagine', 'a', '--init', 'package.json'], 'got something else'],
    [['imagine', 'a:0'], 'not to be 0'],
    [['imagine', '--resume', 'no.easel'], 'The saved painting `no.easel` cannot be read.'],
    [['imagine', '--resume', 'package.json'], 'The saved state cannot be continued: it is none.'],
    [['imagine', '--resume', 'a.easel', 'a'], 'Expected `--resume` without a prompt'],
    [['imagine', '--resume', 'a.easel', '--count', '2'], 'Expected `--resume` without `--count`'],
    [['imagine', '--resume', 'a.easel', '--seed', '2'], 'Expected `--resume` without `--seed`'],
    [['imagine', 'a', '--start', 'picture'], 'Expected `init`'],
    [['imagine', 'a', '--foo'], "Unknown option '--foo'"],
    [['nonsense'], "Unknown command 'nonsense'"],
  ])('%j ends with 2, one sentence, and nothing written', async (args, sentence) => {
    const { code, out, err } = await easel(args);
    expect([code, out]).toEqual([2, '']);
    expect(err).toContain(sentence);
    expect(err.trimEnd().split('\n')).toHaveLength(1);
    expect(readdirSync(folder)).toEqual([]);
    expect(process.cwd()).toBe(cwd);
  });
});

describe('easel models and doctor', () => {
  it('lists embedded and added models', async () => {
    const { out } = await easel(['models']);
    expect(out).toMatch(/^pocket {2}/m);
    expect(out).toContain(
      [
        'tiny  Tiny, 0.0 MB',
        '  licence  MIT',
        '  paints   32 × 32, 5 steps, 4 cutouts unless told otherwise',
        '  memory   0.2 GB for that on a processor',
        '  try      a red apple',
      ].join('\n'),
    );
    const listed = JSON.parse((await easel(['models', '--json'])).out);
    expect(listed.map(({ name }: { name: string }) => name)).toEqual(['pocket', 'tiny']);
  });

  it('finds this machine fit to paint, and says why each provider is or is not there', async () => {
    const { code, out } = await easel(['doctor']);
    expect(code).toBe(0);
    for (const name of [
      'Node',
      'ONNX Runtime',
      'processor',
      'memory',
      'cuda',
      'webgpu',
      'cpu',
      'cache',
      'disk',
    ]) {
      expect(out).toMatch(new RegExp(`^✓ ${name} +\\S`, 'm'));
    }
    expect(out).toMatch(/model pocket +\d+ files, every hash right/);
  });

  it('lists with --graph where the nodes of a step ran', async () => {
    const { code, out } = await easel(['doctor', '--graph', ...TINY, '--provider', 'cpu']);
    expect(code).toBe(0);
    expect(out).toMatch(/CPUExecutionProvider \d+ nodes, 100.0 % of \d+ ms a step/);
    expect(out).toMatch(/✓ {3}(Fused)?Conv +\d+ nodes, \d+\.\d %/);
    expect(out).toContain('heavy nodes    all on the processor, as chosen');
  });

  it('ends with 1 when a model is damaged', async () => {
    const broken = await mkdtemp(join(tmpdir(), 'easel-broken-'));
    await writeTinyModel(join(broken, 'models', 'tiny'));
    await rm(join(broken, 'models', 'tiny', 'codebook.f32'));
    let out = '';
    const code = await run(['doctor'], {
      ...{ out: (text) => (out += text), err: () => undefined, isTerminal: false },
      ...{ interrupted: new AbortController().signal, dataDir: broken, cacheDir: join(broken, 'cache') },
    });
    await rm(broken, { recursive: true });
    expect(code).toBe(1);
    expect(out).toMatch(/✗ model tiny +The model tiny lacks its file codebook.f32/);
  });

  it('prints help and version with 0', async () => {
    expect(await easel(['--help'])).toMatchObject({
      code: 0,
      err: '',
      out: expect.stringContaining('imagine'),
    });
    expect(await easel(['--version'])).toMatchObject({
      code: 0,
      out: expect.stringMatching(/^\d+\.\d+\.\d+\n$/),
    });
  });
});

describe('the process', () => {
  const start = (args: readonly string[], stdout: number | 'pipe' = 'pipe') =>
    spawn(process.execPath, ['--import', 'tsx', join(packageRoot(), 'src/easel.ts'), ...args], {
      cwd: packageRoot(),
      env: { ...process.env, DATA_DIR: dataDir, EASEL_CACHE_DIR: join(dataDir, 'cache') },
      stdio: ['ignore', stdout, 'pipe'],
    });

  it.each(['SIGINT', 'SIGHUP'] as const)(
    'saves the picture so far and exits with 130 on %s',
    async (signal) => {
      const file = join(folder, 'a.png');
      const child = start(['imagine', 'a', ...TINY, '--steps', '2000', '--json', '--out', file]);
      let out = '';
      child.stdout?.on('data', (data: Buffer) => {
        const hadBegun = out.includes('"step":3,');
        out += data;
        // Once: the second would not wait for the picture.
        if (!hadBegun && out.includes('"step":3,')) child.kill(signal);
      });
      const code = await new Promise((done) => child.on('close', done));
      expect(code).toBe(130);
      expect(JSON.parse(out.trim().split('\n').at(-1) ?? '')).toMatchObject({ ended: 'cancelled', file });
      expect(existsSync(file)).toBe(true);
    },
  );

  it.skipIf(!existsSync('/dev/full'))('says in one sentence that its output finds no room', async () => {
    const full = openSync('/dev/full', 'w');
    const child = start(['models'], full);
    closeSync(full);
    let err = '';
    child.stderr?.on('data', (data: Buffer) => {
      err += data;
    });
    expect(await new Promise((done) => child.on('close', done))).toBe(1);
    expect(err).toMatch(/^The output cannot be written: .*no space left on device.*\.\n$/);
  });
});
