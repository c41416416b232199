import { type Kysely, type Migration, sql } from 'kysely';

/** Every change of the schema, in order of name; a published one is never edited. */
export const MIGRATIONS: Readonly<Record<string, Migration>> = {
  '001-jobs': { up: createJobs },
  '002-moderation': { up: createModeration },
  '003-step-times': { up: createStepTimes },
  '004-pictures': { up: indexPictures },
  '005-causes': { up: nameCauses },
  '006-people': { up: createPeople },
  '007-places': { up: describePlaces },
  '008-reactions': { up: createReactions },
  '009-seats': { up: giveSeats },
  '010-unwanted': { up: createUnwanted },
};

// Migrations see the schema of their day, not the present one: hence Kysely<unknown>.

async function createJobs(db: Kysely<unknown>): Promise<void> {
  await db.schema
    .createTable('jobs')
    .addColumn('id', 'text', (column) => column.primaryKey())
    .addColumn('interaction_id', 'text', (column) => column.notNull().unique())
    .addColumn('user_id', 'text', (column) => column.notNull())
    .addColumn('guild_id', 'text')
    .addColumn('channel_id', 'text', (column) => column.notNull())
    .addColumn('locale', 'text', (column) => column.notNull())
    .addColumn('request', 'text', (column) => column.notNull())
    .addColumn('parent_job', 'text')
    .addColumn('state', 'text', (column) => column.notNull())
    .addColumn('priority', 'integer', (column) => column.notNull())
    .addColumn('sequence', 'bigint', (column) => column.notNull().unique())
    .addColumn('turn', 'bigint')
    .addColumn('attempts', 'integer', (column) => column.notNull())
    .addColumn('deaths', 'integer', (column) => column.notNull())
    .addColumn('saved_state', 'text')
    .addColumn('reason', 'text')
    .addColumn('result', 'text')
    .addColumn('message', 'text')
    .addColumn('announced', 'integer', (column) => column.notNull())
    .addColumn('accepted_at', 'bigint', (column) => column.notNull())
    .addColumn('started_at', 'bigint')
    .addColumn('ended_at', 'bigint')
    .execute();
  await db.schema.createIndex('jobs_by_state').on('jobs').columns(['state', 'announced']).execute();
  await db.schema.createIndex('jobs_by_user').on('jobs').columns(['user_id', 'state']).execute();
  await db.schema
    .createIndex('jobs_by_user_turn')
    .on('jobs')
    .columns(['user_id', 'priority', 'turn'])
    .execute();
  await db.schema.createIndex('jobs_by_guild').on('jobs').columns(['guild_id', 'state']).execute();
  await db.schema.createIndex('jobs_by_parent').on('jobs').columns(['parent_job', 'user_id']).execute();
  await db.schema.createIndex('jobs_by_turn').on('jobs').column('turn').execute();
  await db.schema
    .createTable('job_messages')
    .addColumn('message_id', 'text', (column) => column.primaryKey())
    .addColumn('channel_id', 'text', (column) => column.notNull())
    .addColumn('job_id', 'text', (column) => column.notNull().references('jobs.id'))
    .addColumn('created_at', 'bigint', (column) => column.notNull())
    .execute();
  await db.schema.createIndex('job_messages_by_job').on('job_messages').column('job_id').execute();
}

