import { GatewayCloseCodes as Close, GatewayOpcodes as Op } from 'discord-api-types/v10';
import { z } from 'zod';

const identify = z.object({
  token: z.string(),
  properties: z.object({ os: z.string(), browser: z.string(), device: z.string() }),
  intents: z.int().min(0).max(0x1ff_ffff),
  shard: z.tuple([z.int(), z.int()]).optional(),
  compress: z.boolean().optional(),
  large_threshold: z.int().min(50).max(250).optional(),
  presence: z.unknown().optional(),
});

const resume = z.object({ token: z.string(), session_id: z.string(), seq: z.int().min(0) });

const requestMembers = z.object({
  guild_id: z.string(),
  query: z.string().optional(),
  limit: z.int().min(0).optional(),
  user_ids: z.union([z.string(), z.array(z.string()).max(100)]).optional(),
  presences: z.boolean().optional(),
  nonce: z.string().max(32).optional(),
});

const payload = z.discriminatedUnion('op', [
  z.object({ op: z.literal(Op.Heartbeat), d: z.int().nullable() }),
  z.object({ op: z.literal(Op.Identify), d: identify }),
  z.object({ op: z.literal(Op.Resume), d: resume }),
  z.object({ op: z.literal(Op.PresenceUpdate), d: z.unknown() }),
  z.object({ op: z.literal(Op.VoiceStateUpdate), d: z.unknown() }),
  z.object({ op: z.literal(Op.RequestGuildMembers), d: requestMembers }),
]);

export type Identify = z.output<typeof identify>;
export type RequestMembers = z.output<typeof requestMembers>;
export type Resume = z.output<typeof resume>;

/** What a client said, or the code with which to close on what is none of its things to say. */
export function clientPayload(text: string): z.output<typeof payload> | Close {
  let value: unknown;
  try {
    value = JSON.parse(text);
  } catch {
    return Close.DecodeError;
  }
  const result = payload.safeParse(value);
  if (result.success) return result.data;
  return result.error.issues.some(({ path }) => path[0] === 'op') ? Close.UnknownOpcode : Close.DecodeError;
}
