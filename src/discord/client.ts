import {
  Client,
  DefaultRestOptions,
  GatewayIntentBits,
  Options,
  type RateLimitData,
  RequestMethod,
} from 'discord.js';
import type { RequestOutcome } from '../contracts/request-outcome.js';
import { observing } from './observe-requests.js';

/** Writing and editing messages: those requests are ours to repeat, with newer contents. */
const PACED_METHODS: readonly string[] = [RequestMethod.Post, RequestMethod.Patch];
const MESSAGE_ROUTE = /^\/channels\/:id\/messages(\/:id)?$/;

function isPaced({ method, route }: RateLimitData): boolean {
  return PACED_METHODS.includes(method.toUpperCase()) && MESSAGE_ROUTE.test(route);
}

/**
 * A discord.js client that asks for no privileged intent and remembers little: jobs are found in the ledger by message
 * id, so that no message, reaction or member needs to be held.
 *
 * @param apiUrl REST root without version; the gateway's address comes from there.
 * @param onRequest Hears how every request came back.
 */
export function createClient(
  apiUrl: string,
  onRequest: (outcome: RequestOutcome) => void = () => {},
): Client {
  return new Client({
    intents: [
      GatewayIntentBits.Guilds,
      // For deletions: what a moderator took away is not painted on. No message's content comes with it.
      GatewayIntentBits.GuildMessages,
      GatewayIntentBits.GuildMessageReactions,
      GatewayIntentBits.DirectMessageReactions,
    ],
    // A prompt must never ping anyone.
    allowedMentions: { parse: [], repliedUser: false },
    rest: {
      api: apiUrl,
      makeRequest: observing(DefaultRestOptions.makeRequest, onRequest),
      // discord.js would wait and then send what is out of date; the channel editor waits and sends the newest.
      rejectOnRateLimit: isPaced,
    },
    makeCache: Options.cacheWithLimits({
      ...Options.DefaultMakeCacheSettings,
      MessageManager: 0,
      ReactionManager: 0,
      ReactionUserManager: 0,
      PresenceManager: 0,
      VoiceStateManager: 0,
      StageInstanceManager: 0,
      GuildEmojiManager: 0,
      GuildStickerManager: 0,
      GuildScheduledEventManager: 0,
      AutoModerationRuleManager: 0,
      ThreadMemberManager: 0,
      GuildInviteManager: 0,
      GuildBanManager: 0,
      UserManager: { maxSize: 200, keepOverLimit: (user) => user.id === user.client.user.id },
      GuildMemberManager: { maxSize: 200, keepOverLimit: (member) => member.id === member.client.user.id },
    }),
  });
}
