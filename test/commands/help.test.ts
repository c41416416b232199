import { expect, it } from 'vitest';
import { commands } from '../../commands/index.js';
import { buttonsOf } from '../../src/playground/person/components.js';
import { eventually, openAtelier } from '../bot/atelier.js';

it('names every command that is for the person who asks, and paints what it suggests', async () => {
  const at = await openAtelier();
  const { painter } = await at.open();
  const ask = (user = at.ada) => at.discord.slash({ user, channel: at.channel, name: 'help' });
  const { message, ephemeral } = await ask();
  expect(ephemeral).toBe(true);
  for (const { data } of commands) {
    const isOpen = !data.default_member_permissions;
    expect(message?.body.content.includes(`\`/${data.name}\``), data.name).toBe(isOpen);
  }
  expect((await ask(at.mod)).message?.body.content).toContain('`/queue-admin`');

  if (!message) throw new Error('Expected a message.');
  const [first] = buttonsOf(message);
  expect(first?.label).toBe('a red apple');
  const pressed = await at.discord.press({ user: at.ada, message, customId: first?.customId ?? '' });
  expect(pressed.ephemeral).toBe(false);
  await eventually(() => painter.paintings.length === 1);
  expect(painter.current.task.request.prompts).toEqual([{ text: 'a red apple', weight: 1 }]);
});
