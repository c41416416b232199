import type { AuditEntry, DeedName } from '../../contracts/deed.js';
import { RULE_NAMES } from '../../contracts/rules.js';
import { ruleKey, ruleValue } from '../words/describe-rule.js';
import { ago, quote } from '../words/markdown.js';
import type { Text } from '../words/text.js';

const REASON_ROOM = 150;

type Describe = (entry: AuditEntry, text: Text) => string;

/** A sentence for every kind of deed: without the compiler refuses. */
const SENTENCES = {
  remove: (entry, { deeds }) => deeds.remove(jobOf(entry), personIn(entry, 'owner')),
  delete: (entry, { deeds }) => deeds.delete(jobOf(entry), personIn(entry, 'owner')),
  finish: (entry, { deeds }) => deeds.finish(jobOf(entry), personIn(entry, 'owner')),
  release: (entry, { deeds }) => deeds.release(jobOf(entry), personIn(entry, 'owner')),
  retry: (entry, { deeds }) => deeds.retry(jobOf(entry), personIn(entry, 'owner')),
  clear: (entry, { deeds }) => deeds.clear(String(entry.detail['count'] ?? '')),
  pause: (_, { deeds }) => deeds.pause,
  resume: (_, { deeds }) => deeds.resume,
  drain: (_, { deeds }) => deeds.drain,
  move: (entry, { deeds }) =>
    deeds.move(jobOf(entry), personIn(entry, 'owner'), String(entry.detail['to'] ?? '?')),
  prioritise: (entry, { deeds }) => deeds.prioritise(jobOf(entry)),
  ban: (entry, { deeds }) => deeds.ban(personIn(entry, 'userId'), wordsIn(entry, 'reason')),
  unban: (entry, { deeds }) => deeds.unban(personIn(entry, 'userId')),
  set: ({ detail }, text) => setting(detail, text),
  report: (entry, { deeds }) =>
    deeds.report(jobOf(entry), personIn(entry, 'owner'), wordsIn(entry, 'reason')),
} satisfies Record<DeedName, Describe>;

/** A line of the audit log as people read it. */
export function describeDeed(entry: AuditEntry, text: Text): string {
  const describe: Describe | undefined = Object.entries(SENTENCES).find(
    ([name]) => name === entry.action,
  )?.[1];
  const what = describe?.(entry, text) ?? text.deeds.other(quote(entry.action));
  return text.deed({ who: `<@${entry.actorId}>`, what, when: ago(entry.at) });
}

const jobOf = ({ jobId }: AuditEntry) => `\`${jobId ?? '?'}\``;
const personIn = ({ detail }: AuditEntry, key: string) => `<@${String(detail[key] ?? '?')}>`;
const wordsIn = ({ detail }: AuditEntry, key: string) =>
  typeof detail[key] === 'string' ? quote(detail[key], REASON_ROOM) : '';

function setting({ name, value, userId }: AuditEntry['detail'], text: Text): string {
  const known = RULE_NAMES.find((rule) => rule === name);
  const title = known ? text.offer[ruleKey(known)].name : quote(String(name));
  const words = value === null || known === undefined ? text.byDefault : ruleValue(known, value, text);
  return userId === undefined
    ? text.deeds.set(title, words)
    : text.deeds.setFor(title, words, `<@${String(userId)}>`);
}
