import { EventEmitter } from 'node:events';
import { expect, it, vi } from 'vitest';
import { painterCommandSchema } from '../../src/contracts/painter-messages.js';
import { createLog } from '../../src/log.js';
import { ForkedPainter } from '../../src/workers/forked-painter.js';
import { tinyRequest } from './open-painter.js';

/** A process that says what the test says. */
class TalkingProcess extends EventEmitter {
  readonly pid = 1;
  readonly stderr = null;
  connected = true;
  exitCode: number | null = null;
  signalCode: string | null = null;
  readonly sent: unknown[] = [];

  send(message: unknown): void {
    this.sent.push(message);
  }

  kill(signal: string): void {
    this.signalCode = signal;
    this.connected = false;
    this.emit('exit', null, signal);
  }
}

const processes: TalkingProcess[] = [];
vi.mock('../../src/workers/spawn-painter.js', () => ({
  spawnPainter: () => {
    const made = new TalkingProcess();
    processes.push(made);
    return made;
  },
}));

const PICTURE = { format: 'png', width: 1, height: 1, bytes: new Uint8Array(1) };

it.each([
  ['nothing', null],
  ['a word', 'ready'],
  ['an unknown report', { type: 'bye' }],
  ['a beat without a size', { type: 'beat', rss: 'much' }],
  ['an event of no kind', { type: 'event', job: 'j', event: { type: 'finale' } }],
  [
    'a picture without bytes',
    { type: 'event', job: 'j', event: { type: 'frame', step: 1, picture: { ...PICTURE, bytes: [1] } } },
  ],
  [
    'a step in the past',
    { type: 'event', job: 'j', event: { type: 'step', step: -1, steps: 2, loss: 1, ms: 1 } },
  ],
  ['a state without bytes', { type: 'state', job: 'j', step: 1 }],
])(
  'a painter process that says %s is ended, and its painting with it, which others go on without',
  async (_, message) => {
    const painter = new ForkedPainter({
      name: 'talking',
      settings: { provider: 'cpu', warmModels: 1 },
      log: createLog({ level: 'silent' }),
    });
    painter.start();
    const child = processes.at(-1);
    child?.emit('message', { type: 'ready', provider: 'cpu', device: 'none' });
    const outcome = painter.paint({
      ...{ job: 'j', request: tinyRequest(), images: new Map(), signal: new AbortController().signal },
      onProgress: () => {},
      onState: () => {},
    });
    // A painting that lost its numbers is understood.
    const step = { type: 'step', step: 1, steps: 2, loss: Number.NaN, ms: 1 };
    child?.emit('message', { type: 'event', job: 'j', event: step });
    child?.emit('message', message);
    expect(await outcome).toEqual({ type: 'died', reason: 'said what cannot be understood' });
    expect(painter.state).toBe('restarting');
    await painter.stop();
  },
);

it('a painter process takes only what it can understand', () => {
  const paint = {
    type: 'paint',
    job: 'j',
    request: tinyRequest(),
    images: new Map([['a', new Uint8Array(1)]]),
  };
  expect(painterCommandSchema.safeParse(paint).success).toBe(true);
  for (const wrong of [
    { ...paint, request: { ...paint.request, steps: 1e9 } },
    { ...paint, images: new Map([['a', 'bytes']]) },
    { ...paint, adultLimit: 2 },
    { type: 'leave' },
    undefined,
  ]) {
    expect(painterCommandSchema.safeParse(wrong).success).toBe(false);
  }
});
