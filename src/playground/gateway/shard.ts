/** Which part of all guilds a session hears of: its index, and how many parts there are. */
export type Shard = readonly [index: number, count: number];

/** Events that are about a guild itself carry its id as their own. */
const OF_A_GUILD: readonly string[] = ['GUILD_CREATE', 'GUILD_DELETE'];

/** A guild belongs to one shard by its id's time; direct messages to the first; what concerns the bot itself to all. */
export function concernsShard(
  [index, count]: Shard,
  { event, data }: { readonly event: string; readonly data: unknown },
): boolean {
  if (count === 1 || event === 'READY' || event === 'RESUMED') return true;
  const { id, guild_id: guildId } = Object(data) as { id?: string; guild_id?: string }; // ours, checked before
  const guild = OF_A_GUILD.includes(event) ? id : guildId;
  return guild === undefined ? index === 0 : shardOf(guild, count) === index;
}

/** `(guild id >> 22) % count` */
export function shardOf(guildId: string, count: number): number {
  return Number((BigInt(guildId) >> 22n) % BigInt(count));
}
