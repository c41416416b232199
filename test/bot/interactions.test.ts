import {
  ApplicationCommandOptionType as Kind,
  type APIApplicationCommandOption,
  InteractionType,
} from 'discord.js';
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { commands, menus } from '../../commands/index.js';
import { BUTTON_VERBS } from '../../src/discord/asking/custom-id.js';
import { en } from '../../src/discord/words/en/text.js';
import { interact } from '../../src/playground/person/interact.js';
import { messageObject } from '../../src/playground/wire/message.js';
import { userObject } from '../../src/playground/wire/user.js';
import { type Atelier, buttonOf, eventually, finishPainting, openAtelier } from './atelier.js';

/** How many are drawn; `npm run test:interactions` draws ten thousand. */
const DRAWN = Number(process.env['INTERACTIONS'] ?? 250);
const AT_ONCE = 25;

/** What people type who mean no good, or mean well in another script. */
const WORDS = fc.oneof(
  fc.string({ unit: 'grapheme', maxLength: 40 }),
  fc.constantFrom(
    ...[
      '',
      ' ',
      '\u202eevil',
      'שלום עולם',
      '👩‍👩‍👧‍👦🏳️‍🌈',
      '`'.repeat(200),
      '@everyone',
      'a | b:0.5 | c:-1',
      '--steps x',
    ],
    ...[
      'x'.repeat(6000),
      '\u0000',
      'null',
      '__proto__',
      '../../etc/passwd',
      '0123456789abcdef',
      '<@&1>',
      '🔥'.repeat(900),
    ],
  ),
);
const NUMBERS = fc.oneof(fc.integer(), fc.double(), fc.constantFrom(0, -1, 1e300, Number.MAX_SAFE_INTEGER));

interface Drawn {
  readonly who: 'member' | 'moderator' | 'operator';
  readonly type: InteractionType;
  readonly data: object;
  /** Whether it concerns the picture's message. */
  readonly isUnderMessage?: true;
}

/** Values of an option of its kind, or of none. */
function valueFor(option: APIApplicationCommandOption, at: Atelier): fc.Arbitrary<unknown> {
  const ids = fc.constantFrom(at.ada.id, at.channel.id, at.guild.id, '1');
  switch (option.type) {
    case Kind.String:
      return 'choices' in option && option.choices
        ? fc.constantFrom(...option.choices.map(({ value }) => value))
        : WORDS;
    case Kind.Integer:
    case Kind.Number:
      return NUMBERS;
    case Kind.Boolean:
      return fc.boolean();
    default:
      return ids;
  }
}

function optionsFor(options: readonly APIApplicationCommandOption[], at: Atelier): fc.Arbitrary<object[]> {
  const parts = options.filter(({ type }) => type === Kind.Subcommand);
  if (parts.length > 0) {
    const inside = fc
      .constantFrom(...parts)
      .chain((part) =>
        optionsFor(('options' in part && part.options) || [], at).map((given) => [
          { name: part.name, type: part.type, options: given },
        ]),
      );
    return inside;
  }
  const values = options.map((option) =>
    fc
      .option(valueFor(option, at), { nil: undefined })
      .map((value) => (value === undefined ? [] : [{ name: option.name, type: option.type, value }])),
  );
  return fc.tuple(...values).map((given) => given.flat());
}

