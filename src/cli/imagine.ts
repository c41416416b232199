import { readFileSync } from 'node:fs';
import type { Command } from 'commander';
import type { PaintEvent } from '../contracts/paint-event.js';
import type { PaintRequest } from '../contracts/paint-request.js';
import type { Picture } from '../contracts/picture.js';
import { parsePrompts } from '../requests/prompt-syntax.js';
import { UserError } from '../errors.js';
import { decodePicture } from '../images/decode-picture.js';
import { createPainter } from '../paint/create-painter.js';
import { sha256 } from '../zoo/sha256.js';
import { openUnknownWords } from '../zoo/unknown-words.js';
import { composeRequest } from '../requests/compose-request.js';
import type { Given } from '../requests/options.js';
import { createUpscaler } from '../upscaling/create-upscaler.js';
import { enlargeAsAsked } from '../upscaling/enlarge-as-asked.js';
import { addModelOptions, type ModelOptions, openModel } from './model-options.js';
import { defaultFile, formatFor, frameFile, writePicture } from './picture-file.js';
import { createProgressLine } from './progress-line.js';
import { addRequestOptions } from './request-options.js';
import { EXIT, type Shell } from './shell.js';

interface ImagineOptions extends ModelOptions, Given {
  /** Files, until they are read. */
  readonly init?: string;
  readonly imagePrompt?: readonly string[];
  readonly out?: string;
  readonly json?: true;
}

/** Adds `imagine`. */
export function addImagine(program: Command, shell: Shell): void {
  const command = program
    .command('imagine')
    .description('paint a prompt')
    .argument('<prompt...>', 'what to paint; several with weights: "a castle:1 | fog:-0.3"');
  addRequestOptions(command)
    .option('--out <file>', 'where the picture goes: .png, .webp or .jpg')
    .option('--json', 'one event a line on standard output');
  addModelOptions(command).action((words: readonly string[], options: ImagineOptions) =>
    imagine(words.join(' '), options, shell),
  );
}

async function imagine(text: string, options: ImagineOptions, shell: Shell): Promise<void> {
  const { model, runtime } = await openModel(options, shell);
  const images = new Map<string, Picture>();
  const init = options.init === undefined ? undefined : await readPicture(options.init, images);
  const imagePrompt: string[] = [];
  for (const file of options.imagePrompt ?? []) imagePrompt.push(await readPicture(file, images));
  const request = composeRequest(
    { ...options, prompts: parsePrompts(text), init, imagePrompt },
    model.manifest,
  );
  const file = options.out ?? defaultFile(request);
  formatFor(file);
  const findUnknown = await openUnknownWords(model);
  for (const { word, instead } of findUnknown(request.prompts.map((prompt) => prompt.text).join(' '))) {
    shell.err(`I don't know "${word}"${instead.length > 0 ? `; I do know ${instead.join(', ')}` : ''}.\n`);
  }
  const painter = createPainter({ model, runtime });
  const upscaler = createUpscaler(runtime);
  const tell = options.json ? tellJson(shell, request) : tellPeople(shell, request);
  try {
    for await (const event of painter.paint({ request, images, signal: shell.interrupted })) {
      const target = event.type === 'frame' ? frameFile(file, event.step) : file;
      // Frames nobody asked for (a start's) are shown by other doors, not written here.
      const isWanted = event.type === 'done' || (event.type === 'frame' && options.every !== undefined);
      if (isWanted)
        await writePicture(target, await enlargeAsAsked(event.picture, request, upscaler), request);
      tell(event, isWanted ? target : undefined);
      if (event.type === 'done' && event.ended === 'cancelled') shell.exitWith(EXIT.interrupted);
    }
  } finally {
    await painter.release();
    await upscaler.release();
  }
}

/** Tells an event; `file` is where its picture was written. */
type Tell = (event: PaintEvent, file: string | undefined) => void;

function tellJson(shell: Shell, { seed, width, height }: PaintRequest): Tell {
  return ({ type, ...event }, file) => {
    const { picture: _, ...fields } = { picture: undefined, ...event };
    const chosen = type === 'started' ? { seed, width, height } : {};
    shell.out(
      `${JSON.stringify({ event: type, ...fields, ...chosen, ...(file !== undefined && { file }) })}\n`,
    );
  };
}

function tellPeople(shell: Shell, request: PaintRequest): Tell {
  const line = createProgressLine(shell, request.steps);
  return (event, file) => {
    if (event.type === 'started') {
      const { provider, device, steps } = event;
      const { width, height, seed } = request;
      shell.err(`${width} × ${height}, ${steps} steps, seed ${seed}, on ${provider} (${device})\n`);
    } else if (event.type === 'step') {
      line.update(event.step, event.loss, event.ms);
    } else if (event.type === 'done') {
      line.clear();
      const stopped = { finished: '', early: ', every stop reached', cancelled: ', stopped' }[event.ended];
      // Before the first step there is none.
      const loss = Number.isNaN(event.loss) ? '' : `, loss ${event.loss.toFixed(3)}`;
      shell.err(`${event.step} steps in ${event.seconds.toFixed(1)} s${loss}${stopped}\n`);
      shell.out(`${file}\n`);
    }
  };
}

/** Decodes a picture of the person's into the request's images and returns its name there. */
async function readPicture(file: string, images: Map<string, Picture>): Promise<string> {
  let bytes: Uint8Array;
  try {
    bytes = readFileSync(file);
  } catch (cause) {
    throw new UserError(`The picture \`${file}\` cannot be read.`, { cause });
  }
  const name = sha256(bytes);
  images.set(name, await decodePicture(bytes));
  return name;
}
