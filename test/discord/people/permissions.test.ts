import { PermissionFlagsBits, PermissionsBitField } from 'discord.js';
import { describe, expect, it } from 'vitest';
import {
  actorFor,
  inviteUrl,
  mayDelete,
  missingPermissions,
} from '../../../src/discord/people/permissions.js';
import { textFor } from '../../../src/discord/words/text.js';
import { aJob } from '../support.js';

const {
  ViewChannel,
  SendMessages,
  SendMessagesInThreads,
  AttachFiles,
  ReadMessageHistory,
  AddReactions,
  ManageGuild,
} = PermissionFlagsBits;
const text = textFor('en');
const guildId = '300000000000000001';
const person = { userId: '1', guildId, permissions: new PermissionsBitField(), roleIds: [] };
const staff = { operators: ['9'], adminRole: '77' };

describe('the invitation', () => {
  it('asks for exactly the permissions the bot uses', () => {
    const url = new URL(inviteUrl('123'));
    expect(url.searchParams.get('client_id')).toBe('123');
    expect(url.searchParams.get('scope')).toBe('bot applications.commands');
    expect(BigInt(url.searchParams.get('permissions') ?? '')).toBe(
      ViewChannel | SendMessages | SendMessagesInThreads | AttachFiles | ReadMessageHistory | AddReactions,
    );
  });
});

describe('missing permissions', () => {
  it('are named as the settings name them', () => {
    const granted = new PermissionsBitField([ViewChannel, ReadMessageHistory]);
    expect(missingPermissions(granted, { thread: false, text })).toEqual(['Send Messages', 'Attach Files']);
  });

  it('differ in threads', () => {
    const granted = new PermissionsBitField([ViewChannel, ReadMessageHistory, AttachFiles, SendMessages]);
    expect(missingPermissions(granted, { thread: true, text })).toEqual(['Send Messages in Threads']);
    expect(missingPermissions(granted, { thread: false, text })).toEqual([]);
  });

  it('are none for an administrator', () => {
    const granted = new PermissionsBitField(PermissionFlagsBits.Administrator);
    expect(missingPermissions(granted, { thread: true, text })).toEqual([]);
  });
});

describe('who rules', () => {
  const roleOf = (changes: object, right: 'ManageGuild' | 'ManageMessages' = 'ManageMessages') =>
    actorFor({ ...person, ...changes }, staff, right).role;

  it('is a member by default', () => expect(roleOf({})).toBe('member'));
  it('is an operator by id, everywhere', () =>
    expect(roleOf({ userId: '9', guildId: null })).toBe('operator'));
  it('is a moderator by the admin role', () => expect(roleOf({ roleIds: ['77'] })).toBe('moderator'));

  it('is a moderator by Manage Server for anything, by Manage Messages for pictures only', () => {
    const server = { permissions: new PermissionsBitField(ManageGuild) };
    const messages = { permissions: new PermissionsBitField(PermissionFlagsBits.ManageMessages) };
    expect(roleOf(server, 'ManageMessages')).toBe('moderator');
    expect(roleOf(server, 'ManageGuild')).toBe('moderator');
    expect(roleOf(messages, 'ManageMessages')).toBe('moderator');
    expect(roleOf(messages, 'ManageGuild')).toBe('member');
  });

  it('is nobody in direct messages', () => {
    expect(roleOf({ guildId: null, permissions: null, roleIds: ['77'] })).toBe('member');
  });
});

describe('deleting a picture', () => {
  const job = aJob({ userId: '1', guildId });
  it.each([
    ['its owner', { userId: '1', guildId, role: 'member' }, true],
    ['another member', { userId: '2', guildId, role: 'member' }, false],
    ['a moderator of its server', { userId: '2', guildId, role: 'moderator' }, true],
    ['a moderator of another server', { userId: '2', guildId: '3', role: 'moderator' }, false],
    ['an operator', { userId: '2', guildId: '3', role: 'operator' }, true],
  ] as const)('by %s', (_, actor, allowed) => expect(mayDelete(job, actor)).toBe(allowed));

  it('from direct messages is its owner’s alone', () => {
    const direct = aJob({ userId: '1', guildId: null });
    expect(mayDelete(direct, { userId: '2', guildId: null, role: 'moderator' })).toBe(false);
  });
});
