import type { ChatInputCommandInteraction } from 'discord.js';
import { commands } from '../../commands/index.js';
import type { Job } from '../../src/contracts/job.js';
import { preferencesSchema } from '../../src/contracts/preferences.js';
import type { Desk } from '../../src/discord/asking/desk.js';
import { readRequest } from '../../src/requests/paint-request.js';

const NOW = 1_800_000_000_000;
const ADA = '200000000000000001';
const GUILD = '300000000000000001';
const CHANNEL = '400000000000000001';

/** Names for the people and places of the samples. */
export const NAMES: Readonly<Record<string, string>> = { [ADA]: 'Ada', '200000000000000002': 'Bob' };

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

/** What a bot with a few pictures knows. */
const desk = {
  commands: commands.map(({ data }) => data),
  staff: { operators: [], adminRole: undefined },
  preferences: { find: async () => preferencesSchema.parse({ notice: 'reply' }) },
  requests: { models: async () => [{ name: 'pocket', suggestions: ['a red apple', 'a castle at night'] }] },
  fitPicture: async (picture: unknown) => picture,
  jobs: {
    find: async () => sampleJob(),
    picture: async () => undefined,
    position: () => undefined,
    living: () => [],
    allowance: async () => ({
      waiting: 1,
      mostWaiting: 3,
      lastMinute: 2,
      perMinute: 10,
      today: 7,
      perDay: null,
      refusal: null,
    }),
    recent: async () => [sampleJob(), sampleJob({ prompt: 'a cat wearing sunglasses' })],
    snapshot: () => ({
      running: [{ job: sampleJob(), step: 16, steps: 40, endsAt: NOW, painter: 'painter 1', loss: 1 }],
      waiting: [
        {
          ...{ position: 1, of: 2, startsAt: NOW, paused: false },
          job: sampleJob({ prompt: 'a castle at night', userId: '200000000000000002' }),
        },
      ],
      ...{ waitingTotal: 2, painters: [{ name: 'painter 1', state: 'painting' }] },
      ...{ paused: false, pausedGuilds: [] },
    }),
  },
} as unknown as Desk; // as much of it as the commands below look at

/** Commands whose whole answer is words, with the options given. */
const ASKED: Readonly<Record<string, Readonly<Record<string, string>>>> = {
  ...{ help: {}, me: {}, styles: {}, queue: {} },
  show: { picture: '3v5m8k2c9x7q4wte' },
};

/** What a command answers in that server; undefined for those whose answer is a picture or a deed. */
export async function sampleReply(name: string): Promise<string | undefined> {
  const options = ASKED[name];
  const command = commands.find(({ data }) => data.name === name);
  if (options === undefined || command === undefined) return undefined;
  let content = '';
  const answer = async (reply: { readonly content?: string }) => {
    content = reply.content ?? '';
  };
  const interaction = {
    ...{ locale: 'en-US', guildId: GUILD, channelId: CHANNEL, user: { id: ADA } },
    ...{ member: null, memberPermissions: null, reply: answer, editReply: answer },
    deferReply: async () => undefined,
    options: { getString: (option: string) => options[option] ?? null },
  } as unknown as ChatInputCommandInteraction; // as much of it as these commands look at
  await command.execute(interaction, desk);
  return content;
}
