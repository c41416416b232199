import type { Checkpoint } from '../../checkpoints/checkpoint.js';
import { UserError } from '../../errors.js';
import { HF_CLIP, OPEN_CLIP, OPENAI_CLIP, SIGLIP } from './clip-layouts.js';
import type { Layout } from './layout.js';
import { DIFFUSERS, FLAX_VQGAN, LDM_AVERAGED, LLAMAGEN, MASKGIT, TAMING } from './vqgan-layouts.js';

/** Special ones before those whose marks they share. */
const LAYOUTS: readonly Layout[] = [
  LDM_AVERAGED,
  LLAMAGEN,
  DIFFUSERS,
  MASKGIT,
  FLAX_VQGAN,
  TAMING,
  SIGLIP,
  HF_CLIP,
  OPEN_CLIP,
  OPENAI_CLIP,
];

export interface FoundLayout {
  readonly layout: Layout;
  /** What stands before every name: of a trainer, of a wrapper, of the model that this one is part of. */
  readonly prefix: string;
}

/** Parts of a file that look like the model and are something else: another encoder, what judged it, an optimiser's. */
const BESIDE = /(^|\.)(cond_stage_model|loss|discriminator|optimizer_states|optimizer)\./;
const AVERAGED = /(^|\.)(ema|model_ema|ema_model)\./;

/**
 * How a file names its tensors, whatever wraps them (`state_dict.`, `module.`, `_orig_mod.`, `first_stage_model.`, …). Where
 * a file has the model twice, averaged weights are preferred, then the shorter wrapper.
 *
 * @throws UserError when it holds no such model, and says what it holds.
 */
export function findLayout({ tensors }: Checkpoint, holds: Layout['holds'], name: string): FoundLayout {
  const found = everyLayout(tensors);
  const [best] = found
    .filter(({ layout }) => layout.holds === holds)
    .sort(
      (a, b) =>
        Number(AVERAGED.test(b.prefix)) - Number(AVERAGED.test(a.prefix)) ||
        a.prefix.length - b.prefix.length,
    );
  if (best) return best;
  const wanted = { vqgan: 'a VQGAN', clip: 'a CLIP' }[holds];
  const [other] = found;
  const is = other
    ? `the weights of ${other.layout.name}`
    : `${tensors.size} tensors of another kind (${[...tensors.keys()].slice(0, 3).join(', ') || 'none'})`;
  throw new UserError(`Expected the weights of ${wanted} in ${name}, got ${is}.`);
}

function everyLayout(tensors: Checkpoint['tensors']): readonly FoundLayout[] {
  const found: FoundLayout[] = [];
  const taken = new Set<string>();
  for (const layout of LAYOUTS) {
    const [first] = layout.marks;
    for (const name of tensors.keys()) {
      if (!name.endsWith(first)) continue;
      const prefix = name.slice(0, -first.length);
      const isPlain = (prefix === '' || prefix.endsWith('.')) && !BESIDE.test(prefix);
      const key = `${layout.holds} ${prefix}`;
      if (!isPlain || taken.has(key) || !layout.marks.every((mark) => tensors.has(prefix + mark))) continue;
      taken.add(key);
      found.push({ layout, prefix });
    }
  }
  return found;
}
