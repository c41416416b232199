import { UserError } from '../errors.js';
import type { Availabilities } from './probe.js';
import { PROVIDERS, type Provider, type ProviderChoice } from './runtime.js';

/** A provider and, in one sentence, why it is this one. */
export interface ChosenProvider {
  readonly provider: Provider;
  readonly reason: string;
}

/** What `--provider` understands. */
export const PROVIDER_CHOICES = ['auto', ...PROVIDERS] as const satisfies readonly ProviderChoice[];

/**
 * The provider for a choice. `auto` takes the first of cuda, webgpu, coreml, dml, cpu that is really there, and
 * never a software adapter; a provider asked for by name is taken or refused, never replaced.
 *
 * @throws UserError when the provider is unknown or cannot work here.
 */
export function chooseProvider(choice: string, availabilities: Availabilities): ChosenProvider {
  const known = PROVIDER_CHOICES.find((name) => name === choice);
  if (!known) {
    throw new UserError(`Unknown provider \`${choice}\`; expected one of ${PROVIDER_CHOICES.join(', ')}.`);
  }
  if (known !== 'auto') {
    const { available, reason } = availabilities[known];
    if (!available) throw new UserError(`The provider \`${known}\` cannot work here: ${reason}.`);
    return { provider: known, reason: `asked for; ${reason}` };
  }
  const provider = PROVIDERS.find((name) => availabilities[name].available && !availabilities[name].software);
  if (!provider) throw new Error('The processor provider must always be available.');
  const passedOver = PROVIDERS.slice(0, PROVIDERS.indexOf(provider)).map(
    (name) => `${name}: ${availabilities[name].reason}`,
  );
  const because = passedOver.length > 0 ? `; ${passedOver.join('; ')}` : '';
  return { provider, reason: `the best that is there: ${availabilities[provider].reason}${because}` };
}
