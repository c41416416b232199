import { UserError } from '../errors.js';
import { asGiven } from '../requests/as-given.js';
import { composeRequest } from '../requests/compose-request.js';
import { readTyped, type Typed } from '../requests/habits.js';
import type { ModelFacts } from '../requests/model-facts.js';
import type { Given } from '../requests/options.js';
import type { PaintRequest } from '../requests/paint-request.js';
import { onlyGiven } from '../requests/only-given.js';
import { formatPrompts } from '../requests/prompt-syntax.js';
import { planBatch, withSuffix } from './batch.js';
import type { GivenPictures, PictureFiles } from './given-pictures.js';
import { type Before, readPaintedBefore } from './painted-before.js';
import type { PaintingFiles, PaintingWork } from './paint-to-files.js';
import { assertWritable, defaultFile, formatFor } from './picture-file.js';
import { readResumed } from './resume.js';
import { framesForTimelapse, timelapseKindFor } from './timelapse-file.js';

/** One picture to paint: what, where it goes, and what stands under it on a sheet. */
export interface Order {
  readonly work: Omit<PaintingWork, 'images' | 'states'>;
  readonly files: PaintingFiles;
  readonly caption: string;
}

/** What of the command line decides the orders. */
export interface OrderOptions extends Omit<Given, keyof PictureFiles>, PictureFiles {
  readonly count?: number;
  readonly seeds?: readonly number[];
  readonly prompts?: string;
  readonly from?: string;
  readonly resume?: string;
  readonly out?: string;
  readonly state?: string;
  readonly timelapse?: string;
}

/**
 * The painting that `--from` or `--resume` names.
 *
 * @throws UserError when it cannot be used, or there is something else to paint beside it.
 */
export async function readBefore(
  words: readonly string[],
  options: OrderOptions & { readonly model: string },
): Promise<Before | undefined> {
  const { from, resume, model } = options;
  if (resume !== undefined) {
    const other = (['from', 'prompts', 'count', 'seeds'] as const).find(
      (name) => options[name] !== undefined,
    );
    if (words.length > 0 || other !== undefined) {
      throw new UserError(
        `Expected \`--resume\` without ${words.length > 0 ? 'a prompt' : `\`--${other}\``}: a painting goes on as it began.`,
      );
    }
    const resumed = readResumed(resume, options);
    return { request: ofModel(resumed.request, model), resumed };
  }
  if (from === undefined) return undefined;
  const { request, story } = await readPaintedBefore(from);
  if (!request) throw new UserError(`\`${from}\` does not say how it was painted.`);
  return { request: ofModel(request, model), manifest: story.manifest };
}

/**
 * The pictures to paint.
 *
 * @throws UserError when one cannot be painted or written.
 */
export function planOrders(
  words: readonly string[],
  options: OrderOptions,
  {
    model,
    pictures,
    before,
  }: {
    readonly model: ModelFacts;
    readonly pictures: GivenPictures;
    readonly before: Before | undefined;
  },
): readonly Order[] {
  if (before?.resumed) return [orderFor(before.resumed, { options, suffix: '', caption: '' })];
  const again = before && words.length === 0 && options.prompts === undefined;
  const entries = planBatch(again ? [formatPrompts(before.request.prompts)] : words, {
    ...options,
    seed: options.seed ?? before?.request.seed,
  });
  const isOnePrompt = entries.every(({ text }) => text === entries[0]?.text);
  return entries.map((entry) => {
    const isAlone = entries.length === 1;
    const typed: Typed = again ? { prompts: before.request.prompts, given: {} } : readTyped(entry.text);
    if (typed.count !== undefined) throw new UserError('Expected `--count` outside of the prompt.');
    const request = compose(typed, entry.seed, { options, model, pictures, before, isAlone });
    const caption = `${isOnePrompt ? '' : `${entry.text}, `}seed ${request.seed}`;
    return orderFor({ request }, { options, suffix: entry.suffix, caption });
  });
}

function compose(
  typed: Typed,
  seed: number,
  {
    options,
    model,
    pictures,
    before,
    isAlone,
  }: {
    readonly options: OrderOptions;
    readonly model: ModelFacts;
    readonly pictures: GivenPictures;
    readonly before: Before | undefined;
    readonly isAlone: boolean;
  },
): PaintRequest {
  const { init: _, mask: __, palette: ___, imagePrompt: ____, ...others } = options;
  const asked = { ...typed.given, ...onlyGiven(others) };
  const { size, ...kept } = before ? asGiven(before.request) : {};
  const request = composeRequest(
    {
      ...kept,
      // A shape asked for now takes the place of the size it had.
      ...(asked.aspect === undefined && { size }),
      ...asked,
      // A seed among the words is for the picture alone; a batch has its own.
      seed: isAlone && options.seed === undefined ? (typed.given.seed ?? seed) : seed,
      prompts: typed.prompts,
      ...pictures.given,
    },
    model,
  );
  // How it was gone on with is part of how it was painted, unless it shall have another length now.
  const { steps, legs } = before?.request ?? {};
  return legs && request.steps === steps ? { ...request, legs } : request;
}

function orderFor(
  { request, state }: { readonly request: PaintRequest; readonly state?: Uint8Array },
  {
    options,
    suffix,
    caption,
  }: {
    readonly options: OrderOptions;
    readonly suffix: string;
    readonly caption: string;
  },
): Order {
  const { timelapse, every } = options;
  const picture = options.out === undefined ? defaultFile(request) : withSuffix(options.out, suffix);
  const files = {
    ...{ picture, frames: every !== undefined },
    timelapse: timelapse && withSuffix(timelapse, suffix),
    state: options.state && withSuffix(options.state, suffix),
  };
  formatFor(files.picture);
  if (files.timelapse !== undefined) timelapseKindFor(files.timelapse);
  if (files.state !== undefined) assertWritable(files.state);
  const isFilmed = timelapse !== undefined && every === undefined;
  const filmed = isFilmed ? { ...request, frames: framesForTimelapse(request) } : request;
  return { work: { request: filmed, ...(state && { state }) }, files, caption };
}

function ofModel(request: PaintRequest, model: string): PaintRequest {
  if (request.model === model) return request;
  throw new UserError(
    `It was painted with the model \`${request.model}\`: say \`--model ${request.model}\`.`,
  );
}
