import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { existsSync, readFileSync } from 'node:fs';
import { constants, getPriority } from 'node:os';
import { afterAll, beforeAll, describe, expect, it, onTestFinished, vi } from 'vitest';
import { encodePicture } from '../../src/images/encode-picture.js';
import type { ForkedPainter } from '../../src/workers/forked-painter.js';
import { becomes, openPainter, paint, startPainter, tinyDataDir, tinyRequest } from './open-painter.js';

/** Long enough not to be over before anything can happen to it. */
const endless = { request: tinyRequest({ steps: 2000 }) };

function isAlive(pid: number): boolean {
  try {
    process.kill(pid, 0);
    return true;
  } catch {
    return false;
  }
}

/** The id of a process that must exist. */
function pidOf({ pid }: { readonly pid: number | undefined }): number {
  if (pid === undefined) throw new Error('Expected a process.');
  return pid;
}

describe('a painter process', () => {
  // One process for all that leave it alive: making one takes longer than what is looked at.
  let painter: ForkedPainter;
  let close: () => Promise<void>;

  beforeAll(async () => {
    vi.stubEnv('DISCORD_TOKEN', 'secret');
    vi.stubEnv('DATABASE_URL', 'postgres://secret');
    ({ painter, close } = await startPainter());
    vi.unstubAllEnvs();
  });
  afterAll(() => close());

  it('paints: begun, steps, frames with their states, and a picture that says how it came to be', async () => {
    const { progress, states, outcome } = paint(painter);
    const done = await outcome;
    expect(done).toMatchObject({ type: 'done', step: 6, ended: 'finished', picture: { format: 'png' } });
    expect(progress.map((event) => ('step' in event ? `${event.type} ${event.step}` : event.type))).toEqual([
      'started',
      ...['step 1', 'step 2', 'frame 2', 'step 3', 'step 4', 'frame 4', 'step 5', 'step 6'],
    ]);
    expect(progress[0]).toMatchObject({ provider: 'cpu', firstStep: 1, steps: 6 });
    const frame = progress.find((event) => event.type === 'frame');
    expect(frame?.picture).toMatchObject({ format: 'webp', width: 32, height: 32 });
    expect(states.map(({ step }) => step)).toEqual([2, 4]);
    if (done.type !== 'done') throw new Error('Expected a picture.');
    expect(Buffer.from(done.picture.bytes).toString('latin1')).toContain('a lighthouse in a storm');
    expect([painter.state, painter.provider]).toEqual(['idle', 'cpu']);
  });

  it('paints the same picture whether or not it was interrupted', async () => {
    const whole = paint(painter);
    const uninterrupted = await whole.outcome;
    const [early] = whole.states;
    if (early === undefined || uninterrupted.type !== 'done')
      throw new Error('Expected a state and a picture.');
    const { outcome, progress } = paint(painter, { state: early.bytes });
    const continued = await outcome;
    expect(progress[0]).toMatchObject({ type: 'started', firstStep: 3 });
    expect(continued).toMatchObject({ type: 'done', step: 6 });
    if (continued.type !== 'done') throw new Error('Expected a picture.');
    expect(Buffer.from(continued.picture.bytes).equals(Buffer.from(uninterrupted.picture.bytes))).toBe(true);
  });

  it('stops within a step when cancelled, and is warm for the next', async () => {
    const { progress, outcome, cancel, first } = paint(painter, endless);
    await first('step');
    const pid = painter.pid;
    cancel();
    const steps = progress.length;
    expect(await outcome).toMatchObject({ type: 'done', ended: 'cancelled' });
    // One step may have been running and one report on its way.
    expect(progress.filter(({ type }) => type === 'step').length).toBeLessThanOrEqual(steps + 2);
    expect(await paint(painter).outcome).toMatchObject({ type: 'done', ended: 'finished' });
    expect(painter.pid).toBe(pid);
  });

  it('names the person’s mistakes and lives on', async () => {
    const unknown = await paint(painter, { request: tinyRequest({ model: 'unknown' }) }).outcome;
    expect(unknown).toMatchObject({
      type: 'error',
      kind: 'user',
      message: expect.stringContaining('unknown'),
    });
    const image = 'a'.repeat(64);
    const request = tinyRequest({ start: 'picture', init: { image, strength: 0.5, pull: 0 } });
    const garbage = new Map([[image, new TextEncoder().encode('<svg onload="…">')]]);
    expect(await paint(painter, { request, images: garbage }).outcome).toMatchObject({
      type: 'error',
      kind: 'user',
    });
    const pixels = new Uint8Array(3 * 8 * 8).fill(200);
    const { bytes } = await encodePicture({ width: 8, height: 8, pixels }, { format: 'png' });
    const picture = await paint(painter, { request, images: new Map([[image, bytes]]) }).outcome;
    expect(picture).toMatchObject({ type: 'done', ended: 'finished' });
  });

  it('does not leave for a signal that was meant for the bot', async () => {
    const { outcome, first } = paint(painter, { request: tinyRequest({ steps: 40 }) });
    await first('step');
    process.kill(pidOf(painter), 'SIGINT');
    process.kill(pidOf(painter), 'SIGTERM');
    expect(await outcome).toMatchObject({ type: 'done', ended: 'finished' });
  });

  it.runIf(process.platform === 'linux')('sees no secret, and is nicer than the bot', async () => {
    await becomes(painter, 'idle');
    const pid = pidOf(painter);
    const environment = readFileSync(`/proc/${pid}/environ`, 'latin1');
    expect(environment).toContain('PATH=');
    expect(environment).not.toContain('secret');
    expect(getPriority(pid)).toBe(constants.priority.PRIORITY_BELOW_NORMAL);
    expect(
      existsSync(`/proc/${pid}/oom_score_adj`) && readFileSync(`/proc/${pid}/oom_score_adj`, 'utf8'),
    ).toBe('500\n');
  });
});

