import { describe, expect, it } from 'vitest';
import { insertAudit, listAudit } from '../../src/ledger/audit.js';
import { deleteBan, findBan, insertBan } from '../../src/ledger/bans.js';
import { EVERYWHERE } from '../../src/ledger/schema.js';
import { listPausedScopes, setSetting, settingsFor } from '../../src/ledger/settings.js';
import { listStepTimes, setStepTime } from '../../src/ledger/step-times.js';
import { temporaryLedger } from './fixtures.js';

describe('settings', () => {
  it('of a guild win over those that hold everywhere', async () => {
    const ledger = await temporaryLedger();
    await setSetting(ledger, 'g', { name: 'waitingPerUser', value: 1 });
    await setSetting(ledger, EVERYWHERE, { name: 'waitingPerUser', value: 5 });
    await setSetting(ledger, EVERYWHERE, { name: 'waitingPerServer', value: 9 });
    expect(await settingsFor(ledger, { guildId: 'g' })).toEqual({ waitingPerUser: 1, waitingPerServer: 9 });
    expect(await settingsFor(ledger, { guildId: null })).toEqual({ waitingPerUser: 5, waitingPerServer: 9 });
  });

  it('name the paused scopes, and refuse nonsense', async () => {
    const ledger = await temporaryLedger();
    await setSetting(ledger, 'g', { name: 'paused', value: true });
    await setSetting(ledger, 'h', { name: 'paused', value: true });
    await setSetting(ledger, 'h', { name: 'paused', value: false });
    expect(await listPausedScopes(ledger)).toEqual(['g']);
    await expect(setSetting(ledger, 'g', { name: 'waitingPerUser', value: 0 })).rejects.toThrow();
  });
});

describe('bans', () => {
  it('hold in their guild, or everywhere, until lifted', async () => {
    const ledger = await temporaryLedger();
    const ban = { scope: 'g', userId: 'eve', reason: 'spam', actorId: 'mod', at: 1 };
    await insertBan(ledger, ban);
    await insertBan(ledger, { ...ban, reason: 'more spam', at: 2 });
    expect(await findBan(ledger, { userId: 'eve', guildId: 'g' })).toEqual({
      ...ban,
      reason: 'more spam',
      at: 2,
    });
    expect(await findBan(ledger, { userId: 'eve', guildId: 'h' })).toBeUndefined();
    expect(await findBan(ledger, { userId: 'eve', guildId: null })).toBeUndefined();
    expect(await deleteBan(ledger, 'g', 'eve')).toBe(true);
    expect(await deleteBan(ledger, 'g', 'eve')).toBe(false);
    await insertBan(ledger, { ...ban, scope: EVERYWHERE });
    expect(await findBan(ledger, { userId: 'eve', guildId: 'h' })).toMatchObject({ scope: EVERYWHERE });
  });
});

describe('the audit log', () => {
  it('reads newest first, by guild', async () => {
    const ledger = await temporaryLedger();
    const entry = { actorId: 'mod', actorRole: 'moderator', action: 'remove', detail: { of: 'ann' } };
    await insertAudit(ledger, { ...entry, id: 'a', at: 1, guildId: 'g', jobId: 'j1' });
    await insertAudit(ledger, { ...entry, id: 'b', at: 2, guildId: 'g', jobId: null });
    await insertAudit(ledger, { ...entry, id: 'c', at: 3, guildId: 'h', jobId: null });
    expect((await listAudit(ledger, { guildId: 'g', limit: 9 })).map(({ id }) => id)).toEqual(['b', 'a']);
    const [newest] = await listAudit(ledger, { guildId: null, limit: 1 });
    expect(newest).toEqual({ ...entry, id: 'c', at: 3, guildId: 'h', jobId: null });
  });
});

describe('step times', () => {
  it('keep the last measure of each kind', async () => {
    const ledger = await temporaryLedger();
    await setStepTime(ledger, 'tiny 64×64', 10.5);
    await setStepTime(ledger, 'tiny 64×64', 11.25);
    expect(await listStepTimes(ledger)).toEqual(new Map([['tiny 64×64', 11.25]]));
  });
});
