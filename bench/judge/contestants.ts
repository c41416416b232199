import type { Picture } from '../../src/contracts/picture.js';
import { parsePrompts } from '../../src/requests/prompt-syntax.js';
import { composeRequest } from '../../src/requests/compose-request.js';
import type { createPainter } from '../../src/paint/create-painter.js';
import type { LoadedModel } from '../../src/zoo/load-model.js';

type Painter = ReturnType<typeof createPainter>;

/** What a prompt becomes: the frame that painting starts from, and the finished picture. */
export interface Painted {
  readonly start: Picture | undefined;
  readonly end: Picture;
}

/** How it is painted: what somebody may ask for beside the prompt; what is absent is the model's own. */
export interface Manner {
  readonly start?: 'prior' | 'noise';
  readonly style?: string | undefined;
  readonly steps?: number | undefined;
  readonly learningRate?: number | undefined;
  readonly seed: number;
}

/** Paints a prompt as a person would have it painted. */
export async function paintPrompt(
  prompt: string,
  { painter, model, manner }: { painter: Painter; model: LoadedModel; manner: Manner },
): Promise<Painted> {
  const request = composeRequest({ prompts: parsePrompts(prompt), ...manner }, model.manifest);
  let start: Picture | undefined;
  for await (const event of painter.paint({ request })) {
    if (event.type === 'frame' && event.step === 0) start = event.picture;
    if (event.type === 'done') return { start, end: event.picture };
  }
  throw new Error(`Painting ${prompt} ended without a picture.`);
}
