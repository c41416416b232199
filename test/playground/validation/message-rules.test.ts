import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { createDiscord, type Discord } from '../../../src/playground/discord.js';
import type { GuildChannel } from '../../../src/playground/world/places.js';
import { api, button, row, settle } from '../api.js';

/** Bodies that Discord refuses: what is wrong, the body, where the errors tree says so, and with which code. */
const WRONG: readonly [what: string, body: object, path: string, code: string][] = [
  ['2001 characters', { content: 'x'.repeat(2001) }, 'content', 'BASE_TYPE_MAX_LENGTH'],
  ['5000 characters', { content: 'x'.repeat(5000) }, 'content', 'BASE_TYPE_MAX_LENGTH'],
  ['a number for content', { content: 7 }, 'content', 'BASE_TYPE_BAD_TYPE'],
  ['eleven embeds', { embeds: Array(11).fill({ title: 'x' }) }, 'embeds', 'BASE_TYPE_MAX_LENGTH'],
  ['a title of 257', { embeds: [{ title: 'x'.repeat(257) }] }, 'embeds.0.title', 'BASE_TYPE_MAX_LENGTH'],
  [
    '6001 characters over two embeds',
    {
      embeds: [
        { description: 'x'.repeat(3000) },
        { description: 'x'.repeat(2990), footer: { text: 'x'.repeat(11) } },
      ],
    },
    'embeds',
    'MAX_EMBED_SIZE_EXCEEDED',
  ],
  ['a colour out of range', { embeds: [{ color: 0x1000000 }] }, 'embeds.0.color', 'NUMBER_TYPE_MAX'],
  [
    'six rows',
    { components: Array.from({ length: 6 }, (_, n) => row(button(`b${n}`))) },
    'components',
    'BASE_TYPE_BAD_LENGTH',
  ],
  [
    'six buttons in a row',
    { components: [row(...Array.from({ length: 6 }, (_, n) => button(`b${n}`)))] },
    'components.0.components',
    'BASE_TYPE_MAX_LENGTH',
  ],
  ['an empty row', { components: [row()] }, 'components.0.components', 'BASE_TYPE_MIN_LENGTH'],
  [
    'one custom id twice',
    { components: [row(button('a')), row(button('a'))] },
    'components.1.components.0.custom_id',
    'COMPONENT_CUSTOM_ID_DUPLICATED',
  ],
  [
    'a custom id of 101',
    { components: [row(button('x'.repeat(101)))] },
    'components.0.components.0.custom_id',
    'BASE_TYPE_MAX_LENGTH',
  ],
  [
    'a button without custom id',
    { components: [row({ type: 2, style: 1, label: 'x' })] },
    'components.0.components.0.custom_id',
    'BUTTON_COMPONENT_CUSTOM_ID_REQUIRED',
  ],
  [
    'a link without url',
    { components: [row({ type: 2, style: 5, label: 'x' })] },
    'components.0.components.0.url',
    'BUTTON_COMPONENT_URL_REQUIRED',
  ],
  [
    'a button without label and emoji',
    { components: [row({ type: 2, style: 1, custom_id: 'x' })] },
    'components.0.components.0.label',
    'BUTTON_COMPONENT_INVALID_BUTTON',
  ],
  [
    'a label of 81',
    { components: [row(button('x', { label: 'x'.repeat(81) }))] },
    'components.0.components.0.label',
    'BASE_TYPE_MAX_LENGTH',
  ],
  [
    'a select beside a button',
    { components: [row(button('x'), { type: 3, custom_id: 's', options: [{ label: 'a', value: 'a' }] })] },
    'components.0.components',
    'COMPONENT_LAYOUT_WIDTH_EXCEEDED',
  ],
  [
    '26 options',
    {
      components: [
        row({
          type: 3,
          custom_id: 's',
          options: Array.from({ length: 26 }, (_, n) => ({ label: 'o', value: `${n}` })),
        }),
      ],
    },
    'components.0.components.0.options',
    'BASE_TYPE_MAX_LENGTH',
  ],
  [
    'a button outside a row',
    { components: [{ type: 10, content: 'text' }] },
    'components.0.type',
    'UNION_TYPE_CHOICES',
  ],
  [
    'content with components v2',
    { content: 'x', flags: 32768, components: [{ type: 10, content: 'text' }] },
    'flags',
    'MESSAGE_CANNOT_USE_LEGACY_FIELDS_WITH_COMPONENTS_V2',
  ],
  ['a nonce of 26', { content: 'x', nonce: 'n'.repeat(26) }, 'nonce', 'BASE_TYPE_MAX_LENGTH'],
  [
    'users parsed and listed',
    { content: 'x', allowed_mentions: { parse: ['users'], users: ['1'] } },
    'allowed_mentions',
    'MESSAGE_ALLOWED_MENTIONS_PARSE_EXCLUSIVE',
  ],
  [
    'an attachment id twice',
    { content: 'x', attachments: [{ id: '0' }, { id: '0' }] },
    'attachments.1.id',
    'ATTACHMENT_ID_DUPLICATED',
  ],
];

