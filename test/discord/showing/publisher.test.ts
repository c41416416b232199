import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import type { Job } from '../../../src/contracts/job.js';
import type { EncodedPicture } from '../../../src/contracts/picture.js';
import { createAnswers } from '../../../src/discord/asking/answers.js';
import { createChannelEditor } from '../../../src/discord/showing/channel-editor.js';
import { systemClock } from '../../../src/clock.js';
import type { FitPicture } from '../../../src/discord/showing/fit-picture.js';
import { createPublisher } from '../../../src/discord/showing/publisher.js';
import { UserError } from '../../../src/errors.js';
import { deny, type MessagesSetUp, setUpMessages } from '../stand-in.js';
import { aPicture, JOB_ID } from '../support.js';

const never = new AbortController().signal;

/** Keeps pictures as they are, cut to the allowed bytes. */
const cut: FitPicture = async (picture, { maxBytes }) => ({
  ...picture,
  bytes: picture.bytes.subarray(0, maxBytes),
});

describe('the publisher', () => {
  let at: MessagesSetUp;
  let rows: Map<string, Job>;
  const answers = createAnswers();
  const seen = () => at.discord.read({ channel: at.channel });
  const direct = () => at.discord.read({ channel: at.discord.directChannel(at.ada) });

  beforeEach(async () => {
    at = await setUpMessages();
    rows = new Map();
  });
  afterEach(() => at.discord.close());

  function publish(job: Job, picture: EncodedPicture | null = null) {
    rows.set(job.id, job);
    const editor = createChannelEditor({
      clock: systemClock,
      intervalMs: 0,
      show: async () => 'unchanged',
      onError: () => {},
    });
    const { messages, place } = at;
    const jobs = { find: async (id: string) => rows.get(id), messageDeleted: async () => undefined };
    const uploaded: string[] = [];
    const publisher = createPublisher({
      jobs,
      editor,
      place,
      messages,
      answers,
      fitPicture: cut,
      onUploaded: (id) => uploaded.push(id),
    });
    return publisher.publish({ job, picture }, never);
  }

  const finishing = (changes: Partial<Job> = {}) => at.job({ state: 'finishing', ...changes });

  it('posts the final picture with both reactions', async () => {
    const ref = await publish(finishing(), aPicture());
    expect(seen()).toHaveLength(1);
    const [message] = seen();
    expect(message?.id).toBe(ref.messageId);
    expect(message?.body.attachments[0]?.filename).toBe(`easel-${JOB_ID}.png`);
    expect([...(message?.reactions.keys() ?? [])]).toEqual(['🔁', '❌']);
  });

  it('shows the same end twice as one message with one picture', async () => {
    const first = await publish(finishing(), aPicture());
    const second = await publish(finishing({ message: first }), aPicture());
    const third = await publish(finishing(), aPicture());
    expect([second, third]).toEqual([first, first]);
    expect(seen()).toHaveLength(1);
    expect(seen()[0]?.body.attachments).toHaveLength(1);
  });

  it('needs no permission to react', async () => {
    deny(at, ['AddReactions']);
    await publish(finishing(), aPicture());
    expect(seen()[0]?.reactions.size).toBe(0);
  });

  it('sends a picture whose channel closed to its owner', async () => {
    const message = await at.place({ job: at.job(), post: { content: 'x', rows: [], picture: null } });
    deny(at, ['ViewChannel']);
    const ref = await publish(finishing({ message }), aPicture());
    expect(direct().map(({ id }) => id)).toEqual([ref.messageId]);
    expect(direct()[0]?.body.attachments).toHaveLength(1);
  });

  it('sends a picture whose channel is gone to its owner, once, however often it is told', async () => {
    at.discord.removeChannel(at.channel);
    const ref = await publish(finishing(), aPicture());
    await publish(finishing({ message: ref }), aPicture());
    await publish(finishing(), aPicture());
    expect(direct().map(({ id }) => id)).toEqual([ref.messageId]);
  });

  it('gives up with a sentence when a failure has no place to be told', async () => {
    deny(at, ['ViewChannel']);
    const failing = publish(at.job({ state: 'failed', reason: { kind: 'said', sentence: 'No.' } }));
    await expect(failing).rejects.toThrow(UserError);
    expect(direct()).toEqual([]);
  });

  it('does not write a new message to tell that a job was cancelled', async () => {
    const message = await at.place({ job: at.job(), post: { content: 'x', rows: [], picture: null } });
    const [old] = seen();
    if (old)
      at.discord.deleteMessage({ user: at.ada.id === old.author.id ? at.ada : old.author, message: old });
    await expect(publish(at.job({ message, state: 'cancelled' }))).rejects.toThrow(UserError);
    expect(seen()).toEqual([]);
  });

  it('makes a file smaller until Discord takes it', async () => {
    const big = { ...aPicture(), bytes: new Uint8Array(30 * 1024 * 1024) };
    await publish(finishing(), big);
    const size = seen()[0]?.body.attachments[0]?.bytes.length ?? 0;
    expect(size).toBeGreaterThan(0);
    expect(size).toBeLessThanOrEqual(10 * 1024 * 1024);
  });

  it('waits out a rate limit and then shows the end', async () => {
    at.discord.faults.add({
      kind: { type: 'rate limited', scope: 'shared', retryAfterMs: 200 },
      route: 'POST /channels/:channel/messages',
    });
    const start = performance.now();
    await publish(finishing(), aPicture());
    expect(performance.now() - start).toBeGreaterThanOrEqual(190);
    expect(seen()).toHaveLength(1);
  });

  it('leaves it to the caller to try again when Discord is down', async () => {
    at.discord.faults.add({ kind: { type: 'status', status: 502 }, times: 20 });
    const error = await publish(finishing(), aPicture()).catch((reason: unknown) => reason);
    expect(error).toBeInstanceOf(Error);
    expect(error).not.toBeInstanceOf(UserError);
  });
});