async function createModeration(db: Kysely<unknown>): Promise<void> {
  await db.schema
    .createTable('audit')
    .addColumn('id', 'text', (column) => column.primaryKey())
    .addColumn('at', 'bigint', (column) => column.notNull())
    .addColumn('actor_id', 'text', (column) => column.notNull())
    .addColumn('actor_role', 'text', (column) => column.notNull())
    .addColumn('guild_id', 'text')
    .addColumn('action', 'text', (column) => column.notNull())
    .addColumn('job_id', 'text')
    .addColumn('detail', 'text', (column) => column.notNull())
    .execute();
  await db.schema.createIndex('audit_by_guild').on('audit').columns(['guild_id', 'at']).execute();
  await db.schema
    .createTable('settings')
    .addColumn('scope', 'text', (column) => column.notNull())
    .addColumn('name', 'text', (column) => column.notNull())
    .addColumn('value', 'text', (column) => column.notNull())
    .addPrimaryKeyConstraint('settings_key', ['scope', 'name'])
    .execute();
  await db.schema
    .createTable('bans')
    .addColumn('scope', 'text', (column) => column.notNull())
    .addColumn('user_id', 'text', (column) => column.notNull())
    .addColumn('reason', 'text')
    .addColumn('actor_id', 'text', (column) => column.notNull())
    .addColumn('at', 'bigint', (column) => column.notNull())
    .addPrimaryKeyConstraint('bans_key', ['scope', 'user_id'])
    .execute();
}

async function createStepTimes(db: Kysely<unknown>): Promise<void> {
  await db.schema
    .createTable('step_times')
    .addColumn('kind', 'text', (column) => column.primaryKey())
    .addColumn('ms', 'real', (column) => column.notNull())
    .execute();
}

async function indexPictures(db: Kysely<unknown>): Promise<void> {
  await db.schema
    .createIndex('jobs_by_picture')
    .on('jobs')
    .expression(sql`json_extract(result, '$.sha256')`)
    .execute();
}

/** A reaction asks for jobs, too, and is no interaction. */
async function nameCauses(db: Kysely<unknown>): Promise<void> {
  await db.schema.alterTable('jobs').renameColumn('interaction_id', 'cause_id').execute();
}

/** What people chose for themselves; and states are looked for at every checkpoint, now that finished jobs keep theirs. */
async function createPeople(db: Kysely<unknown>): Promise<void> {
  await db.schema
    .createTable('preferences')
    .addColumn('user_id', 'text', (column) => column.primaryKey())
    .addColumn('value', 'text', (column) => column.notNull())
    .execute();
  await db.schema.createIndex('jobs_by_saved_state').on('jobs').column('saved_state').execute();
}

/** What of a job's channel matters for its picture; and one that was asked for is found by whom and when. */
async function describePlaces(db: Kysely<unknown>): Promise<void> {
  await db.schema
    .alterTable('jobs')
    .addColumn('age_restricted', 'integer', (column) => column.notNull().defaultTo(0))
    .execute();
  await db.schema.createIndex('jobs_by_guild_time').on('jobs').columns(['guild_id', 'accepted_at']).execute();
  await db.schema.createIndex('jobs_by_user_time').on('jobs').columns(['user_id', 'accepted_at']).execute();
}

/** Reactions given while the bot was away are found by having been heard by nobody. */
async function createReactions(db: Kysely<unknown>): Promise<void> {
  await db.schema
    .createTable('heard_reactions')
    .addColumn('message_id', 'text', (column) => column.notNull())
    .addColumn('user_id', 'text', (column) => column.notNull())
    .addPrimaryKeyConstraint('heard_reactions_key', ['message_id', 'user_id'])
    .execute();
}

/** A job that was moved in line takes the turn of the person whose seat it was given. */
async function giveSeats(db: Kysely<unknown>): Promise<void> {
  await db.schema.alterTable('jobs').addColumn('turn_of', 'text').execute();
}

/** Messages of people who had everything deleted outlive a restart, and so does the wish to have them gone; and deeds grow old. */
async function createUnwanted(db: Kysely<unknown>): Promise<void> {
  await db.schema
    .createTable('unwanted_messages')
    .addColumn('message_id', 'text', (column) => column.primaryKey())
    .addColumn('channel_id', 'text', (column) => column.notNull())
    .addColumn('created_at', 'bigint', (column) => column.notNull())
    .execute();
  await db.schema.createIndex('heard_reactions_by_user').on('heard_reactions').column('user_id').execute();
}
