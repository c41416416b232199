import { type ChatInputCommandInteraction, PermissionFlagsBits, PermissionsBitField } from 'discord.js';
import { commands } from '../../commands/index.js';
import { ADA, CHANNEL, desk, GUILD } from './sample-desk.js';

type Options = Readonly<Record<string, string | number | boolean>>;

const BOB = { id: '200000000000000002' };
const MODERATOR = new PermissionsBitField(PermissionFlagsBits.ManageGuild);
const JOB = { job: '3v5m8k2c9x7q4wte' };

/** Commands whose whole answer is words, and their parts, with the options given. */
const ASKED: Readonly<Record<string, Options>> = {
  ...{ help: {}, me: {}, cancel: JOB, styles: {}, queue: {}, stats: {} },
  ...{ show: { picture: JOB.job }, report: { picture: JOB.job } },
  ...{ 'privacy export': {}, 'privacy delete': { sure: true } },
  ...{ 'queue-admin pause': {}, 'queue-admin resume': {}, 'queue-admin clear': {}, 'queue-admin drain': {} },
  ...{ 'queue-admin remove': JOB, 'queue-admin retry': JOB, 'queue-admin front': JOB },
  'queue-admin move': { ...JOB, place: 1 },
  ...{ 'mod ban': {}, 'mod unban': {}, 'mod list': {}, 'mod log': {} },
  ...{ 'mod limit': { pictures: 1 }, 'mod quota': { pictures: 20 } },
  ...{ 'settings show': {}, 'settings max-steps': { value: 150 } },
};

/** What a command, or a part of it, answers in that server; undefined for those whose answer is a picture. */
export async function sampleReply(name: string, part?: string): Promise<string | undefined> {
  const options = ASKED[part === undefined ? name : `${name} ${part}`];
  const command = commands.find(({ data }) => data.name === name);
  if (options === undefined || command === undefined) return undefined;
  let content = '';
  const answer = async (reply: { readonly content?: string }) => {
    content = reply.content ?? '';
  };
  const given = (option: string) => options[option] ?? null;
  const interaction = {
    ...{ locale: 'en-US', guildId: GUILD, channelId: CHANNEL, user: { id: ADA } },
    ...{
      member: null,
      memberPermissions: part === undefined ? null : MODERATOR,
      reply: answer,
      editReply: answer,
    },
    deferReply: async () => undefined,
    options: {
      ...{ getString: given, getInteger: given, getBoolean: given, getUser: () => BOB },
      get: (option: string) => (given(option) === null ? null : { value: given(option) }),
      getSubcommand: () => part,
    },
  } as unknown as ChatInputCommandInteraction; // as much of it as these commands look at
  // This one is for those who run the bot.
  const operators = part === 'front' ? [ADA] : [];
  await command.execute(interaction, { ...desk, staff: { ...desk.staff, operators } });
  return content;
}
