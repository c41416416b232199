import { createServer } from 'node:net';
import { describe, expect, it, onTestFinished } from 'vitest';
import type { JobEvent, JobListener, QueueSnapshot } from '../../src/jobs/api.js';
import { createMetrics } from '../../src/operations/metrics.js';
import { readinessTroubles } from '../../src/operations/readiness-troubles.js';
import { serveHealth } from '../../src/operations/serve-health.js';
import { aJob } from '../discord/support.js';

function fakeJobs(snapshot: Partial<QueueSnapshot> = {}) {
  const listeners = new Set<JobListener>();
  return {
    on: (listener: JobListener) => {
      listeners.add(listener);
      return () => listeners.delete(listener);
    },
    snapshot: () => ({
      running: [],
      waiting: [],
      waitingTotal: 7,
      painters: [
        { name: 'painter 1', state: 'painting' as const, provider: 'cpu', device: 'x' },
        { name: 'painter 2', state: 'idle' as const, provider: 'cpu', device: 'x' },
      ],
      paused: false,
      pausedGuilds: [],
      unreadable: [],
      ...snapshot,
    }),
    emit: (event: JobEvent) => {
      for (const listener of listeners) listener(event);
    },
  };
}

async function serve(troubles: readonly string[] = []) {
  const jobs = fakeJobs();
  const metrics = createMetrics({ jobs, freeBytes: () => 123_456, version: '9.8.7' });
  const server = await serveHealth({ host: '127.0.0.1', port: 0, metrics, troubles: () => troubles });
  onTestFinished(async () => {
    await server.close();
    metrics.close();
  });
  const get = (path: string) => fetch(`http://127.0.0.1:${server.port}${path}`);
  return { jobs, metrics, server, get };
}

describe('health', () => {
  it('says that the process turns, whatever else is wrong', async () => {
    const { get } = await serve(['The bot is not connected to Discord.']);
    expect((await get('/healthz')).status).toBe(200);
  });

  it('is ready without troubles, and otherwise names them with 503', async () => {
    expect((await (await serve()).get('/readyz')).status).toBe(200);
    const response = await (await serve(['No painter can paint (painter 1 is restarting).'])).get('/readyz');
    expect(response.status).toBe(503);
    expect(await response.json()).toEqual({
      status: 'not ready',
      troubles: ['No painter can paint (painter 1 is restarting).'],
    });
  });

  it('says in a sentence that its port is taken', async () => {
    const taken = createServer();
    await new Promise<void>((resolve) => taken.listen(0, '127.0.0.1', resolve));
    onTestFinished(() => void taken.close());
    const address = taken.address();
    const port = typeof address === 'object' && address ? address.port : 0;
    const metrics = createMetrics({ jobs: fakeJobs(), freeBytes: () => 0, version: '0' });
    onTestFinished(() => metrics.close());
    await expect(serveHealth({ host: '127.0.0.1', port, metrics, troubles: () => [] })).rejects.toThrow(
      new RegExp(
        `^HTTP_PORT: 127\\.0\\.0\\.1:${port} cannot be listened on \\(.*\\); choose another port\\.$`,
      ),
    );
  });
});

describe('metrics', () => {
  it('count what happened, and look at the line when they are asked', async () => {
    const { jobs, metrics, get } = await serve();
    const queued = aJob({ state: 'queued', acceptedAt: 1_000 });
    jobs.emit({ type: 'state', job: queued, from: null });
    const painting = { ...queued, state: 'painting', attempts: 1, startedAt: 21_000 } as const;
    jobs.emit({ type: 'state', job: painting, from: 'queued' });
    jobs.emit({ type: 'step', job: painting, step: 1, steps: 2, loss: 1, ms: 300, endsAt: 0 });
    jobs.emit({ type: 'state', job: { ...painting, state: 'failed' }, from: 'painting' });
    metrics.observeRequest({
      method: 'PATCH',
      route: '/channels/:id/messages/:id',
      status: 429,
      seconds: 0.2,
    });
    const text = await (await get('/metrics')).text();
    for (const line of [
      'easel_info{version="9.8.7"} 1',
      'easel_jobs_waiting 7',
      'easel_painters{state="painting"} 1',
      'easel_painters{state="idle"} 1',
      'easel_paused 0',
      'easel_disk_free_bytes 123456',
      'easel_jobs_accepted_total 1',
      'easel_jobs_ended_total{state="failed"} 1',
      'easel_jobs_ended_total{state="done"} 0',
      'easel_job_wait_seconds_bucket{le="15"} 0',
      'easel_job_wait_seconds_bucket{le="30"} 1',
      'easel_step_seconds_sum 0.3',
      'easel_discord_request_seconds_count{method="PATCH",route="/channels/:id/messages/:id",status="429"} 1',
    ]) {
      expect(text.split('\n')).toContain(line);
    }
  });

  it('do not count a second beginning as a wait', async () => {
    const { jobs, get } = await serve();
    const again = aJob({ state: 'painting', attempts: 2, acceptedAt: 0, startedAt: 50_000 });
    jobs.emit({ type: 'state', job: again, from: 'queued' });
    expect(await (await get('/metrics')).text()).toContain('easel_job_wait_seconds_count 0');
  });
});

describe('readinessTroubles', () => {
  it('finds none where Discord is connected and one painter can paint', () => {
    const painters = [
      { name: 'painter 1', state: 'restarting' },
      { name: 'painter 2', state: 'painting' },
    ] as const;
    expect(readinessTroubles({ isConnected: true, painters })).toEqual([]);
  });

  it('names a lost connection and painters that cannot paint', () => {
    const painters = [{ name: 'painter 1', state: 'restarting' }] as const;
    expect(readinessTroubles({ isConnected: false, painters })).toEqual([
      'The bot is not connected to Discord.',
      'No painter can paint (painter 1 is restarting).',
    ]);
  });
});
