import { float32, int64 } from 'onnx-gradients/graph';
import type { Picture } from '../../contracts/picture.js';
import type { PaintRequest } from '../../requests/paint-request.js';
import type { Feeds } from '../../runtime/runtime.js';
import { coverPlanes } from '../latent/resize-picture.js';
import type { Random } from '../random.js';
import { effectsOf } from './effects.js';
import { paletteOf } from './palette-of.js';
import { placePicture, type Side } from './place-picture.js';
import { PULL_STRENGTHS } from './pull-strengths.js';
import { recoloured } from './recoloured.js';
import { saturated } from './saturated.js';

/** What a request's effects feed to its graphs, and the start picture as it lies on the canvas. */
export interface Stage {
  /** The start picture where it lies. @throws UserError when it did not come along. */
  init(): Picture;
  /** What is begun with, in the colours that are pulled towards; absent where none are. */
  readonly recolour?: ((picture: Picture) => Picture) | undefined;
  /** Where a picture that is kept is painted over: white. Absent where all is painted. */
  readonly mask?: Picture | undefined;
  /** What finishing a picture of this size takes. */
  finish(size: Side): Feeds;
  /** What pulls at it. */
  readonly pulls: Feeds;
  /** Rolls a tile by a distance that is drawn; draws nothing for other pictures. */
  roll(random: Random, size: Side): Feeds;
}

/** @param named The pictures that the request names. */
export function stageFor(request: PaintRequest, named: (sha256: string) => Picture): Stage {
  const effects = effectsOf(request);
  const placed = request.init && effects.mask ? keptPicture(request, request.init, named) : undefined;
  return {
    init: () => placed?.picture ?? named(request.init?.image ?? ''),
    recolour: recolouring(request, named),
    mask: placed?.mask,
    finish: ({ width, height }) => {
      if (!placed) return {};
      const mask = coverPlanes(placed.mask, width, height).subarray(0, width * height);
      return {
        'finish.mask': float32([1, 1, height, width], mask),
        'finish.under': float32([1, 3, height, width], coverPlanes(placed.picture, width, height)),
      };
    },
    pulls: {
      ...(effects.pulls && {
        'pulls.smooth': strength('smooth', request.smooth),
        'pulls.saturation': strength('saturation', request.saturation),
      }),
      ...(effects.colours !== undefined &&
        request.palette && {
          'pulls.palette': strength('palette', request.palette.pull),
          'pulls.colours': float32(
            [effects.colours, 3],
            paletteOf(named(request.palette.image), effects.colours),
          ),
        }),
    },
    roll: (random, { width, height }) =>
      effects.tile
        ? { 'roll.x': rolled(width, random.integer(width)), 'roll.y': rolled(height, random.integer(height)) }
        : {},
  };
}

function recolouring(
  { palette, saturation = 0 }: PaintRequest,
  named: (sha256: string) => Picture,
): Stage['recolour'] {
  const pull = palette?.pull ?? 0;
  if (pull === 0 && saturation === 0) return undefined;
  return (picture) =>
    saturated(
      palette && pull > 0 ? recoloured(picture, named(palette.image), pull / (1 + pull)) : picture,
      saturation,
    );
}

const strength = (name: keyof typeof PULL_STRENGTHS, asked = 0) =>
  float32([], [PULL_STRENGTHS[name] * asked]);

const rolled = (length: number, by: number) =>
  int64(
    [length],
    Array.from({ length }, (_, index) => (index + by) % length),
  );

/** The picture that is kept, over the whole canvas, and where to paint: white. */
function keptPicture(
  { width, height }: Side,
  { image, mask, place = 'cover' }: NonNullable<PaintRequest['init']>,
  named: (sha256: string) => Picture,
): { readonly picture: Picture; readonly mask: Picture } {
  const canvas = { width, height };
  const whole = named(image);
  const placed = place === 'cover' ? undefined : placePicture(whole, canvas, place);
  const within = mask === undefined ? undefined : coverPlanes(named(mask), width, height);
  const pixels = new Uint8Array(3 * width * height);
  for (let index = 0; index < width * height; index += 1) {
    const share = Math.max(placed?.beyond[index] ?? 0, within?.[index] ?? 0);
    pixels.fill(Math.round(255 * share), 3 * index, 3 * index + 3);
  }
  return { picture: placed?.picture ?? whole, mask: { ...canvas, pixels } };
}
