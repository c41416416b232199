import { ComponentType } from 'discord.js';
import { describe, expect, it } from 'vitest';
import { JOB_STATES } from '../../../src/contracts/job.js';
import { parseButtonId } from '../../../src/discord/asking/custom-id.js';
import { POST_LIMITS } from '../../../src/discord/messages/post.js';
import { renderJob } from '../../../src/discord/showing/render-job.js';
import { textFor } from '../../../src/discord/words/text.js';
import { aJob, aPicture, aRequest, JOB_ID } from '../support.js';

const text = textFor('en-US');
const result = {
  sha256: '0'.repeat(64),
  format: 'png',
  width: 512,
  height: 512,
  bytes: 1,
  step: 100,
  loss: 0.5,
  seconds: 12.4,
  ended: 'finished',
} as const;

function labels(job = aJob()): string[] {
  return renderJob(job, { text }).rows.flatMap(({ components }) =>
    components.map((component) =>
      component.type === ComponentType.Button && 'label' in component ? (component.label ?? '') : '',
    ),
  );
}

describe("a job's message", () => {
  it('tells the place in line and counts down to the start', () => {
    const position = { position: 3, of: 7, startsAt: 1_700_000_060_000, paused: false };
    const { content } = renderJob(aJob(), { text, position });
    expect(content).toContain('place 3 of 7');
    expect(content).toContain('<t:1700000060:R>');
    expect(labels()).toEqual(['Cancel']);
  });

  it('names the model that paints, except the one that everybody has', () => {
    const lineOf = (model: string) =>
      renderJob(aJob({ request: { ...aRequest(), model } }), { text })
        .content.split('\n')
        .at(-1);
    expect(lineOf('imagenet-16384')).toContain(' · `imagenet-16384` · ');
    expect(lineOf('pocket')).not.toContain('pocket');
  });

  it('promises no start while it is not known when, in any language', () => {
    const position = { position: 37, of: 51, startsAt: null, paused: false };
    const first = (locale: string) =>
      renderJob(aJob(), { text: textFor(locale), position }).content.split('\n')[0];
    expect(first('en-US')).toBe('🕰️ **In line**, place 37 of 51 · time not known yet');
    expect(first('de')).toBe('🕰️ **In der Warteschlange**, Platz 37 von 51 · wann, ist noch nicht bekannt');
    expect(first('ja')).toBe('🕰️ **順番待ち**：51件中37番目 · 開始時刻はまだ分かりません');
  });

  it('says that the queue is paused instead of promising a start', () => {
    const position = { position: 3, of: 7, startsAt: null, paused: true };
    const { content } = renderJob(aJob(), { text, position });
    expect(content).toContain('paused');
    expect(content).not.toContain('<t:');
  });

  it('shows bar, share, step and time left while painting', () => {
    const progress = { step: 50, steps: 100, endsAt: 1_700_000_030_000 };
    const { content } = renderJob(aJob({ state: 'painting' }), { text, progress });
    expect(content).toContain('██████░░░░░░');
    expect(content).toContain('50 %, step 50 of 100');
    expect(content).toContain('<t:1700000030:R>');
  });

  it('shows the picture with who, seed and size when done, and leaves the rest to its details', () => {
    const post = renderJob(aJob({ state: 'done', result }), { text, picture: aPicture() });
    for (const fact of ['a red apple', '<@200000000000000001>', '`7`', '100 steps', '128 × 128']) {
      expect(post.content).toContain(fact);
    }
    expect(post.picture).toMatchObject({ name: `easel-${JOB_ID}`, description: 'a red apple' });
    expect(labels(aJob({ state: 'done', result }))).toEqual([
      ...['Again', 'Variation', 'Remix', 'More steps', 'Upscale'],
      ...['Timelapse', 'Details', 'Send to me', 'Delete'],
    ]);
  });

  it('gives the reason and another try when failed, and a neutral sentence where there is none', () => {
    const failed = aJob({ state: 'failed', reason: { kind: 'said', sentence: 'The disk is full.' } });
    expect(renderJob(failed, { text }).content).toContain('The disk is full.');
    expect(renderJob(aJob({ state: 'failed' }), { text }).content).toContain(text.noReason);
    expect(labels(failed)).toEqual(['Try again', 'Remix', 'Delete']);
  });

  it.each(JOB_STATES)(
    'names its job in its buttons when %s, so that it can be found after a crash',
    (state) => {
      const ids = renderJob(aJob({ state }), { text }).rows.flatMap(({ components }) =>
        components.map((component) =>
          'custom_id' in component ? parseButtonId(component.custom_id) : undefined,
        ),
      );
      expect(ids.length).toBeGreaterThan(0);
      expect(ids.every((id) => id?.jobId === JOB_ID)).toBe(true);
    },
  );

  it.each([
    ['only markup', '*'.repeat(1000)],
    ['only mentions', '<@123> @everyone '.repeat(58)],
    ['emoji of many units', '👩‍👩‍👧‍👦'.repeat(90)],
    ['one long word', 'a'.repeat(1000)],
  ])('stays within Discord limits with a prompt of %s, whatever the state', (_, prompt) => {
    const request = aRequest({
      prompts: Array.from({ length: 4 }, () => ({ text: prompt, weight: -0.333 })),
    });
    const progress = { step: 2000, steps: 2000, endsAt: 1_700_000_030_000 };
    for (const state of JOB_STATES) {
      const job = aJob({ state, request, result, reason: { kind: 'said', sentence: '*'.repeat(1000) } });
      const post = renderJob(job, { text, progress, picture: aPicture() });
      expect(post.content.length).toBeLessThanOrEqual(POST_LIMITS.content);
      expect(post.picture?.description.length).toBeLessThanOrEqual(POST_LIMITS.description);
      expect(post.content).toContain(JOB_ID);
      expect(post.content.replace(/\\./g, '')).not.toMatch(/@everyone|<@123>|👩\u200d…/u);
    }
  });

  it('repeats a weighted prompt as it was typed', () => {
    const prompts = [
      { text: 'a castle', weight: 1 },
      { text: 'fog', weight: -0.3 },
    ];
    const { content } = renderJob(aJob({ request: aRequest({ prompts }) }), { text });
    expect(content.replaceAll('\\', '')).toContain('> a castle | fog:-0.3');
  });
});