/** Anything that could come over the gateway as an interaction, from this version's clients or from another's. */
function interactions(at: Atelier, target: { readonly id: string }, jobId: string): fc.Arbitrary<Drawn> {
  const resolved = {
    users: { [at.ada.id]: userObject(at.ada) },
    messages: { [target.id]: messageObject(at.discord.world, target as never, { open: true }) },
  };
  const who = fc.constantFrom('member' as const, 'moderator' as const, 'operator' as const);
  const command = fc.constantFrom(...commands.map(({ data }) => data));
  const typed = command.chain(({ name, options = [] }) =>
    fc.record({
      id: fc.constant('1'),
      type: fc.constant(1),
      name: fc.constant(name),
      resolved: fc.constant(resolved),
      options: optionsFor(options, at),
    }),
  );
  const strange = fc.record({
    id: fc.constant('1'),
    type: fc.constant(1),
    name: WORDS,
    options: fc.constant([]),
  });
  const customIds = fc.oneof(
    fc
      .tuple(fc.constantFrom(...BUTTON_VERBS), fc.constantFrom(jobId, '0'.repeat(16), 'x'))
      .map(([verb, id]) => `v1:${verb}:${id}`),
    fc.tuple(command, WORDS).map(([{ name }, wish]) => `v1:/${name}:${wish}`.slice(0, 100)),
    WORDS.map((text) => text.slice(0, 100)),
  );
  const pressed = customIds.map((custom_id) => ({ custom_id, component_type: 2, id: 1 }));
  const chosen = fc.record({
    custom_id: customIds,
    component_type: fc.constant(3),
    id: fc.constant(1),
    values: fc.array(WORDS, { maxLength: 5 }),
  });
  const field = fc.record({
    type: fc.constant(4),
    id: fc.constant(2),
    custom_id: fc.constantFrom('prompt', 'options', 'x'),
    value: WORDS,
  });
  const submitted = fc.record({
    custom_id: customIds,
    components: fc.array(
      field.map((component) => ({ type: 18, id: 1, component })),
      { maxLength: 4 },
    ),
  });
  const menu = fc.record({
    id: fc.constant('1'),
    type: fc.constant(3),
    name: fc.constantFrom(...menus.map(({ data }) => data.name), 'Gone'),
    target_id: fc.constant(target.id),
    resolved: fc.constant(resolved),
  });
  const slash = fc.record({
    who,
    type: fc.constant(InteractionType.ApplicationCommand),
    data: fc.oneof(typed, strange, menu),
  });
  const component = fc.record({
    who,
    type: fc.constant(InteractionType.MessageComponent),
    data: fc.oneof(pressed, chosen),
    isUnderMessage: fc.constant(true as const),
  });
  const form = fc.record({
    who,
    type: fc.constant(InteractionType.ModalSubmit),
    data: submitted,
    isUnderMessage: fc.constant(true as const),
  });
  return fc.oneof({ weight: 3, arbitrary: slash }, component, form);
}

describe('interactions of any kind', () => {
  it(`are all answered, ${DRAWN} drawn ones, and leave the bot as able as before`, async () => {
    const at = await openAtelier({
      environment: { MAX_QUEUED_PER_USER: '100000', MAX_QUEUED_PER_SERVER: '100000' },
    });
    const { bot, painter } = await at.open();
    const { message } = await at.imagine(at.ada, 'a red apple');
    if (!message) throw new Error('Expected a message.');
    await eventually(() => painter.paintings.length === 1);
    const { job } = painter.current.task;
    await finishPainting(painter.current);
    await eventually(() => message.reactions.size === 2);
    painter.become('restarting');
    const form = await at.discord.press({ user: at.ada, message, customId: buttonOf(message, 'remix') });
    const openedBy = at.discord.world.interactions.get(form.token);
    const users = { member: at.bob, moderator: at.mod, operator: at.operator };
    const seed = Number(process.env['INTERACTIONS_SEED'] ?? 20);
    const drawn = fc.sample(interactions(at, message, job), { numRuns: DRAWN, seed });
    const unanswered: string[] = [];
    for (let from = 0; from < drawn.length; from += AT_ONCE) {
      const batch = drawn.slice(from, from + AT_ONCE).map(async ({ who, type, data, isUnderMessage }) => {
        const under = isUnderMessage ? { message } : {};
        const opened = type === InteractionType.ModalSubmit && openedBy ? { openedBy } : {};
        const asked = interact(at.discord.world, {
          user: users[who],
          channel: at.channel,
          type,
          data,
          ...under,
          ...opened,
        });
        await asked.catch((error: unknown) =>
          unanswered.push(`${error} ${JSON.stringify(data).slice(0, 300)}`),
        );
      });
      await Promise.all(batch);
    }
    expect(unanswered).toEqual([]);
    await bot.jobs.resume({ userId: at.operator.id, guildId: null, role: 'operator' });
    await bot.jobs.resume({ userId: at.mod.id, guildId: at.guild.id, role: 'moderator' });
    const cy = at.discord.addUser({ name: 'Cy', guilds: [at.guild] });
    const channels = { name: 'channels', value: undefined } as const;
    await bot.jobs.setRule(channels, { userId: at.mod.id, guildId: at.guild.id, role: 'moderator' });
    const { message: answer } = await at.imagine(cy, 'a blue boat');
    expect(answer?.body.content).not.toContain(en.fault);
  }, 600_000);
});
