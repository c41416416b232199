import { core } from 'zod';
import type { Complaint } from './complaint.js';

/** A zod schema of either flavour: Discord's description comes in zod/mini, what it lacks is written in zod. */
export type Schema = core.$ZodType;

/** What a value lacks to be what a schema describes, in Discord's words. */
export function complaintsOf(schema: Schema, value: unknown): Complaint[] {
  const result = core.safeParse(schema, value, { reportInput: true });
  return result.success ? [] : result.error.issues.flatMap((issue) => complaintsOfIssue(issue, []));
}

/** The parts of zod's issues, of whatever kind, that are read here. */
interface Issue {
  readonly code: string;
  readonly path?: readonly PropertyKey[];
  readonly input?: unknown;
  readonly expected?: string;
  readonly origin?: string;
  readonly minimum?: number | bigint;
  readonly maximum?: number | bigint;
  readonly format?: string;
  readonly values?: readonly unknown[];
  readonly errors?: readonly (readonly Issue[])[];
  readonly message?: string;
}

function complaintsOfIssue(issue: Issue, base: readonly PropertyKey[]): Complaint[] {
  const path = [...base, ...(issue.path ?? [])];
  if (issue.code === 'invalid_union') {
    const branch = meantBranch(issue.errors ?? []);
    if (branch !== undefined) return branch.flatMap((inner) => complaintsOfIssue(inner, path));
  }
  return [{ path, ...wordsFor(issue) }];
}

/** The alternative the writer meant: one whose `type` fits, among those the one with the least to complain about. */
function meantBranch(branches: readonly (readonly Issue[])[]): readonly Issue[] | undefined {
  const typeFits = (issues: readonly Issue[]) =>
    !issues.some(({ path }) => path?.length === 1 && path[0] === 'type');
  const score = (issues: readonly Issue[]) => (typeFits(issues) ? 0 : 1000) + issues.length;
  return [...branches].sort((a, b) => score(a) - score(b))[0];
}

function wordsFor(issue: Issue): { readonly code: string; readonly message: string } {
  const { code, origin, input } = issue;
  const isText = origin === 'string';
  if (code === 'invalid_type' && input === undefined) {
    return { code: 'BASE_TYPE_REQUIRED', message: 'This field is required' };
  }
  if (code === 'invalid_type') {
    return { code: 'BASE_TYPE_BAD_TYPE', message: `Expected ${issue.expected ?? 'something else'}.` };
  }
  if (code === 'too_big' && (isText || origin === 'array')) {
    const unit = isText ? 'in length' : 'elements';
    return { code: 'BASE_TYPE_MAX_LENGTH', message: `Must be ${issue.maximum} or fewer ${unit}.` };
  }
  if (code === 'too_small' && (isText || origin === 'array')) {
    const unit = isText ? 'in length' : 'elements';
    return { code: 'BASE_TYPE_MIN_LENGTH', message: `Must be ${issue.minimum} or more ${unit}.` };
  }
  if (code === 'too_big') {
    return {
      code: 'NUMBER_TYPE_MAX',
      message: `int value should be less than or equal to ${issue.maximum}.`,
    };
  }
  if (code === 'too_small') {
    return {
      code: 'NUMBER_TYPE_MIN',
      message: `int value should be greater than or equal to ${issue.minimum}.`,
    };
  }
  if (code === 'invalid_value') {
    return { code: 'BASE_TYPE_CHOICES', message: `Value must be one of ${JSON.stringify(issue.values)}.` };
  }
  if (code === 'invalid_format' && issue.format === 'url') {
    return { code: 'URL_TYPE_INVALID_URL', message: 'Not a well formed URL.' };
  }
  if (code === 'invalid_format' && issue.format === 'regex') {
    return { code: 'STRING_TYPE_REGEX', message: 'String value did not match validation regex.' };
  }
  return { code: 'BASE_TYPE_INVALID', message: issue.message ?? `Not valid (${code}).` };
}
