import type { ChatInputCommandInteraction } from 'discord.js';
import { report } from '../../commands/report.js';
import type { Letter } from '../../src/discord/showing/moderators.js';
import { describeDeed } from '../../src/discord/showing/describe-deed.js';
import { textFor } from '../../src/discord/words/text.js';
import { ADA, CHANNEL, deed, desk, GUILD, sampleJob } from './sample-desk.js';

const text = textFor('en');
const LINK = `https://discord.com/channels/${GUILD}/${CHANNEL}/500000000000000001`;
const ID = `\`${sampleJob().id}\``;

/** What the bot writes without being asked just then: when, and the message. */
export async function sampleLetters(): Promise<readonly (readonly [when: string, content: string])[]> {
  return [
    ['A picture is done, to whoever chose a ping in `/me`:', text.noticeDone(`<@${ADA}>`)],
    ['A picture of theirs was taken away by a moderator:', text.takenAway(ID, '#pictures')],
    ['A moderator gave it another place in line:', text.movedInLine(ID, '1')],
    ['A reaction came to nothing:', text.notOnReaction(`[a message](${LINK})`, text.refusals.banned(BANNED))],
    ['In the log channel, what moderators do:', `🛡️ ${describeDeed(deed('pause', {}), text)}`],
    [
      'There, or to the server’s owner, a report, with a button that deletes the picture:',
      await reportLetter(),
    ],
    ['Likewise, once, a gallery that takes nothing:', text.galleryShut(CHANNEL)],
    ['Beside its name, how long the line is:', text.presence(1, 4)],
  ];
}

const BANNED = { kind: 'banned', reason: null } as const;

/** As the command itself writes it. */
async function reportLetter(): Promise<string> {
  let written = '';
  const moderators = {
    tell: async ({ write }: Letter) => {
      written = write(text, false).content;
    },
  };
  const options: Readonly<Record<string, string>> = { picture: sampleJob().id, reason: 'That is me.' };
  const interaction = {
    ...{ locale: 'en-US', guildId: GUILD, user: { id: ADA } },
    ...{ deferReply: async () => undefined, editReply: async () => undefined },
    options: { getString: (name: string) => options[name] ?? null },
  } as unknown as ChatInputCommandInteraction; // as much of it as the command looks at
  await report.execute(interaction, { ...desk, moderators } as unknown as typeof desk); // likewise
  return written;
}
