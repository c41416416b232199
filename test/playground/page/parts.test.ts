import {
  type ApplicationCommandDataResolvable,
  ApplicationCommandType,
  ButtonStyle,
  type Client,
  ComponentType,
  type Interaction,
  MessageFlags,
  SeparatorSpacingSize,
} from 'discord.js';
import type { Page } from 'playwright-core';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { type AdjustableClock, adjustableClock } from '../../../src/playground/adjustable-clock.js';
import { createDiscord, type Discord } from '../../../src/playground/discord.js';
import { GATEWAY_FAULTS, REQUEST_FAULTS } from '../../../src/playground/host/fault-list.js';
import { type Host, openHost } from '../../../src/playground/host/host.js';
import type { User } from '../../../src/playground/world/places.js';
import { api, settle } from '../api.js';
import { login } from '../client.js';
import { become, CHROMIUM, flaws, type OpenBrowser, openBrowser } from './browser.js';

const COMMANDS: readonly ApplicationCommandDataResolvable[] = [
  { type: ApplicationCommandType.Message, name: 'Quote this' },
  { type: ApplicationCommandType.User, name: 'Wave at' },
  {
    name: 'show',
    description: 'Shows something',
    options: [
      {
        type: 3,
        name: 'what',
        description: 'What',
        required: true,
        choices: ['embed', 'select', 'people', 'layout', 'form', 'time'].map((value) => ({
          name: value,
          value,
        })),
      },
    ],
  },
  {
    name: 'give',
    description: 'Takes something',
    options: [
      { type: 11, name: 'file', description: 'A file', required: true },
      { type: 6, name: 'to', description: 'For whom' },
      { type: 5, name: 'loud', description: 'Whether loudly' },
      { type: 10, name: 'weight', description: 'How heavy', min_value: 0.5 },
    ],
  },
  {
    name: 'find',
    description: 'Finds something',
    options: [{ type: 3, name: 'word', description: 'A word', autocomplete: true, required: true }],
  },
];

/** A bot that shows every part of a message there is. */
async function answer(interaction: Interaction): Promise<void> {
  if (interaction.isAutocomplete()) {
    const typed = interaction.options.getFocused();
    return interaction.respond([{ name: `${typed} of the sea`, value: `sea-${typed}` }]);
  }
  if (interaction.isModalSubmit()) {
    const { fields } = interaction;
    const chosen = [fields.getStringSelectValues('colour').join(), fields.getRadioGroup('size')];
    const files = fields.getUploadedFiles('files')?.map(({ name }) => name) ?? [];
    const words = [fields.getTextInputValue('wish'), ...chosen, fields.getCheckbox('sure'), ...files];
    await interaction.reply(`Form: ${words.join(' ')}`);
  } else if (interaction.isMessageContextMenuCommand()) {
    await interaction.reply(`Quoted: ${interaction.targetMessage.content}`);
  } else if (interaction.isUserContextMenuCommand()) {
    await interaction.reply(`Waved at ${interaction.targetUser.displayName}`);
  } else if (interaction.isStringSelectMenu() || interaction.isUserSelectMenu()) {
    await interaction.update({ content: `Chosen: ${interaction.values.join(' and ')}`, components: [] });
  } else if (interaction.isChatInputCommand()) {
    const { options } = interaction;
    if (interaction.commandName === 'find') {
      await interaction.reply(`Found ${options.getString('word')}`);
    } else if (interaction.commandName === 'give') {
      const { name, size } = options.getAttachment('file', true);
      const to = options.getUser('to');
      await interaction.reply(
        `Got ${name}, ${size} bytes, ${to} ${options.getBoolean('loud')} ${options.getNumber('weight')}`,
      );
    } else {
      await show(interaction, options.getString('what', true));
    }
  }
}

