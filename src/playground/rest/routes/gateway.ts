import { GatewayBotResponseSchema, GatewayResponseSchema } from 'discord-api-spec/zod';
import type { IdentifyBudget } from '../../gateway/identify-budget.js';
import { type Route, route } from '../route.js';

interface Gateway {
  readonly url: () => string;
  readonly budget: IdentifyBudget;
  readonly shards: number;
}

/** Where to connect to, and how often one may still say IDENTIFY today. */
export function gatewayRoutes({ url, budget, shards }: Gateway): readonly Route[] {
  return [
    route({
      on: 'GET /gateway',
      needsBotToken: false,
      answer: GatewayResponseSchema,
      handle: () => ({ status: 200, body: { url: url() } }),
    }),
    route({
      on: 'GET /gateway/bot',
      answer: GatewayBotResponseSchema,
      handle: () => ({ status: 200, body: { url: url(), shards, session_start_limit: budget.status() } }),
    }),
  ];
}