describe('the end of a painter process', () => {
  it('hands over its state and is gone when told to leave', async () => {
    const painter = await openPainter();
    const { states, outcome, first, progress } = paint(painter, {
      request: tinyRequest({ steps: 2000, frames: {} }),
    });
    await first('step');
    const pid = pidOf(painter);
    await painter.stop();
    expect(await outcome).toEqual({ type: 'stopped' });
    expect(states.at(-1)?.step).toBe(progress.filter(({ type }) => type === 'step').length);
    expect([painter.state, isAlive(pid)]).toEqual(['stopped', false]);
    expect(await paint(painter).outcome).toEqual({ type: 'stopped' });
  });

  it('goes when the bot is killed', async () => {
    const { dataDir, remove } = await tinyDataDir();
    onTestFinished(remove);
    const settings = { provider: 'cpu', threads: 1, warmModels: 1, dataDir };
    const forked = JSON.stringify(new URL('../../src/workers/forked-painter.ts', import.meta.url).href);
    const code = `import(${forked}).then(({ ForkedPainter }) => {
      const log = { child: () => log, info() {}, warn() {}, error() {}, debug() {} };
      const painter = new ForkedPainter({ name: 'p', settings: ${JSON.stringify(settings)}, log });
      painter.onChange(() => console.log(painter.pid));
      painter.start();
    })`;
    const bot = spawn(process.execPath, ['--import', 'tsx', '-e', code], {
      stdio: ['ignore', 'pipe', 'inherit'],
    });
    onTestFinished(() => void bot.kill('SIGKILL'));
    const [said] = await once(bot.stdout, 'data');
    const pid = Number(String(said).trim());
    expect(isAlive(pid)).toBe(true);
    bot.kill('SIGKILL');
    await vi.waitFor(() => expect(isAlive(pid)).toBe(false), { timeout: 60_000, interval: 20 });
  });
});

describe('a painter process in trouble', () => {
  it('that is killed says so and comes back by itself; that hangs is killed after a while', async () => {
    const painter = await openPainter({ limits: { silenceMs: 4_000 } });
    const { outcome, first } = paint(painter, endless);
    await first('frame');
    const pid = pidOf(painter);
    process.kill(pid, 'SIGKILL');
    expect(await outcome).toEqual({ type: 'died', reason: expect.stringMatching(/killed by the system/) });
    expect(painter.state).toBe('restarting');
    expect(await paint(painter).outcome).toMatchObject({ type: 'done' });
    expect(painter.pid).not.toBe(pid);

    const hung = paint(painter, endless);
    await hung.first('step');
    process.kill(pidOf(painter), 'SIGSTOP');
    expect(await hung.outcome).toEqual({
      type: 'died',
      reason: expect.stringMatching(/no progress for \d+ second/),
    });
  });

  it('waits twice as long after each death, until it has painted something to its end', async () => {
    const waits: unknown[] = [];
    const painter = await openPainter({
      limits: { backOffMs: 20, longestBackOffMs: 70 },
      onLog: ({ waitMs }) => waits.push(waitMs),
    });
    const die = async () => {
      const { outcome, first } = paint(painter, endless);
      await first('step');
      process.kill(pidOf(painter), 'SIGKILL');
      expect(await outcome).toMatchObject({ type: 'died' });
    };
    for (let deaths = 0; deaths < 3; deaths += 1) await die();
    expect(await paint(painter).outcome).toMatchObject({ type: 'done' });
    await die();
    expect(waits).toEqual([20, 40, 70, 20]);
  });

  it('that does not hear a cancel is killed after the grace', async () => {
    const painter = await openPainter({ limits: { graceMs: 200 } });
    const { outcome, first, cancel } = paint(painter, endless);
    await first('step');
    process.kill(pidOf(painter), 'SIGSTOP');
    cancel();
    expect(await outcome).toEqual({ type: 'died', reason: 'did not stop in time' });
  });

  it('that does not leave is killed after the grace, and its last state stays', async () => {
    const painter = await openPainter({ limits: { graceMs: 200 } });
    const { outcome, first, states } = paint(painter, endless);
    await first('frame');
    await vi.waitFor(() => expect(states.length).toBeGreaterThan(0), { timeout: 60_000, interval: 5 });
    const pid = pidOf(painter);
    process.kill(pid, 'SIGSTOP');
    await painter.stop();
    expect(await outcome).toEqual({ type: 'stopped' });
    expect(isAlive(pid)).toBe(false);
  });

  it('that grows too large is killed', async () => {
    const painter = await openPainter({ limits: { memory: 1 } });
    const { outcome } = paint(painter, endless);
    expect(await outcome).toEqual({ type: 'died', reason: 'needed more than 0 MB of memory' });
  });

  it('that cannot begin is tried again, each time later', async () => {
    const painter = await openPainter({ settings: { provider: 'nonsense' }, limits: { backOffMs: 1 } });
    let tries = 0;
    painter.onChange(() => {
      tries += 1;
    });
    await vi.waitFor(() => expect(tries).toBeGreaterThanOrEqual(2), { timeout: 60_000, interval: 20 });
    expect([painter.state, painter.provider]).toEqual(['restarting', null]);
  });
});
