import type { Command } from 'commander';
import type { PaintRequest } from '../requests/paint-request.js';
import { formatPrompts } from '../requests/prompt-syntax.js';
import { readPaintedBefore } from './painted-before.js';
import type { Shell } from './shell.js';

/** Adds `info`. */
export function addInfo(program: Command, shell: Shell): void {
  program
    .command('info')
    .description('say how a picture of Easel was painted, and how to paint it again')
    .argument('<file>', 'a .png, .webp or .jpg')
    .option('--json', 'the request as JSON')
    .action(async (file: string, { json }: { readonly json?: true }) => {
      const { story, request } = await readPaintedBefore(file);
      if (json) shell.out(`${JSON.stringify(request ?? null)}\n`);
      else {
        const { format, width, height } = story;
        shell.out(
          `${file}  ${format}, ${width} × ${height}\n${request ? linesOf(file, request, story.manifest) : UNTOLD}`,
        );
      }
    });
}

const UNTOLD = 'It does not say how it was painted.\n';

function linesOf(file: string, request: PaintRequest, manifest: string | undefined): string {
  const { prompts, imagePrompts, init, model, width, height, steps, cutouts, seed, start } = request;
  const lines: readonly (readonly [string, string | undefined])[] = [
    ['prompt', formatPrompts(prompts)],
    ['seed', String(seed)],
    ['model', manifest === undefined ? model : `${model} (manifest ${manifest.slice(0, 12)})`],
    ['painted', `${width} × ${height}, ${steps} steps of ${cutouts} cutouts, from ${start}`],
    ['started from', init && `a picture with sha256 ${init.image}`],
    ['towards', imagePrompts.length > 0 ? imagePrompts.map(({ image }) => image).join(', ') : undefined],
    ['again', `easel imagine --from ${JSON.stringify(file)}`],
  ];
  return (
    lines
      .filter(([, value]) => value !== undefined)
      // A file is somebody else's: nothing of it may steer a terminal.
      .map(([name, value]) => `${name.padEnd(13)}${value?.replace(/[\p{Cc}\p{Bidi_Control}]/gu, '\ufffd')}\n`)
      .join('')
  );
}
