import type { Job, MessageRef } from '../contracts/job.js';
import type { PersonalData } from '../contracts/personal-data.js';
import { type SortedRows, sortRows } from './job-row.js';
import { parseOrKeep } from './parse-or-keep.js';
import { forgetReactionsOf } from './reactions.js';
import type { LedgerDatabase } from './schema.js';

/** Everything that rows say of a person. */
export async function exportPerson(ledger: LedgerDatabase, userId: string): Promise<PersonalData> {
  const jobs = await ledger
    .selectFrom('jobs')
    .selectAll()
    .where('user_id', '=', userId)
    .orderBy('sequence')
    .execute();
  const bans = await ledger.selectFrom('bans').selectAll().where('user_id', '=', userId).execute();
  const settings = await ledger
    .selectFrom('settings')
    .selectAll()
    .where('scope', 'like', `%/${userId}`)
    .execute();
  const chosen = await ledger
    .selectFrom('preferences')
    .select('value')
    .where('user_id', '=', userId)
    .executeTakeFirst();
  const deeds = await ledger
    .selectFrom('audit')
    .selectAll()
    .where(({ or, eb }) => or([eb('actor_id', '=', userId), eb('detail', 'like', `%"${userId}"%`)]))
    .orderBy('at')
    .execute();
  const read = sortRows(jobs);
  return {
    userId,
    pictures: read.jobs.map(aboutJob),
    damaged: jobs.filter(({ id }) => read.damaged.some(({ error }) => error.job === String(id))),
    bans: bans.map(({ scope, reason, at }) => ({ where: scope, reason, at: iso(at) })),
    limits: settings.map(({ scope, name, value }) => ({ where: scope.split('/')[0] ?? '', name, value })),
    choices: chosen === undefined ? null : parseOrKeep(chosen.value),
    deeds: deeds.map((deed) => ({
      ...{ at: iso(deed.at), action: deed.action, server: deed.guild_id, picture: deed.job_id },
      byYou: deed.actor_id === userId,
      detail: parseOrKeep(deed.detail),
    })),
  };
}

function aboutJob(job: Job): PersonalData['pictures'][number] {
  const { id, guildId, channelId, state, request, message, reason, acceptedAt, startedAt, endedAt } = job;
  const [asked, started, ended] = [acceptedAt, startedAt, endedAt].map((at) =>
    at === null ? null : iso(at),
  );
  return { id, server: guildId, channel: channelId, state, request, message, reason, asked, started, ended };
}

const iso = (epochMs: number) => new Date(epochMs).toISOString();

/** What was forgotten of a person: rows that named files, and messages that still stand somewhere. */
export interface ForgottenRows extends SortedRows {
  readonly messages: readonly MessageRef[];
}

/**
 * Takes away every row of a person: pictures, messages, choices, limits. Bans stay, and what moderators did: they protect
 * others. Call it in a transaction.
 */
export async function forgetPerson(ledger: LedgerDatabase, userId: string): Promise<ForgottenRows> {
  const rows = await ledger.selectFrom('jobs').selectAll().where('user_id', '=', userId).execute();
  const ofPerson = ledger.selectFrom('jobs').select('id').where('user_id', '=', userId);
  const messages = await ledger
    .deleteFrom('job_messages')
    .where('job_id', 'in', ofPerson)
    .returning(['message_id', 'channel_id', 'created_at'])
    .execute();
  for (const message of messages) {
    await ledger.deleteFrom('heard_reactions').where('message_id', '=', message.message_id).execute();
    await ledger
      .insertInto('unwanted_messages')
      .values(message)
      .onConflict((conflict) => conflict.doNothing())
      .execute();
  }
  await forgetReactionsOf(ledger, userId);
  await ledger.deleteFrom('jobs').where('user_id', '=', userId).execute();
  await ledger.deleteFrom('preferences').where('user_id', '=', userId).execute();
  await ledger.deleteFrom('settings').where('scope', 'like', `%/${userId}`).execute();
  return {
    ...sortRows(rows),
    messages: messages.map((row) => ({
      channelId: row.channel_id,
      messageId: row.message_id,
      createdAt: row.created_at,
    })),
  };
}
