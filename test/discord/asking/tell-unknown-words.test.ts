import type { ChatInputCommandInteraction } from 'discord.js';
import { MessageFlags } from 'discord.js';
import { describe, expect, it, vi } from 'vitest';
import { tellUnknownWords } from '../../../src/discord/asking/tell-unknown-words.js';
import { loadModel } from '../../../src/zoo/load-model.js';
import { openUnknownWords } from '../../../src/zoo/unknown-words.js';

const findUnknown = await openUnknownWords(await loadModel({ name: 'pocket' }));
const desk = { unknownWords: async () => findUnknown, log: { warn: vi.fn() } };

/** What is said, to the asker alone, of a prompt that was answered. */
async function told(text: string, { replied = true, followUp = vi.fn(async () => undefined) } = {}) {
  // Only what the function reads; the whole is discord.js's own.
  const interaction = { replied, locale: 'en-US', followUp } as unknown as ChatInputCommandInteraction;
  const log = desk.log as never;
  await tellUnknownWords(interaction, { prompts: [{ text, weight: 1 }], model: 'pocket' }, { ...desk, log });
  return followUp.mock.calls;
}

describe('words that the embedded model does not know', () => {
  it('are named to the asker alone, with near ones that it does', async () => {
    expect(await told('loneliness, trending on artstation')).toEqual([
      [
        {
          content:
            "I don't know *trending*; I do know oil painting.\n" +
            "I don't know *artstation*; I do know oil painting, watercolor, van gogh.",
          flags: MessageFlags.Ephemeral,
        },
      ],
    ]);
  });

  it('are not spoken of where there are none, or where nothing was answered', async () => {
    expect(await told('a very beautiful castle at sunset, by van gogh')).toEqual([]);
    expect(await told('artstation', { replied: false })).toEqual([]);
  });

  it('are four at most, and what cannot be sent is written down', async () => {
    const [[{ content }]] = (await told('qwxa qwxb qwxc qwxd qwxe')) as unknown as [[{ content: string }]];
    expect(content.split('\n')).toHaveLength(4);
    const followUp = vi.fn(async () => Promise.reject(new Error('gone')));
    await told('artstation', { followUp: followUp as never });
    expect(desk.log.warn).toHaveBeenCalledOnce();
  });
});
