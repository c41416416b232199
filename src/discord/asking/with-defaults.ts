import { DEFAULTED, type Preferences } from '../../contracts/preferences.js';
import { type Given, optionOf } from '../../requests/options.js';

/** What a person asked for, over what they chose once for all; a choice that is no longer offered is left out. */
export function withDefaults(
  given: Given & { readonly model?: string | undefined },
  { defaults }: Preferences,
  models: readonly string[],
): Given & { readonly model?: string | undefined } {
  const isOffered = (name: (typeof DEFAULTED)[number], value: string) =>
    name === 'model' ? models.includes(value) : optionOf(name).kind.schema.safeParse(value).success;
  const isOverruled = {
    aspect: given.aspect !== undefined || given.size !== undefined,
    quality: given.quality !== undefined || given.steps !== undefined,
    style: given.style !== undefined,
    model: given.model !== undefined,
  };
  const chosen = DEFAULTED.map((name) => [name, defaults[name]] as const).filter(
    ([name, value]) => value !== undefined && !isOverruled[name] && isOffered(name, value),
  );
  return { ...given, ...Object.fromEntries(chosen) };
}
