import type {
  APIComponentInLabel,
  APILabelComponent,
  APIModalInteractionResponseCallbackData,
  Client,
  Interaction,
} from 'discord.js';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { createDiscord, type Discord } from '../../../src/playground/discord.js';
import type { FieldValue } from '../../../src/playground/person/modal.js';
import type { GuildChannel, User } from '../../../src/playground/world/places.js';
import { api, settle } from '../api.js';
import { login } from '../client.js';

const options = [
  { label: 'Red', value: 'red' },
  { label: 'Blue', value: 'blue' },
];
const label = (text: string, component: APIComponentInLabel): APILabelComponent => ({
  type: 18,
  label: text,
  component,
});
/** Every kind of part there is. */
const FORM: APIModalInteractionResponseCallbackData = {
  custom_id: 'form',
  title: 'Everything',
  components: [
    { type: 10, content: 'Fill this in.' },
    label('Wish', { type: 4, custom_id: 'wish', style: 1, min_length: 3, max_length: 10 }),
    label('Colours', { type: 3, custom_id: 'colours', options, max_values: 2 }),
    label('Who', { type: 5, custom_id: 'who', required: false }),
    label('Files', { type: 19, custom_id: 'files', required: false }),
    label('Size', { type: 21, custom_id: 'size', options, required: false }),
    label('Extras', { type: 22, custom_id: 'extras', options, required: false }),
    label('Sure', { type: 23, custom_id: 'sure' }),
  ],
};

describe('a form', () => {
  let discord: Discord;
  let channel: GuildChannel;
  let ada: User;
  let client: Client<true>;

  beforeEach(async () => {
    discord = await createDiscord({ rateLimits: false });
    ({ channel, ada } = settle(discord));
    client = await login(discord);
    client.on('interactionCreate', (interaction) => void answer(interaction));
    const body = [{ name: 'form', description: 'Opens it' }];
    await api(discord, `PUT /applications/${discord.application.id}/commands`, { body });
  });
  afterEach(async () => {
    await client.destroy();
    await discord.close();
  });

  async function answer(interaction: Interaction): Promise<void> {
    if (interaction.isChatInputCommand()) await interaction.showModal(FORM);
    if (!interaction.isModalSubmit()) return;
    const { fields } = interaction;
    const read = {
      wish: fields.getTextInputValue('wish'),
      colours: fields.getStringSelectValues('colours'),
      who: fields.getSelectedUsers('who')?.map(({ displayName }) => displayName),
      files: fields.getUploadedFiles('files')?.map(({ name }) => name),
      size: fields.getRadioGroup('size'),
      extras: fields.getCheckboxGroup('extras'),
      sure: fields.getCheckbox('sure'),
    };
    await interaction.reply(JSON.stringify(read));
  }

  const send = async (fields: Readonly<Record<string, FieldValue>>) => {
    const outcome = await discord.slash({ user: ada, channel, name: 'form' });
    return discord.submitModal({ user: ada, outcome, fields });
  };

  it('comes back with what was filled into each kind of field', async () => {
    const file = { filename: 'a.txt', bytes: Buffer.from('12345') };
    const { message } = await send({
      wish: 'a boat',
      colours: ['red', 'blue'],
      who: [ada.id],
      files: [file],
      size: 'blue',
      extras: ['red'],
      sure: true,
    });
    expect(JSON.parse(message?.body.content ?? '')).toEqual({
      wish: 'a boat',
      colours: ['red', 'blue'],
      who: ['Ada'],
      files: ['a.txt'],
      size: 'blue',
      extras: ['red'],
      sure: true,
    });
  });

  it('comes back empty where nothing is needed', async () => {
    const { message } = await send({ wish: 'a boat', colours: ['red'] });
    const { wish: _, colours: __, ...rest } = JSON.parse(message?.body.content ?? '');
    expect(rest).toEqual({ size: null, extras: [], sure: false, ...empty(rest) });
  });

  it.each<readonly [string, Readonly<Record<string, FieldValue>>, string]>([
    ['nothing where something is needed', { colours: ['red'] }, 'wish to be filled in'],
    ['a text too short', { wish: 'a', colours: ['red'] }, 'wish to keep to its length'],
    ['no choice', { wish: 'a boat' }, 'colours to have at least 1'],
    ['too many', { wish: 'a boat', colours: ['red'], who: ['1', '2'] }, 'who to have at most 1'],
    ['what is not offered', { wish: 'a boat', colours: ['green'] }, 'colours to hold options it offers'],
    ['a field that is not there', { wish: 'a boat', colours: ['red'], no: 'x' }, 'got no'],
  ])('cannot be sent with %s', async (_, fields, sentence) => {
    await expect(send(fields)).rejects.toThrow(sentence);
  });
});

/** Lists of nobody and nothing, in whichever of their two forms the client library gives them. */
function empty({ who, files }: { readonly who?: unknown; readonly files?: unknown }): object {
  for (const list of [who, files]) expect(list ?? []).toEqual([]);
  return { ...(who === undefined ? {} : { who }), ...(files === undefined ? {} : { files }) };
}
