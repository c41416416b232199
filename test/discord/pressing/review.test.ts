import { describe, expect, it } from 'vitest';
import { buttonOf, eventually, openAtelier, plainPicture } from '../../bot/atelier.js';

describe('🔎 on a picture that was held back', () => {
  it('shows it covered to a moderator alone, who then shows it to all', async () => {
    const at = await openAtelier();
    const { painter } = await at.open();
    const { message } = await at.imagine(at.ada, 'a statue');
    if (!message) throw new Error('Expected a message.');
    await eventually(() => painter.paintings.length === 1);
    const picture = { ...(await plainPicture(99)), adult: 0.95 };
    painter.current.end({ type: 'done', picture, step: 1, loss: 1, seconds: 1, ended: 'finished' });
    await eventually(() => message.body.content.includes('looks like adult content'));
    expect(message.body.attachments).toEqual([]);
    const customId = buttonOf(message, 'review');
    const refused = await at.discord.press({ user: at.ada, message, customId });
    expect(refused.message?.body.content).toContain('Only moderators');
    const { message: look, ephemeral } = await at.discord.press({ user: at.mod, message, customId });
    expect(ephemeral).toBe(true);
    const shown = await eventually(() => look?.body.attachments[0] && look);
    expect(shown.body.attachments[0]?.filename).toMatch(/^SPOILER_/);
    await at.discord.press({ user: at.mod, message: shown, customId: buttonOf(shown, 'show') });
    await eventually(() => message.body.attachments.length === 1);
  });
});
