import type { Job } from '../../contracts/job.js';
import type { PaintRequest } from '../../contracts/paint-request.js';
import { formatPrompts } from '../../requests/prompt-syntax.js';
import { oneOfSheet, stepsInAll } from '../../requests/sheet.js';
import { POST_LIMITS } from '../messages/post.js';
import { quote, shorten } from '../words/markdown.js';
import type { Text } from '../words/text.js';

const PROMPT_ROOM = 1200;

/** Everything that is known of how a picture came to be, as one message. */
export function describeDetails(job: Job, { details: words }: Text): string {
  const { request, result } = job;
  const { clips = [], init, imagePrompts } = request;
  const facts = [
    words.asked(job.userId, moment(job.acceptedAt)),
    ...seedsOf(request, words),
    words.steps(result === null ? stepsInAll(request) : result.step, stepsInAll(request)),
    words.size(request.width, request.height),
    ...(result === null ? [] : [words.file(result.width, result.height, result.format)]),
    words.model(quote(request.model)),
    words.start(request.start),
    ...(init === undefined ? [] : [words.init(decimal(init.strength))]),
    ...(imagePrompts.length === 0 ? [] : [words.imagePrompts(imagePrompts.length)]),
    words.cutouts(request.cutouts),
    ...(request.learningRate === undefined ? [] : [words.learningRate(decimal(request.learningRate))]),
    ...(clips.length === 0 ? [] : [words.clips(clips.map(({ name }) => quote(name)).join(', '))]),
    ...(result === null ? [] : [words.loss(decimal(result.loss)), words.seconds(Math.round(result.seconds))]),
    words.job(job.id),
  ];
  const prompt = `> ${quote(formatPrompts(request.prompts), PROMPT_ROOM)}`;
  return shorten([prompt, ...facts.map((fact) => `- ${fact}`)].join('\n'), POST_LIMITS.content);
}

/** Of a sheet each picture's, so that it can be asked for by itself. */
function seedsOf(request: PaintRequest, words: Text['details']): readonly string[] {
  const { seed, count = 1 } = request;
  if (count === 1) return [words.seed(seed)];
  const seeds = Array.from({ length: count }, (_, index) => oneOfSheet(request, index).seed);
  return [words.pictures(count), words.seeds(seeds.map((each) => `\`${each}\``).join(', '))];
}

/** A date and time in the reader's own zone and language. */
function moment(epochMs: number): string {
  return `<t:${Math.floor(epochMs / 1000)}:f>`;
}

function decimal(value: number): string {
  return String(Number(value.toPrecision(3)));
}
