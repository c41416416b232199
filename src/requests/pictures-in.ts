import type { OptionName } from './options.js';
import type { PaintRequest } from './paint-request.js';

/** A picture that a request names, and the option that it was given by. */
export interface NamedPicture {
  readonly option: OptionName;
  readonly image: string;
}

/** Every picture that a request names: what has to come along for it to be painted. */
export function picturesIn({ init, imagePrompts, palette }: PaintRequest): readonly NamedPicture[] {
  return [
    ...(init ? [{ option: 'init', image: init.image } as const] : []),
    ...(init?.mask !== undefined ? [{ option: 'mask', image: init.mask } as const] : []),
    ...imagePrompts.map(({ image }) => ({ option: 'imagePrompt', image }) as const),
    ...(palette ? [{ option: 'palette', image: palette.image } as const] : []),
  ];
}