async function show(
  interaction: Extract<Interaction, { commandName: string }> & { reply: unknown },
  what: string,
) {
  if (!interaction.isChatInputCommand()) return;
  if (what === 'form') {
    const wish = { type: 4, custom_id: 'wish', label: 'Your wish', style: 1 } as const;
    const options = ['red', 'blue'].map((value) => ({ label: value, value }));
    await interaction.showModal({
      custom_id: 'form',
      title: 'A form',
      components: [
        { type: 10, content: 'Fill **this** in.' },
        { type: 1, components: [wish] },
        { type: 18, label: 'Colour', component: { type: 3, custom_id: 'colour', options } },
        { type: 18, label: 'Size', component: { type: 21, custom_id: 'size', options } },
        { type: 18, label: 'Sure', component: { type: 23, custom_id: 'sure' } },
        { type: 18, label: 'Files', component: { type: 19, custom_id: 'files', required: false } },
      ],
    });
  } else if (what === 'time') {
    await interaction.reply(`Due <t:${Math.floor(Date.now() / 1000) + 100}:R>\n-# small`);
  } else if (what === 'embed') {
    const fields = [{ name: 'Left', value: '**bold**', inline: true }];
    await interaction.reply({ embeds: [{ title: 'A title', description: 'Text', color: 0x336699, fields }] });
  } else if (what === 'select') {
    const options = ['red', 'blue'].map((value) => ({ label: value, value }));
    const select = {
      type: ComponentType.StringSelect,
      customId: 'colour',
      placeholder: 'Colour',
      options,
    } as const;
    await interaction.reply({
      content: 'Which?',
      components: [{ type: ComponentType.ActionRow, components: [select] }],
    });
  } else if (what === 'people') {
    const select = {
      type: ComponentType.UserSelect,
      customId: 'who',
      placeholder: 'Who',
      maxValues: 1,
    } as const;
    await interaction.reply({
      content: 'Who?',
      components: [{ type: ComponentType.ActionRow, components: [select] }],
    });
  } else {
    const button = {
      type: ComponentType.Button,
      style: ButtonStyle.Link,
      url: 'https://example.com',
      label: 'Link',
    } as const;
    await interaction.reply({
      flags: MessageFlags.IsComponentsV2,
      components: [
        {
          type: ComponentType.Container,
          accentColor: 0xaa3300,
          components: [
            { type: ComponentType.TextDisplay, content: '# Laid out' },
            { type: ComponentType.Separator, divider: true, spacing: SeparatorSpacingSize.Small },
            { type: ComponentType.ActionRow, components: [button] },
          ],
        },
      ],
    });
  }
}

