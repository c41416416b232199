import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import type { Job } from '../../../src/contracts/job.js';
import { MessageLost } from '../../../src/discord/messages/place-post.js';
import { renderJob } from '../../../src/discord/showing/render-job.js';
import { textFor } from '../../../src/discord/words/text.js';
import { deny, type MessagesSetUp, setUpMessages } from '../stand-in.js';
import { aPicture, JOB_ID } from '../support.js';

const HOUR_MS = 3_600_000;

describe("placing a post in a job's message", () => {
  let at: MessagesSetUp;
  const seen = () => at.discord.read({ channel: at.channel });
  const postOf = (job: Job, picture = aPicture()) => renderJob(job, { text: textFor('en'), picture });

  beforeEach(async () => {
    at = await setUpMessages();
  });
  afterEach(async () => {
    expect(at.discord.violations.filter(({ refusal }) => refusal.status === 400)).toEqual([]);
    await at.discord.close();
  });

  it('creates the message where there is none, notes it, and pings nobody', async () => {
    const job = at.job({
      request: { ...at.job().request, prompts: [{ text: `@everyone <@${at.ada.id}>`, weight: 1 }] },
    });
    const ref = await at.place({ job, post: postOf(job) });
    expect(at.remembered).toEqual([ref]);
    expect(seen()).toMatchObject([
      { id: ref.messageId, nonce: JOB_ID, body: { mentions: { everyone: false, users: [] } } },
    ]);
    expect(ref.createdAt).toBe(seen()[0]?.createdAt);
  });

  it('edits the message it has; a new picture takes the place of the old one', async () => {
    const message = await at.place({ job: at.job(), post: postOf(at.job()) });
    const job = at.job({ message, state: 'painting' });
    await at.place({ job, post: postOf(job, aPicture([9])) });
    const [only, ...others] = seen();
    expect(others).toEqual([]);
    expect(only?.body.attachments.map(({ bytes }) => [...bytes])).toEqual([[9]]);
  });

  it('keeps the picture that is there without sending it again', async () => {
    const message = await at.place({ job: at.job(), post: postOf(at.job()) });
    await at.place({ job: at.job({ message }), post: postOf(at.job()), pictureIn: message.messageId });
    expect(seen()[0]?.body.attachments).toHaveLength(1);
    expect(at.discord.requests.at(-1)?.files).toEqual([]);
  });

  it('takes the picture away when the post has none', async () => {
    const message = await at.place({ job: at.job(), post: postOf(at.job()) });
    await at.place({ job: at.job({ message }), post: { ...postOf(at.job()), picture: null } });
    expect(seen()[0]?.body.attachments).toEqual([]);
  });

  it('writes nothing where somebody deleted the message', async () => {
    const message = await at.place({ job: at.job(), post: postOf(at.job()) });
    const [old] = seen();
    if (old) at.discord.deleteMessage({ user: at.discord.application.bot, message: old });
    await expect(at.place({ job: at.job({ message }), post: postOf(at.job()) })).rejects.toMatchObject({
      name: 'MessageDeleted',
      messageId: message.messageId,
    });
    expect(seen()).toEqual([]);
  });

  it('replaces a message older than an hour and takes the old one away', async () => {
    const message = await at.place({ job: at.job(), post: postOf(at.job()) });
    at.clock.advance(HOUR_MS);
    const ref = await at.place({ job: at.job({ message }), post: postOf(at.job()) });
    expect(seen().map(({ id }) => id)).toEqual([ref.messageId]);
    expect(ref.messageId).not.toBe(message.messageId);
  });

  it('finds the message that an earlier process wrote and did not note', async () => {
    const lost = await at.place({ job: at.job(), post: postOf(at.job()) });
    at.clock.advance(20 * 60_000);
    const ref = await at.place({ job: at.job(), post: postOf(at.job()) });
    expect(ref).toEqual(lost);
    expect(seen()).toHaveLength(1);
  });

  it('finds the replacement of a message older than an hour after a crash in between', async () => {
    const message = await at.place({ job: at.job(), post: postOf(at.job()) });
    at.clock.advance(HOUR_MS);
    const job = at.job({ message });
    const lost = await at.place({ job, post: postOf(job) });
    const ref = await at.place({ job, post: postOf(job) });
    expect(ref).toEqual(lost);
    expect(seen()).toHaveLength(1);
  });

  it("never takes another job's message, nor somebody else's words, for its own", async () => {
    at.discord.say({ user: at.ada, channel: at.channel, content: `v1:cancel:${JOB_ID}` });
    const other = at.job({ id: 'fedcba9876543210' });
    await at.place({ job: other, post: postOf(other) });
    const ref = await at.place({ job: at.job(), post: postOf(at.job()) });
    expect(seen()).toHaveLength(3);
    expect(seen()[2]?.id).toBe(ref.messageId);
  });

  it('writes one message when Discord took it but its answer was lost', async () => {
    at.discord.faults.add({
      kind: { type: 'reset' },
      route: 'POST /channels/:channel/messages',
      afterEffect: true,
    });
    await at.place({ job: at.job(), post: postOf(at.job()) }).catch(() => {});
    const ref = await at.place({ job: at.job(), post: postOf(at.job()) });
    expect(seen().map(({ id }) => id)).toEqual([ref.messageId]);
  });

  it('does without searching where it may not read the history', async () => {
    deny(at, ['ReadMessageHistory']);
    const ref = await at.place({ job: at.job(), post: postOf(at.job()) });
    expect(seen().map(({ id }) => id)).toEqual([ref.messageId]);
  });

  it('answers to the picture it repeats, and stands alone where that is gone', async () => {
    const parent = at.discord.say({ user: at.ada, channel: at.channel, content: 'a picture' });
    await at.place({ job: at.job(), post: postOf(at.job()), replyTo: parent.id });
    expect(seen()[1]?.replyTo).toBe(parent);
    at.discord.deleteMessage({ user: at.ada, message: parent });
    const other = at.job({ id: 'fedcba9876543210' });
    await at.place({ job: other, post: postOf(other), replyTo: parent.id });
    expect(seen()).toHaveLength(2);
  });

  it('lets news that is not worth a message go with the message', async () => {
    const message = await at.place({ job: at.job(), post: postOf(at.job()) });
    const [old] = seen();
    if (old) at.discord.deleteMessage({ user: at.discord.application.bot, message: old });
    const job = at.job({ message, state: 'cancelled' });
    await expect(at.place({ job, post: postOf(job), mayCreate: false })).rejects.toThrow(MessageLost);
    expect(seen()).toEqual([]);
  });
});
