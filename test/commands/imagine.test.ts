import { describe, expect, it } from 'vitest';
import { imagine } from '../../commands/imagine.js';
import { eventually, openAtelier, plainPicture } from '../bot/atelier.js';

describe('/imagine', () => {
  it('passes prompt, aspect, quality, steps and seed on', async () => {
    const at = await openAtelier();
    const { painter } = await at.open();
    await at.imagine(at.ada, 'a castle | fog:-0.3', {
      aspect: 'portrait',
      quality: 'draft',
      steps: 9,
      seed: 4_294_967_295,
    });
    await eventually(() => painter.paintings.length === 1);
    expect(painter.current.task.request).toMatchObject({
      prompts: [
        { text: 'a castle', weight: 1 },
        { text: 'fog', weight: -0.3 },
      ],
      width: 104,
      height: 160,
      steps: 9,
      seed: 4_294_967_295,
      model: 'pocket',
    });
  });

  it.each([
    ['500', {}],
    ['77', { MAX_STEPS: '77' }],
  ])('offers just as many steps as it takes: %s', async (most, environment) => {
    const at = await openAtelier({ environment });
    const { painter } = await at.open();
    painter.become('restarting');
    const offered = [...at.discord.world.commands.values()]
      .filter(({ body }) => body.name === 'imagine')
      .flatMap(({ body }) => ('options' in body ? (body.options ?? []) : []))
      .find(({ name }) => name === 'steps');
    expect(offered).toMatchObject({ max_value: Number(most) });
    expect((await at.imagine(at.ada, 'most', { steps: Number(most) })).ephemeral).toBe(false);
  });

  it.each([
    ['\u200b\u2060\u00ad\u2800 \u3164', 'got an empty one'],
    ['a castle |', 'both sides of every'],
    ['a castle:0', 'not to be 0'],
    [Array.from({ length: 17 }, () => 'a').join('|'), 'at most 16 prompts'],
  ])('shows the person alone what is wrong with a prompt: %j', async (prompt, sentence) => {
    const at = await openAtelier();
    const { painter } = await at.open();
    const outcome = await at.imagine(at.ada, prompt);
    expect(outcome.ephemeral).toBe(true);
    expect(outcome.message?.body.content).toContain(sentence);
    expect(painter.paintings).toEqual([]);
  });

  it('refuses more steps than this server allows', async () => {
    const at = await openAtelier({ environment: { MAX_STEPS: '100' } });
    await at.open();
    // Discord offers no more, by what the bot told it.
    await expect(at.imagine(at.ada, 'a castle', { steps: 101 })).rejects.toThrow('to keep to its bounds');
    for (const { body } of at.discord.world.commands.values()) {
      if (body.name === 'imagine') Object.assign(body, { options: imagine.data.options });
    }
    const outcome = await at.imagine(at.ada, 'a castle', { steps: 101 });
    expect(outcome).toMatchObject({ ephemeral: true });
    expect(outcome.message?.body.content).toContain('between 1 and 100, got `101`');
  });

  it('says at once which permissions are missing in a channel', async () => {
    const at = await openAtelier();
    const { painter } = await at.open();
    at.discord.setChannelRule({
      channel: at.channel,
      user: at.discord.application.bot,
      deny: ['AttachFiles', 'SendMessages'],
    });
    const outcome = await at.imagine(at.ada, 'a castle');
    expect(outcome.ephemeral).toBe(true);
    expect(outcome.message?.body.content).toContain('Send Messages, Attach Files');
    expect(painter.paintings).toEqual([]);
  });

  it('keeps each person to their share of the line', async () => {
    const at = await openAtelier({ environment: { MAX_QUEUED_PER_USER: '1' } });
    const { painter } = await at.open();
    await at.imagine(at.ada, 'one');
    await eventually(() => painter.paintings.length === 1);
    await at.imagine(at.ada, 'two');
    const third = await at.imagine(at.ada, 'three');
    expect(third.ephemeral).toBe(true);
    expect(third.message?.body.content).toContain('already have a picture waiting');
    expect((await at.imagine(at.bob, 'four')).ephemeral).toBe(false);
  });

  it('begins with an attached picture and paints towards another, kept as they came', async () => {
    const at = await openAtelier();
    const { painter } = await at.open();
    const { bytes } = await plainPicture(90);
    const { bytes: other } = await plainPicture(200);
    await at.imagine(at.ada, 'a castle', {
      image: { filename: 'mine.png', bytes },
      'image-prompt': { filename: 'other.png', bytes: other },
      strength: 0.4,
    });
    await eventually(() => painter.paintings.length === 1);
    const { request, images } = painter.current.task;
    expect(request).toMatchObject({ start: 'picture', init: { strength: 0.4, pull: 0 } });
    expect(Buffer.from(images.get(request.init?.image ?? '') ?? [])).toEqual(Buffer.from(bytes));
    expect(Buffer.from(images.get(request.imagePrompts[0]?.image ?? '') ?? [])).toEqual(Buffer.from(other));
  });

  it.each([
    ['what is no picture', { image: { filename: 'mine.txt', bytes: Buffer.from('hello') } }, 'attach a PNG'],
    ['a strength of nothing', { strength: 0.5 }, 'attach one in `image`'],
  ])('refuses %s', async (_, options, sentence) => {
    const at = await openAtelier();
    const { painter } = await at.open();
    const outcome = await at.imagine(at.ada, 'a castle', options);
    expect(outcome.ephemeral).toBe(true);
    expect(outcome.message?.body.content).toContain(sentence);
    expect(painter.paintings).toEqual([]);
  });

  it.each([
    ['a thousand characters', 'x'.repeat(1000)],
    ['a thousand that need escaping', '*'.repeat(1000)],
    ['a ping of everyone and a code fence', '@everyone ```\n# big\n<@1> https://example.org'],
    ['emoji and another script', '👩‍🎨 富士山 \u202egnp.exe'],
  ])('shows a prompt of %s without breaking anything', async (_, prompt) => {
    const at = await openAtelier();
    await at.open();
    const { message, ephemeral } = await at.imagine(at.ada, prompt);
    expect(ephemeral).toBe(false);
    expect(message?.body.mentions).toEqual({ everyone: false, users: [], roles: [] });
    expect(message?.body.content).not.toMatch(/^#|```|\u202e/m);
  });
});