describe.skipIf(CHROMIUM === undefined)('the parts of the page, with any bot (needs chromium)', () => {
  let browser: OpenBrowser;
  let discord: Discord;
  let host: Host;
  let client: Client<true>;
  let page: Page;
  let ada: User;
  let clock: AdjustableClock;

  beforeAll(async () => {
    browser = await openBrowser();
    clock = adjustableClock();
    discord = await createDiscord({ clock, rateLimits: false });
    const places = settle(discord);
    ada = places.ada;
    discord.addChannel({ guild: places.guild, name: 'picture-requests', kind: 'forum' });
    discord.createThread({ parent: places.channel, name: 'a thread', owner: ada });
    const mod = discord.addUser({ name: 'Mod', guilds: [places.guild], permissions: ['ManageMessages'] });
    client = await login(discord);
    client.on('interactionCreate', (interaction) => void answer(interaction));
    await client.application.commands.set(COMMANDS);
    host = await openHost({
      discord,
      clock,
      parts: new Map([
        [ada.id, 'member'],
        [mod.id, 'moderator'],
      ]),
      dismissed: new Set(),
      suggestions: null,
      bot: undefined,
      title: 'Test',
      site: browser.site,
      host: '127.0.0.1',
      port: 0,
    });
    page = await browser.open(`http://127.0.0.1:${host.port}/`);
    await page.locator('.composer textarea').waitFor();
  });
  afterAll(async () => {
    await client?.destroy();
    await browser?.close();
    await host?.close();
    await discord?.close();
  });

  const last = () => page.locator('.message').last();
  const show = async (what: string) => {
    await page.locator('.composer textarea').fill('/show ');
    await page.getByLabel('what', { exact: true }).selectOption(what);
    await page.getByRole('button', { name: 'Send' }).click();
  };

  it('shows embeds, layouts, small print, and a time that counts down', async () => {
    await show('embed');
    await last().locator('.embed strong', { hasText: 'bold' }).waitFor();
    await show('layout');
    await last().locator('.embed', { hasText: 'Laid out' }).getByRole('link', { name: /Link/ }).waitFor();
    await show('time');
    await last().locator('.subtext', { hasText: 'small' }).waitFor();
    const time = last().locator('.timestamp');
    const before = await time.textContent();
    expect(before).toMatch(/^in 2 minutes|^in 1 minute|^in 9\d seconds/);
    expect(await flaws(page)).toEqual([]);
  });

  it('takes a choice in a select, of texts and of people', async () => {
    await show('select');
    await last().getByRole('combobox', { name: 'Colour' }).selectOption('blue');
    await last().getByText('Chosen: blue').waitFor();
    await show('people');
    await last().getByRole('combobox', { name: 'Who' }).selectOption(ada.id);
    await last().getByText(`Chosen: ${ada.id}`).waitFor();
  });

  it('opens a form and sends what was written into it', async () => {
    await show('form');
    const form = page.getByRole('dialog', { name: 'A form' });
    await form.locator('strong', { hasText: 'this' }).waitFor();
    await form.getByLabel('Your wish').fill('a boat');
    await form.getByLabel('Colour').selectOption('blue');
    await form.getByRole('radio', { name: 'red' }).check();
    await form.getByLabel('Sure').check();
    const file = { name: 'a.txt', mimeType: 'text/plain', buffer: Buffer.from('12345') };
    await form.getByLabel('Files').setInputFiles(file);
    expect(await flaws(page)).toEqual([]);
    await form.getByRole('button', { name: 'Submit' }).click();
    await last().getByText('Form: a boat blue red true a.txt').waitFor();
  });

  it('takes a file, a person, a truth and a number as options, and completes words', async () => {
    await page.locator('.composer textarea').fill('/give ');
    await drop(page, '.command-form', 'dropped.txt');
    await page.getByText('dropped.txt').waitFor();
    await page.getByRole('button', { name: '+ to' }).click();
    await page.getByLabel('to', { exact: true }).selectOption(ada.id);
    await page.getByRole('button', { name: '+ loud' }).click();
    await page.getByLabel('loud', { exact: true }).selectOption('true');
    await page.getByRole('button', { name: '+ weight' }).click();
    await page.getByLabel('weight', { exact: true }).fill('0.25');
    await page.keyboard.press('Enter');
    await page.getByText('Expected at least 0.5.').waitFor();
    await page.getByLabel('weight', { exact: true }).fill('0.75');
    await page.keyboard.press('Enter');
    await last().getByText('Got dropped.txt, 5 bytes, @Ada true 0.75').waitFor();
    await page.locator('.composer textarea').fill('/find bottom');
    await page.getByRole('option', { name: 'bottom of the sea' }).click();
    await page.keyboard.press('Enter');
    await last().getByText('Found sea-bottom').waitFor();
  });

  it('sends files with a message, pasted or dropped, and replies to one', async () => {
    await drop(page, '.composer', 'a.txt');
    await paste(page, 'b.txt');
    await page.locator('.file-chips').getByText('b.txt').waitFor();
    await page.locator('.composer textarea').fill('two files');
    await page.keyboard.press('Enter');
    await last().getByRole('link', { name: /a.txt/ }).waitFor();
    expect(await last().locator('.file').count()).toBe(2);
    await last().hover();
    await last().getByRole('button', { name: 'Reply' }).click();
    await page.locator('.composer textarea').fill('so many');
    await page.keyboard.press('Enter');
    await last().getByText('so many', { exact: true }).waitFor();
    await last()
      .getByRole('button', { name: /Ada two files/ })
      .waitFor();
  });

  it('uses the bot’s commands in the menus of a message and of a person', async () => {
    await last().getByRole('button', { name: 'More' }).click();
    await page.getByRole('menuitem', { name: 'Quote this' }).click();
    await last().getByText('Quoted: so many').waitFor();
    await last().getByText('Ada used Quote this on Ada so many').waitFor();
    await page
      .locator('.message', { hasText: 'two files' })
      .first()
      .getByRole('button', { name: 'Ada', exact: true })
      .click();
    await page.getByRole('menuitem', { name: 'Copy user id' }).waitFor();
    await page.keyboard.press('End');
    await page.keyboard.press('ArrowDown');
    await page.keyboard.press('ArrowUp');
    await page.keyboard.press('Enter');
    await last().getByText('Waved at Ada').waitFor();
    await last().getByText('used Wave at').waitFor();
  });

  it('completes the names of people and channels, and names them to the bot by their ids', async () => {
    const writing = page.getByRole('textbox', { name: 'Message', exact: true });
    await writing.click();
    await page.keyboard.type('see @ad');
    await page.getByRole('option', { name: /@Ada/ }).waitFor();
    await page.keyboard.press('Enter');
    await expect.poll(() => writing.inputValue()).toBe('see @Ada ');
    await page.keyboard.type('in #pic');
    await page.getByRole('option', { name: /#pictures/ }).click();
    await expect.poll(() => writing.inputValue()).toBe('see @Ada in #pictures ');
    await page.keyboard.press('Enter');
    await last().locator('.mention', { hasText: 'Ada' }).waitFor();
    const sent = () => [...discord.world.messages.values()].at(-1)?.body.content;
    await expect.poll(sent).toMatch(/^see <@\d+> in <#\d+>$/);
  });

  it('leads to a message that a link names, under words or bare, in any channel', async () => {
    const channel = [...discord.world.channels.values()].find((each) => each.kind === 'guild') ?? fail();
    const [first] = discord.read({ channel });
    const link = `https://discord.com/channels/${channel.guild.id}/${channel.id}/${first?.id}`;
    const thread = [...discord.world.channels.values()].find((each) => each.kind === 'thread') ?? fail();
    // Far enough back that it is not in view by itself.
    for (let line = 0; line < 30; line++) discord.say({ user: ada, channel, content: `more ${line}` });
    const content = `${link} and [there](${link})`;
    await api(discord, `POST /channels/${thread.id}/messages`, { body: { content } });
    await page.getByRole('link', { name: /a thread/ }).click();
    await last().getByRole('button', { name: '#pictures › message' }).waitFor();
    await last().getByRole('button', { name: 'there' }).click();
    const top = async () => (await page.locator(`#message-${first?.id}`).boundingBox())?.y ?? -1;
    await expect.poll(top).toBeGreaterThan(0);
    await page.getByRole('button', { name: 'To the newest' }).click();
    await expect.poll(() => gapToEnd(page)).toBeLessThan(2);
  });

  it('begins a post in a forum', async () => {
    await page.getByRole('link', { name: /requests/ }).click();
    await page.getByText('Nobody has posted anything here.').waitFor();
    await page.getByLabel('Title').fill('A castle');
    await page.getByLabel('First message').fill('With **towers**');
    await page.getByRole('button', { name: 'Post', exact: true }).click();
    await page.locator('.message strong', { hasText: 'towers' }).waitFor();
    await page.getByRole('link', { name: /requests/ }).click();
    await page.locator('.post', { hasText: '1 message' }).waitFor();
    expect(await flaws(page)).toEqual([]);
    await page.getByRole('link', { name: /pictures/ }).click();
  });

  it('reacts with an emoji that was searched for, and takes it back', async () => {
    await last().hover();
    await last().getByRole('button', { name: 'Add reaction' }).click();
    const search = page.getByRole('combobox', { name: 'Search' });
    await search.fill('sailboat');
    await page
      .getByRole('option', { name: /sailboat/ })
      .first()
      .click();
    const reaction = last().getByRole('button', { name: / 1, Ada$/ });
    await reaction.click();
    await reaction.waitFor({ state: 'detached' });
  });

  it('marks what is unread, and where it begins', async () => {
    await page.getByRole('link', { name: /a thread/ }).click();
    await page.locator('.composer textarea').waitFor();
    const channel = [...discord.world.channels.values()].find((each) => each.kind === 'guild');
    if (channel === undefined) throw new Error('Expected a channel.');
    const mod = [...discord.world.users.values()].find(({ name }) => name === 'Mod');
    discord.say({ user: mod ?? ada, channel, content: `<@${ada.id}> look` });
    await page.getByText('1 unread, one calls you').waitFor();
    await page.getByRole('link', { name: /pictures/ }).click();
    await page.locator('.new-line').waitFor();
    expect(await page.locator('.badge').count()).toBe(0);
  });

  it('follows its end while messages come and the room for writing changes, and leaves a reader alone', async () => {
    const channel = [...discord.world.channels.values()].find((each) => each.kind === 'guild') ?? fail();
    const say = (content: string) => discord.say({ user: ada, channel, content });
    for (let line = 1; line <= 102; line++) say(`line ${line}`);
    await last().getByText('line 102').waitFor();
    // A form that opens in the frame in which the end was gone to: what moves then is not the reader.
    await page.evaluate(`(async () => {
      const [timeline, composer] = ['.timeline', '.composer'].map((name) => document.querySelector(name));
      timeline.scrollTop -= 1;
      composer.style.paddingTop = '300px';
      await new Promise(requestAnimationFrame).then(() => new Promise(requestAnimationFrame));
      composer.style.paddingTop = '';
    })()`);
    say('line 103');
    await last().getByText('line 103').waitFor();
    await expect.poll(() => gapToEnd(page)).toBeLessThan(2);
    await page.locator('.timeline').hover();
    await page.mouse.wheel(0, -600);
    await expect.poll(() => gapToEnd(page)).toBeGreaterThan(400);
    const before = await gapToEnd(page);
    say('line 104');
    await last().getByText('line 104').waitFor();
    expect(await gapToEnd(page)).toBeGreaterThanOrEqual(before);
    await page.mouse.wheel(0, -20_000);
    const earlier = page.getByRole('button', { name: 'Show earlier messages' });
    await expect.poll(() => page.evaluate(`document.querySelector('.timeline').scrollTop`)).toBe(0);
    const topOf = async () => (await page.getByText('line 5', { exact: true }).boundingBox())?.y ?? 0;
    const top = await topOf();
    await earlier.click();
    await page.getByText('line 4', { exact: true }).waitFor();
    expect(Math.abs((await topOf()) - top)).toBeLessThan(100);
    await page.getByRole('button', { name: 'To the newest' }).click();
    await expect.poll(() => gapToEnd(page)).toBeLessThan(2);
    await page.mouse.wheel(0, -2000);
    await page.getByRole('button', { name: 'To the newest' }).waitFor();
    await page.locator('.composer textarea').fill('my own line');
    await page.keyboard.press('Enter');
    await last().getByText('my own line').waitFor();
    await expect.poll(() => gapToEnd(page)).toBeLessThan(2);
    // A reader whose messages went from under him is at the end again.
    await page.mouse.wheel(0, -400);
    await page.getByRole('button', { name: 'To the newest' }).waitFor();
    for (const message of discord.read({ channel }))
      if (message.body.content.startsWith('line')) discord.deleteMessage({ user: ada, message });
    await page.getByRole('button', { name: 'To the newest' }).waitFor({ state: 'detached' });
  });

  it('lets a moderator delete what somebody else has written, and nobody else', async () => {
    await page.locator('.composer textarea').fill('something rude');
    await page.keyboard.press('Enter');
    await become(page, 'Mod');
    const rude = page.locator('.message', { hasText: 'something rude' });
    await rude.hover();
    await rude.getByRole('button', { name: 'More' }).click();
    await page.getByRole('menuitem', { name: 'Delete message' }).click();
    await rude.waitFor({ state: 'detached' });
    const found = page.locator('.message', { hasText: 'two files' }).first();
    await become(page, 'Ada');
    await found.waitFor();
  });

  it('shows every request with its verdict, and saves them all', async () => {
    await api(discord, 'POST /channels/1/messages', { body: { content: 'x' } });
    await page.getByRole('button', { name: 'Tools', exact: true }).click();
    const refused = page.locator('.happening', { hasText: '10003' }).first();
    await refused.waitFor();
    await refused.locator('summary').click();
    await refused.locator('pre', { hasText: 'POST /channels/:channel/messages' }).waitFor();
    await page.getByLabel('Filter by name').fill('INTERACTION_CREATE');
    await expect.poll(() => refused.count()).toBe(0);
    const saving = page.waitForEvent('download');
    await page.getByRole('button', { name: 'Export' }).click();
    const saved = await saving;
    expect(saved.suggestedFilename()).toBe('playground-requests.json');
    await page.getByLabel('Filter by name').fill('');
  });

  it('makes every fault of a request happen, once', async () => {
    await page.getByRole('button', { name: 'Faults' }).click();
    const statuses: Record<string, number> = {};
    await page.getByLabel('To which requests').selectOption('GET /gateway');
    for (const [name, [title]] of Object.entries(REQUEST_FAULTS)) {
      await page.getByLabel('What happens').selectOption(name);
      await page.getByRole('button', { name: 'Let it happen' }).click();
      await page.locator('.waiting-faults', { hasText: title }).waitFor();
      // What answers slowly need not be waited for; the clock ends up no more than its seconds ahead.
      const hurry = setInterval(
        () => (name === 'slow' && clock.ahead() < 4_000 ? clock.forward(500) : 0),
        50,
      );
      const { status } = await api(discord, 'GET /gateway').catch(() => ({ status: 0 }));
      clearInterval(hurry);
      statuses[name] = status;
      expect((await api(discord, 'GET /gateway')).status).toBe(200);
    }
    await page.locator('.waiting-faults').waitFor({ state: 'detached' });
    const ofTitle = ([name, [title]]: [string, readonly [string, unknown]]) => [
      name,
      name === 'slow' ? 200 : name === 'reset' ? 0 : Number(/^\d{3}/.exec(title)?.[0]),
    ];
    expect(statuses).toEqual(Object.fromEntries(Object.entries(REQUEST_FAULTS).map(ofTitle)));
  });

  it('upsets the channel: takes a permission, archives a thread, deletes messages and channels', async () => {
    const channel = [...discord.world.channels.values()].find((each) => each.kind === 'guild');
    const post = async () =>
      (await api(discord, `POST /channels/${channel?.id}/messages`, { body: { content: 'hm' } })).status;
    await page.getByLabel('SendMessages', { exact: true }).check();
    await expect.poll(post).toBe(403);
    await page.getByLabel('SendMessages', { exact: true }).uncheck();
    await expect.poll(post).toBe(200);
    const ownMessages = () =>
      discord.read({ channel: channel ?? fail() }).filter(({ author }) => author === discord.application.bot)
        .length;
    const count = ownMessages();
    await page.getByRole('button', { name: "Delete the bot's last message" }).click();
    await expect.poll(ownMessages).toBe(count - 1);
    await page.getByRole('link', { name: /a thread/ }).click();
    await page.getByRole('button', { name: 'Archive the thread' }).click();
    await page.locator('.channel-link', { hasText: 'archived' }).waitFor();
    await page.getByRole('button', { name: 'Make a new channel' }).click();
    await page.getByRole('link', { name: /new-channel/ }).click();
    await page.getByRole('button', { name: 'Delete the channel' }).click();
    await page.getByRole('link', { name: /new-channel/ }).waitFor({ state: 'detached' });
  });

  it('makes every trouble of the gateway happen, once', async () => {
    let isForGood = false;
    for (const [title] of Object.values(GATEWAY_FAULTS)) {
      // A connection that is still being made cannot be closed.
      if (!isForGood) await page.getByText(/ is here$/).waitFor();
      isForGood ||= title.includes('4004');
      await page.getByRole('button', { name: title, exact: true }).click();
      await expect
        .poll(() => discord.trail.entries().some((entry) => entry.kind === 'gateway' && entry.what === title))
        .toBe(true);
    }
    // 4004, 4011 and 4014 are for good: this client does not come back.
    await page.getByText('is not connected').waitFor();
  });

  it('goes forward in time: a token that is 16 minutes old edits no more', async () => {
    await page.getByRole('button', { name: 'Bot and clock' }).click();
    const before = discord.clock.now();
    await page.getByRole('button', { name: 'Forward 16 minutes' }).click();
    await page.getByText(/16 minutes ahead/).waitFor();
    expect(discord.clock.now() - before).toBeGreaterThanOrEqual(16 * 60_000);
    const [interaction] = discord.world.interactions.values();
    const path = `/webhooks/${discord.application.id}/${interaction?.token}/messages/@original`;
    expect((await api(discord, `PATCH ${path}`, { body: { content: 'late' } })).body.code).toBe(50027);
  });
});

/** How many pixels of the messages lie below those in view. */
function gapToEnd(page: Page): Promise<number> {
  return page.evaluate(`(() => {
    const { scrollHeight, scrollTop, clientHeight } = document.querySelector('.timeline');
    return scrollHeight - scrollTop - clientHeight;
  })()`);
}

function fail(): never {
  throw new Error('Expected it to be there.');
}

/** Drops a text file of five bytes on an element. */
async function drop(page: Page, selector: string, name: string): Promise<void> {
  const files = await page.evaluateHandle(
    `(() => { const data = new DataTransfer(); data.items.add(new File(['12345'], '${name}')); return data; })()`,
  );
  await page.locator(selector).first().dispatchEvent('drop', { dataTransfer: files });
}

/** Pastes a text file into the text field. */
async function paste(page: Page, name: string): Promise<void> {
  await page.evaluate(
    `(() => { const data = new DataTransfer(); data.items.add(new File(['12345'], '${name}'));
      document.querySelector('.composer textarea').dispatchEvent(
        new ClipboardEvent('paste', { clipboardData: data, bubbles: true, cancelable: true })); })()`,
  );
}
