import { z } from 'zod';
import { type Bounds, decimal, oneOf, whole } from '../requests/kinds.js';
import { SIDE, STEPS } from '../requests/options.js';

/** How something that a server may set is offered and shown. */
type Form =
  | ({ readonly is: 'whole' | 'decimal' } & Bounds)
  | { readonly is: 'choice'; readonly choices: readonly string[] }
  | { readonly is: 'switch' }
  /** A channel, or none. */
  | { readonly is: 'channel' }
  | { readonly is: 'channels' | 'roles' | 'words' };

interface Rule<Value> {
  readonly schema: z.ZodType<Value>;
  readonly form: Form;
  /** Whether the operator's own value is the most or the least that a server may set; it may set any when absent. */
  readonly operators?: 'most' | 'least';
}

/** How many channels, roles or words a list holds. */
export const LIST_ROOM = 200;
const WORD_LENGTH = 100;

const number = (kind: 'whole' | 'decimal', bounds: Bounds, operators?: 'most' | 'least'): Rule<number> => ({
  schema: (kind === 'whole' ? whole(bounds) : decimal(bounds)).schema,
  form: { is: kind, ...bounds },
  ...(operators && { operators }),
});
const choice = <const Choice extends string>(choices: readonly Choice[]): Rule<Choice> => ({
  schema: oneOf(choices).schema,
  form: { is: 'choice', choices },
});
const list = (is: 'channels' | 'roles' | 'words'): Rule<readonly string[]> => ({
  schema: z.array(z.string().min(1).max(WORD_LENGTH)).max(LIST_ROOM).readonly(),
  form: { is },
});

/** What a server may set for itself, once: `/settings`, its documentation and every check are made from this. */
export const RULES = {
  /** Where painting is allowed; everywhere when empty. A thread belongs to its channel. */
  channels: list('channels'),
  /** Who may paint; everybody when empty. */
  roles: list('roles'),
  maxSteps: number('whole', STEPS, 'most'),
  /** Pixels. */
  maxSide: number('whole', SIDE, 'most'),
  /** How many jobs of one person may wait. */
  waitingPerUser: number('whole', { min: 1, max: 100_000 }, 'most'),
  /** How many jobs may wait in the server. */
  waitingPerServer: number('whole', { min: 1, max: 100_000 }, 'most'),
  /** How many pictures of one person are accepted within 24 hours. */
  perDay: number('whole', { min: 1, max: 100_000 }, 'most'),
  /** What prompts may not hold, besides what the operator forbids. */
  blockedWords: list('words'),
  /** Phrases that hold a blocked word of the server's and are allowed all the same. */
  allowedWords: list('words'),
  /** Where pictures beyond the adult limit are shown. */
  adult: choice(['nowhere', 'age-restricted']),
  /** How surely a picture may show adult content, 0…1, before it is held back; 1 holds nothing back. */
  adultLimit: number('decimal', { min: 0, max: 1 }, 'most'),
  /** Of what everybody reads; `own`: the server's language on Discord. */
  language: choice(['own', 'en', 'de', 'ja']),
  /** Shortest time between two frames in a channel. */
  frameSeconds: number('decimal', { min: 1, max: 60 }, 'least'),
  /** How long pictures that ended are remembered. */
  retentionDays: number('whole', { min: 1, max: 3650 }, 'most'),
  /** Where deeds of moderators and reports are told. */
  logChannel: { schema: z.string().min(1).nullable(), form: { is: 'channel' } } as Rule<string | null>,
  /** Where pictures are shown again that somebody gave a ⭐; nowhere when null. */
  gallery: { schema: z.string().min(1).nullable(), form: { is: 'channel' } } as Rule<string | null>,
  /** Whether people are told in a direct message when a moderator takes a picture of theirs away. */
  tellRemoved: { schema: z.boolean(), form: { is: 'switch' } } as Rule<boolean>,
} as const;

export type RuleName = keyof typeof RULES;
export const RULE_NAMES = Object.keys(RULES) as readonly RuleName[]; // the keys of a literal are known

type ValueOf<Entry> = Entry extends Rule<infer Value> ? Value : never;

/** A value for every rule. */
export type Rules = { readonly [Name in RuleName]: ValueOf<(typeof RULES)[Name]> };

/** For whom something holds: everywhere, in a guild, or for one person there. */
export interface Holder {
  readonly guildId: string | null;
  readonly userId?: string | undefined;
}

/** The operator's bound of a rule that has one. */
export function operatorsBound(name: RuleName, operators: Rules): Partial<Bounds> {
  const rule: Rule<unknown> = RULES[name];
  const value = Number(operators[name]);
  if (rule.operators === undefined) return {};
  return rule.operators === 'most' ? { max: value } : { min: value };
}

/** The operator's values with those over them that somebody set, none beyond what the operator allows. */
export function rulesOver(operators: Rules, own: Partial<Rules>): Rules {
  const entries = RULE_NAMES.map((name) => {
    const value = own[name] ?? operators[name];
    const { min = Number.NEGATIVE_INFINITY, max = Number.POSITIVE_INFINITY } = operatorsBound(
      name,
      operators,
    );
    return [name, typeof value === 'number' ? Math.max(min, Math.min(max, value)) : value];
  });
  return Object.fromEntries(entries) as Rules; // each name with a value of its own
}
