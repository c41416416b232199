import type { z } from 'zod';

type Issue = z.core.$ZodIssue;

/** The first thing that is wrong, as `where: what`; among alternatives, in the one that comes nearest. */
export function tellIssue({ issues }: z.ZodError): string {
  const [first] = issues.map((issue) => nearest(issue, []));
  const where = first?.path.join('.') ?? '';
  return `${where === '' ? 'at its top' : where}: ${inWords(first?.message ?? 'what is there')}`;
}

/** Our own schemas say what they expect, the library's also what they got. */
function inWords(message: string): string {
  const said = message
    .replace(/^Invalid input: /, '')
    .replace(/, received undefined$/, ', and it is missing');
  return /^[A-Z]|expected/.test(said) ? said : `expected ${said}`;
}

function nearest(issue: Issue, above: readonly PropertyKey[]): { path: readonly string[]; message: string } {
  const path = [...above, ...issue.path];
  if (issue.code !== 'invalid_union') return { path: path.map(String), message: issue.message };
  const [closest = []] = issue.errors.toSorted((a, b) => missed(a) - missed(b));
  const [first] = closest;
  return first === undefined ? { path: path.map(String), message: issue.message } : nearest(first, path);
}

/** How far something is from an alternative: fields that it lacks or has too many tell more than one that is wrong. */
function missed(issues: readonly Issue[]): number {
  return issues.reduce((sum, { code }) => sum + (code === 'too_big' || code === 'too_small' ? 1 : 2), 0);
}
