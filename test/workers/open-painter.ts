import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { Writable } from 'node:stream';
import { onTestFinished } from 'vitest';
import type { PainterSettings } from '../../src/contracts/painter-messages.js';
import { createLog } from '../../src/log.js';
import { ForkedPainter } from '../../src/workers/forked-painter.js';
import type { PaintOutcome, PaintProgress, PaintTask, SavedState } from '../../src/workers/painter.js';
import type { PainterLimits } from '../../src/workers/painter-limits.js';
import { paintRequest } from '../ledger/fixtures.js';
import { writeTinyModel } from '../support/tiny-model.js';

/** A data folder with the tiny model among its added ones. */
export async function tinyDataDir() {
  const dataDir = mkdtempSync(join(tmpdir(), 'easel-painter-'));
  await writeTinyModel(join(dataDir, 'models', 'tiny'));
  return { dataDir, remove: () => rmSync(dataDir, { recursive: true, force: true }) };
}

export function tinyRequest(fields: Parameters<typeof paintRequest>[0] = {}) {
  return paintRequest({ width: 32, height: 32, steps: 6, frames: { everySteps: 2 }, ...fields });
}

interface OpenPainterOptions {
  readonly limits?: Partial<PainterLimits>;
  readonly settings?: Partial<PainterSettings>;
  /** Hears every line of the log. */
  readonly onLog?: (line: Readonly<Record<string, unknown>>) => void;
}

/** A real painter process with the tiny model; `close` ends it and removes its folder. */
export async function startPainter({ limits, settings, onLog }: OpenPainterOptions = {}) {
  const { dataDir, remove } = await tinyDataDir();
  const painter = new ForkedPainter({
    name: 'test',
    settings: { provider: 'cpu', threads: 1, warmModels: 1, ...settings, dataDir },
    log: onLog ? listeningLog(onLog) : createLog({ level: process.env['EASEL_TEST_LOG'] ?? 'silent' }),
    limits: { backOffMs: 50, ...limits },
  });
  painter.start();
  const close = async () => {
    await painter.stop();
    remove();
  };
  return { painter, close };
}

function listeningLog(onLog: NonNullable<OpenPainterOptions['onLog']>) {
  const destination = new Writable({
    write: (line, _, done) => {
      onLog(JSON.parse(String(line)));
      done();
    },
  });
  return createLog({ level: 'error', destination });
}

/** A painter that goes with the test. */
export async function openPainter(options: OpenPainterOptions = {}): Promise<ForkedPainter> {
  const { painter, close } = await startPainter(options);
  onTestFinished(close);
  return painter;
}

/** Resolves when the painter has become what is wanted. */
export function becomes(painter: ForkedPainter, state: ForkedPainter['state']): Promise<void> {
  if (painter.state === state) return Promise.resolve();
  return new Promise((resolve) => painter.onChange(() => painter.state === state && resolve()));
}

export interface Seen {
  readonly progress: PaintProgress[];
  readonly states: SavedState[];
  readonly outcome: Promise<PaintOutcome>;
  readonly cancel: () => void;
  /** Resolves with the first report of that kind. */
  readonly first: (type: PaintProgress['type']) => Promise<void>;
}

let jobs = 0;

/** Begins a painting and keeps what is reported of it. */
export function paint(painter: ForkedPainter, fields: Partial<PaintTask> = {}): Seen {
  jobs += 1;
  const controller = new AbortController();
  const progress: PaintProgress[] = [];
  const states: SavedState[] = [];
  const waiting: { readonly type: string; readonly resolve: () => void }[] = [];
  const outcome = painter.paint({
    job: `job${jobs}`,
    request: tinyRequest(),
    images: new Map(),
    signal: controller.signal,
    onProgress: (event) => {
      progress.push(event);
      for (const { type, resolve } of waiting) if (type === event.type) resolve();
    },
    onState: (state) => states.push(state),
    ...fields,
  });
  return {
    progress,
    states,
    outcome,
    cancel: () => controller.abort(),
    first: (type) =>
      new Promise((resolve) => {
        if (progress.some((event) => event.type === type)) resolve();
        else waiting.push({ type, resolve });
      }),
  };
}