describe('a message Discord would refuse', () => {
  let discord: Discord;
  let channel: GuildChannel;

  beforeEach(async () => {
    discord = await createDiscord({ rateLimits: false });
    channel = settle(discord).channel;
  });
  afterEach(() => discord.close());

  it.each(WRONG)('is refused at the place of the mistake and recorded: %s', async (_, body, path, code) => {
    const { status, body: answer } = await api(discord, `POST /channels/${channel.id}/messages`, { body });
    expect(answer).toMatchObject({ code: 50035, message: 'Invalid Form Body' });
    expect(status).toBe(400);
    const leaf = path.split('.').reduce((node, key) => node?.[key], answer.errors);
    expect(
      leaf?._errors?.map((error: { code: string }) => error.code),
      JSON.stringify(answer),
    ).toContain(code);
    expect(discord.violations).toHaveLength(1);
    expect(discord.violations[0]).toMatchObject({ route: 'POST /channels/:channel/messages', body });
    expect(discord.read({ channel })).toEqual([]);
  });

  it('counts characters, not UTF-16 units', async () => {
    const { status } = await api(discord, `POST /channels/${channel.id}/messages`, {
      body: { content: '🎨'.repeat(2000) },
    });
    expect(status).toBe(200);
  });

  it('is let through with everything at its limit', async () => {
    const body = {
      content: 'x'.repeat(2000),
      embeds: [{ description: 'x'.repeat(4096) }, { description: 'x'.repeat(1904) }],
      components: Array.from({ length: 5 }, (_, y) =>
        row(...Array.from({ length: 5 }, (_, x) => button(`${y}${x}`.padEnd(100, '.')))),
      ),
      nonce: 'n'.repeat(25),
    };
    expect((await api(discord, `POST /channels/${channel.id}/messages`, { body })).status).toBe(200);
    expect(discord.violations).toEqual([]);
  });

  it('is checked in edits and in answers to interactions as well', async () => {
    const { body: message } = await api(discord, `POST /channels/${channel.id}/messages`, {
      body: { content: 'x' },
    });
    const edit = await api(discord, `PATCH /channels/${channel.id}/messages/${message.id}`, {
      body: { content: 'x'.repeat(2001) },
    });
    expect(edit.body.code).toBe(50035);
    const callback = await api(discord, 'POST /interactions/1/unknown/callback', {
      body: { type: 4, data: { content: 'x', components: [row(button('a'), button('a'))] } },
    });
    expect(callback.body.errors.data.components[0].components[1].custom_id._errors).toHaveLength(1);
    expect(discord.violations).toHaveLength(2);
  });

  it('passes unchecked when checking is switched off', async () => {
    const fast = await createDiscord({ validate: false });
    const place = settle(fast).channel;
    const { status } = await api(fast, `POST /channels/${place.id}/messages`, {
      body: { content: 'x'.repeat(2001) },
    });
    expect(status).toBe(200);
    await fast.close();
  });
});
