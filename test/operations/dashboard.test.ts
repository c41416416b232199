import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, it, onTestFinished } from 'vitest';
import { createMetrics } from '../../src/operations/metrics.js';
import { packageRoot } from '../../src/package-root.js';

describe('the Grafana dashboard', () => {
  it('asks only for metrics that the bot has', async () => {
    const jobs = {
      on: () => () => {},
      snapshot: () => ({
        ...{ running: [], waiting: [], waitingTotal: 0, paused: false, pausedGuilds: [], unreadable: [] },
        painters: [{ name: 'painter 1', state: 'idle' as const, provider: null, device: null }],
      }),
    };
    const metrics = createMetrics({ jobs, freeBytes: () => 0, version: '0' });
    onTestFinished(() => metrics.close());
    const known = new Set((await metrics.render()).match(/^# TYPE \S+/gm)?.map((line) => line.slice(7)));
    const text = readFileSync(join(packageRoot(), 'deploy', 'grafana-dashboard.json'), 'utf8');
    const asked = new Set(text.match(/\b(?:easel|process|nodejs)_[a-z_]+/g));
    const base = (name: string) => name.replace(/_(?:bucket|count|sum)$/, '');
    expect([...asked].filter((name) => !known.has(name) && !known.has(base(name)))).toEqual([]);
    expect(asked.size).toBeGreaterThan(6);
  });
});
