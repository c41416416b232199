import { ApplicationCommandOptionType } from 'discord.js';
import { describe, expect, it } from 'vitest';
import { givenIn, slashOptions } from '../../../src/discord/asking/slash-options.js';

const filledIn = (values: Readonly<Record<string, string | number | boolean>>) => ({
  get: (name: string) => {
    const value = values[name];
    return value === undefined ? null : { value };
  },
});

describe('the options of a slash command', () => {
  it('are those with words for Discord, in the order of the table, with its bounds and choices', () => {
    expect(slashOptions()).toMatchObject([
      {
        name: 'aspect',
        type: ApplicationCommandOptionType.String,
        choices: [
          ...['square', 'portrait', 'landscape', '4:5', '3:4', '9:16', '5:4', '4:3', '16:9', '2:1', '1:2'],
        ].map((value) => ({ name: value, value })),
      },
      { name: 'quality', type: ApplicationCommandOptionType.String },
      { name: 'style', type: ApplicationCommandOptionType.String },
      { name: 'image', type: ApplicationCommandOptionType.Attachment },
      { name: 'strength', type: ApplicationCommandOptionType.Number, min_value: 0, max_value: 1 },
      { name: 'mask', type: ApplicationCommandOptionType.Attachment },
      { name: 'image-prompt', type: ApplicationCommandOptionType.Attachment },
      { name: 'palette', type: ApplicationCommandOptionType.Attachment },
      { name: 'no', type: ApplicationCommandOptionType.String },
      { name: 'steps', type: ApplicationCommandOptionType.Integer, min_value: 1, max_value: 2000 },
      { name: 'seed', type: ApplicationCommandOptionType.Integer, min_value: 0, max_value: 0xffff_ffff },
      { name: 'tile', type: ApplicationCommandOptionType.Boolean },
      { name: 'symmetry', type: ApplicationCommandOptionType.String },
      { name: 'upscaler', type: ApplicationCommandOptionType.String },
    ]);
  });

  it('are read as they were filled in', () => {
    expect(givenIn(filledIn({ aspect: 'portrait', seed: 0 }))).toEqual({ aspect: 'portrait', seed: 0 });
    expect(givenIn(filledIn({ no: 'fog', tile: true }))).toEqual({ no: ['fog'], tile: true });
    expect(givenIn(filledIn({ tile: false }))).toEqual({});
    expect(givenIn(filledIn({}))).toEqual({});
  });

  it('are refused where Discord let something else through', () => {
    expect(() => givenIn(filledIn({ steps: 0 }))).toThrow(
      'Expected `steps` to be a whole number between 1 and 2000, got `0`.',
    );
    expect(() => givenIn(filledIn({ quality: 'superb' }))).toThrow(
      'one of draft, normal, fine, got `superb`.',
    );
  });
});
