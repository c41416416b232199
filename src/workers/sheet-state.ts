import { deserialize, serialize } from 'node:v8';
import { z } from 'zod';
import type { Picture } from '../contracts/picture.js';
import { UserError } from '../errors.js';

const amount = z.number().nonnegative();
const bytes = z.custom<Uint8Array>((value) => value instanceof Uint8Array);
const pictureSchema = z
  .strictObject({ width: z.int().positive(), height: z.int().positive(), pixels: bytes })
  .refine(({ width, height, pixels }) => pixels.length === 3 * width * height);

const schema = z
  .strictObject({
    sheet: z.literal(1),
    /** The pictures that are finished, in their order. */
    painted: z.array(pictureSchema).readonly(),
    /** How surely the worst of them shows adult content, 0…1. */
    adult: amount.max(1),
    /** Of all of them together. */
    seconds: amount,
    losses: z.number().or(z.nan()),
    /** The state (`.easel`) of the picture that was under way, if any step of it was done. */
    current: bytes.exactOptional(),
  })
  .readonly();

/** How far a sheet came. */
export type SheetState = Omit<z.output<typeof schema>, 'sheet'> & { readonly painted: readonly Picture[] };

export function packSheetState(state: SheetState): Uint8Array {
  return serialize({ sheet: 1, ...state });
}

/** @throws UserError for bytes that are no sheet's, or another version's. */
export function readSheetState(packed: Uint8Array): SheetState {
  try {
    const { sheet: _, ...state } = schema.parse(deserialize(packed));
    return state;
  } catch (cause) {
    throw new UserError('The saved state is not that of a sheet.', { cause });
  }
}
