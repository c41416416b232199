import { commands } from '../../commands/index.js';
import type { AuditEntry } from '../../src/contracts/deed.js';
import type { Job } from '../../src/contracts/job.js';
import { preferencesSchema } from '../../src/contracts/preferences.js';
import type { Desk } from '../../src/discord/asking/desk.js';
import type { Stats } from '../../src/jobs/api.js';
import { DEFAULT_LIMITS } from '../../src/jobs/line/limits.js';
import { readRequest } from '../../src/requests/paint-request.js';

export const NOW = 1_800_000_000_000;
const EARLIER = NOW - 2 * 60 * 60_000;
export const ADA = '200000000000000001';
export const GUILD = '300000000000000001';
export const CHANNEL = '400000000000000001';
const BOB = '200000000000000002';

/** Names for the people and places of the samples. */
export const NAMES: Readonly<Record<string, string>> = { [ADA]: 'Ada', [BOB]: 'Bob' };

/** A job of a server where Ada and Bob paint. */
export function sampleJob(changes: Partial<Job> & { readonly prompt?: string } = {}): Job {
  const { prompt = 'a lighthouse in a storm', ...others } = changes;
  const request = readRequest({
    ...{ version: 1, prompts: [{ text: prompt }], model: 'pocket', width: 128, height: 128 },
    ...{ steps: 40, seed: 7, start: 'prior', cutouts: 16, learningRate: 0.1, frames: {}, upscale: 4 },
  });
  return {
    ...{ id: '3v5m8k2c9x7q4wte', causeId: '1', userId: ADA, guildId: GUILD, channelId: CHANNEL },
    turnOf: ADA,
    ...{ locale: 'en-US', request, parentJob: null, state: 'done', priority: 0, sequence: 1 },
    ...{ attempts: 1, deaths: 0, savedState: null, reason: null, announced: true, isAgeRestricted: false },
    ...{ acceptedAt: NOW, startedAt: NOW, endedAt: NOW },
    result: {
      ...{ sha256: '0'.repeat(64), format: 'png', width: 512, height: 512, bytes: 400_000 },
      ...{ step: 40, loss: 0.812, seconds: 21, ended: 'finished' },
    },
    message: { channelId: CHANNEL, messageId: '500000000000000001', createdAt: NOW },
    ...others,
  };
}

const PAINTED: Stats = { done: 31, people: 6, failed: 1, medianWaitMs: 14_000 };
export const deed = (action: AuditEntry['action'], detail: AuditEntry['detail']): AuditEntry => ({
  ...{ id: action, at: EARLIER, actorId: ADA, actorRole: 'moderator', guildId: GUILD, action, detail },
  jobId: '3v5m8k2c9x7q4wte',
});

/** What those who rule the server do, and what comes of it. */
const RULING = {
  ...{ pause: async () => undefined, drain: async () => undefined, ban: async () => undefined },
  ...{ resume: async () => ({ stillHeld: false }), clear: async () => 3 },
  ...{
    retry: async () => sampleJob(),
    moveToFront: async () => sampleJob(),
    remove: async () => 'cancelled',
  },
  move: async () => ({ position: 1, of: 5 }),
  cancel: async () => sampleJob({ state: 'cancelled' }),
  unban: async () => ({ wasBanned: true, stillBanned: false }),
  bans: async () => [
    { userId: BOB, actorId: ADA, at: EARLIER, reason: 'asked for the same thing all night' },
  ],
  personalRules: async () => [{ userId: BOB, rules: { waitingPerUser: 1 } }],
  setRule: async () => undefined,
  rules: async () => ({ ...DEFAULT_LIMITS, maxSteps: 150, maxSide: 512, adultLimit: 0.8, retentionDays: 90 }),
  log: async () => [
    deed('move', { owner: BOB, from: 5, to: 1 }),
    deed('report', { owner: BOB, reason: 'That is me.' }),
    deed('set', { name: 'maxSteps', value: 150 }),
  ],
  report: async () => deed('report', { owner: BOB }),
  stats: async ({ withinMs }: { readonly withinMs: number }) =>
    withinMs > 86_400_000 ? { ...PAINTED, done: 164, people: 11, failed: 2 } : PAINTED,
  forget: async () => ({ pictures: 12, messages: Array.from({ length: 12 }) }),
  export: async () => ({}),
};

/** What a bot with a few pictures knows. */
export const desk = {
  commands: commands.map(({ data }) => data),
  staff: { operators: [], adminRole: undefined },
  moderators: { tell: async () => undefined },
  log: { info: () => undefined },
  preferences: { find: async () => preferencesSchema.parse({ notice: 'reply' }) },
  requests: { models: async () => [{ name: 'pocket', suggestions: ['a red apple', 'a castle at night'] }] },
  fitPicture: async (picture: unknown) => picture,
  jobs: {
    ...RULING,
    find: async () => sampleJob(),
    picture: async () => undefined,
    position: () => undefined,
    living: () => [],
    allowance: async () => ({
      ...{ waiting: 1, mostWaiting: 3, lastMinute: 2, perMinute: 10 },
      ...{ today: 7, perDay: null, refusal: null },
    }),
    recent: async () => [sampleJob(), sampleJob({ prompt: 'a cat wearing sunglasses' })],
    snapshot: () => ({
      running: [{ job: sampleJob(), step: 16, steps: 40, endsAt: NOW, painter: 'painter 1', loss: 1 }],
      waiting: [
        {
          ...{ position: 1, of: 2, startsAt: NOW, paused: false },
          job: sampleJob({ prompt: 'a castle at night', userId: BOB }),
        },
      ],
      ...{ waitingTotal: 2, painters: [{ name: 'painter 1', state: 'painting' }] },
      ...{ paused: false, pausedGuilds: [] },
    }),
  },
} as unknown as Desk; // as much of it as the commands below look at
