import type { LedgerDatabase } from './schema.js';

/** What was painted in a guild since a moment, epoch ms. */
export async function statsSince(
  ledger: LedgerDatabase,
  { guildId, from }: { readonly guildId: string; readonly from: number },
) {
  const here = ledger.selectFrom('jobs').where('guild_id', '=', guildId).where('accepted_at', '>=', from);
  const count = async (state: 'done' | 'failed') => {
    const row = await here
      .where('state', '=', state)
      .select(({ fn }) => [fn.countAll().as('count'), fn.count('user_id').distinct().as('people')])
      .executeTakeFirst();
    return { count: Number(row?.count ?? 0), people: Number(row?.people ?? 0) };
  };
  const done = await count('done');
  const failed = await count('failed');
  const begun = here.where('started_at', 'is not', null);
  const all = await begun.select(({ fn }) => fn.countAll().as('count')).executeTakeFirst();
  const middle = await begun
    .select(({ eb }) => eb('started_at', '-', eb.ref('accepted_at')).as('wait'))
    .orderBy('wait')
    .offset(Math.floor(Number(all?.count ?? 0) / 2))
    .limit(1)
    .executeTakeFirst();
  const medianWaitMs = middle === undefined ? null : Math.max(0, Number(middle.wait));
  return { done: done.count, people: done.people, failed: failed.count, medianWaitMs };
}
