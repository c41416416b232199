import { Counter, collectDefaultMetrics, Gauge, Histogram, Registry } from 'prom-client';
import type { RequestOutcome } from '../contracts/request-outcome.js';
import { ENDED_STATES, type JobState } from '../contracts/job.js';
import type { JobEvent, Jobs } from '../jobs/api.js';

export interface MetricsOptions {
  readonly jobs: Pick<Jobs, 'on' | 'snapshot'>;
  /** Room left on the data folder's disk, bytes. */
  readonly freeBytes: () => number;
  readonly version: string;
}

export interface Metrics {
  /** In Prometheus' text format. */
  render(): Promise<string>;
  readonly contentType: string;
  /** Notes a request to Discord. */
  observeRequest(outcome: RequestOutcome): void;
  close(): void;
}

/** Upper bounds of the histograms' buckets, seconds. */
const WAIT_SECONDS = [1, 5, 15, 30, 60, 120, 300, 600, 1800, 3600, 4 * 3600];
const STEP_SECONDS = [0.05, 0.1, 0.25, 0.5, 1, 2, 4, 8, 16, 32];
const REQUEST_SECONDS = [0.05, 0.1, 0.25, 0.5, 1, 2, 5, 10];

/** What an operator watches, counted from the events that jobs tell everybody; names as Prometheus' conventions ask. */
export function createMetrics({ jobs, freeBytes, version }: MetricsOptions): Metrics {
  const registry = new Registry();
  const registers = [registry];
  collectDefaultMetrics({ register: registry });
  new Gauge({
    name: 'easel_info',
    help: 'Which Easel this is; always 1.',
    labelNames: ['version'],
    registers,
  })
    .labels(version)
    .set(1);
  new Gauge({
    name: 'easel_jobs_waiting',
    help: 'Pictures in line.',
    registers,
    collect() {
      this.set(jobs.snapshot({ limit: 0 }).waitingTotal);
    },
  });
  new Gauge({
    name: 'easel_painters',
    help: 'Painter processes by what they do.',
    labelNames: ['state'],
    registers,
    collect() {
      this.reset();
      for (const { state } of jobs.snapshot({ limit: 0 }).painters) this.labels(state).inc();
    },
  });
  new Gauge({
    name: 'easel_paused',
    help: 'Whether an operator holds back the whole line: 1 or 0.',
    registers,
    collect() {
      this.set(jobs.snapshot({ limit: 0 }).paused ? 1 : 0);
    },
  });
  new Gauge({
    name: 'easel_disk_free_bytes',
    help: 'Room left on the disk of the data folder.',
    registers,
    collect() {
      this.set(freeBytes());
    },
  });
  const accepted = new Counter({ name: 'easel_jobs_accepted_total', help: 'Pictures asked for.', registers });
  const ended = new Counter({
    name: 'easel_jobs_ended_total',
    help: 'Pictures that came to their end, by which.',
    labelNames: ['state'],
    registers,
  });
  for (const state of ENDED_STATES) ended.labels(state).inc(0);
  const wait = new Histogram({
    name: 'easel_job_wait_seconds',
    help: 'From being asked for to the first time a painter began.',
    buckets: WAIT_SECONDS,
    registers,
  });
  const step = new Histogram({
    name: 'easel_step_seconds',
    help: 'A step of the painting loop.',
    buckets: STEP_SECONDS,
    registers,
  });
  const request = new Histogram({
    name: 'easel_discord_request_seconds',
    help: 'Requests to Discord by what they did and how Discord answered; status 429 is a rate limit, 0 no answer.',
    labelNames: ['method', 'route', 'status'],
    buckets: REQUEST_SECONDS,
    registers,
  });

  const stopHearing = jobs.on((event: JobEvent) => {
    if (event.type === 'step') step.observe(event.ms / 1000);
    if (event.type !== 'state') return;
    const { job, from } = event;
    if (from === null) accepted.inc();
    if (from === 'queued' && job.state === 'painting' && job.attempts <= 1 && job.startedAt !== null) {
      wait.observe(Math.max(0, job.startedAt - job.acceptedAt) / 1000);
    }
    if (isEnded(job.state)) ended.labels(job.state).inc();
  });

  return {
    render: () => registry.metrics(),
    contentType: registry.contentType,
    observeRequest({ method, route, status, seconds }) {
      request.labels(method, route, String(status)).observe(seconds);
    },
    close() {
      stopHearing();
      registry.clear();
    },
  };
}

function isEnded(state: JobState): boolean {
  return (ENDED_STATES as readonly JobState[]).includes(state);
}
