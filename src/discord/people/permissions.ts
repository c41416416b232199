import { PermissionFlagsBits, PermissionsBitField } from 'discord.js';
import type { Job } from '../../contracts/job.js';
import type { Actor } from '../../jobs/api.js';
import type { Text } from '../words/text.js';

type PermissionName = keyof Text['permissions'];

/** Without these no picture can be shown and kept up to date. */
const NEEDED = [
  'ViewChannel',
  'SendMessages',
  'AttachFiles',
  'ReadMessageHistory',
] as const satisfies readonly PermissionName[];
const NEEDED_IN_THREAD = [
  'ViewChannel',
  'SendMessagesInThreads',
  'AttachFiles',
  'ReadMessageHistory',
] as const satisfies readonly PermissionName[];

const NEEDED_FOR_WORDS = ['ViewChannel', 'SendMessages'] as const satisfies readonly PermissionName[];

/** What the invitation asks for: all that is ever needed, and nothing else. */
const INVITED = [...new Set<PermissionName>([...NEEDED, ...NEEDED_IN_THREAD, 'AddReactions'])];

/** Adds the bot and its commands to a server, with exactly the permissions it uses. */
export function inviteUrl(applicationId: string): string {
  const query = new URLSearchParams({
    client_id: applicationId,
    scope: 'bot applications.commands',
    permissions: new PermissionsBitField(INVITED).bitfield.toString(),
  });
  return `https://discord.com/oauth2/authorize?${query}`;
}

interface Posting {
  readonly thread: boolean;
  /** For words alone instead of a picture that is kept up to date. */
  readonly wordsOnly?: boolean;
  readonly text: Text;
}

/** The permissions that a channel lacks for what is to be posted there, by the names that Discord's settings give them. */
export function missingPermissions(
  granted: PermissionsBitField,
  { thread, wordsOnly = false, text }: Posting,
): string[] {
  const needed: readonly PermissionName[] = wordsOnly ? NEEDED_FOR_WORDS : thread ? NEEDED_IN_THREAD : NEEDED;
  return needed.filter((name) => !granted.has(name)).map((name) => text.permissions[name]);
}

/** Who rules what, from the bot's settings. */
export interface Staff {
  readonly operators: readonly string[];
  readonly adminRole: string | undefined;
}

export interface Person {
  readonly userId: string;
  readonly guildId: string | null;
  /** Their permissions in the channel; null in direct messages. */
  readonly permissions: Readonly<PermissionsBitField> | null;
  readonly roleIds: readonly string[];
}

/** Discord's own rights, the admin role and the list of operators, as the role that `jobs/` understands. */
export function actorFor(person: Person, staff: Staff, right: 'ManageGuild' | 'ManageMessages'): Actor {
  const { userId, guildId } = person;
  if (staff.operators.includes(userId)) return { userId, guildId, role: 'operator' };
  const isModerator =
    guildId !== null &&
    (person.permissions?.any([PermissionFlagsBits.ManageGuild, PermissionFlagsBits[right]]) === true ||
      (staff.adminRole !== undefined && person.roleIds.includes(staff.adminRole)));
  return { userId, guildId, role: isModerator ? 'moderator' : 'member' };
}

/** Whether somebody moderates the place of a picture. */
export function mayModerate(job: Job, { guildId, role }: Actor): boolean {
  return role === 'operator' || (role === 'moderator' && guildId !== null && job.guildId === guildId);
}

/** A picture is deleted by who asked for it, by a moderator of its server, or by an operator. */
export function mayDelete(job: Job, actor: Actor): boolean {
  return job.userId === actor.userId || mayModerate(job, actor);
}
