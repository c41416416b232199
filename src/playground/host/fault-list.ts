import type { FaultKind } from '../faults.js';
import type { Gateway } from '../gateway/gateway.js';

/** What can go wrong with a request, by the name the page has for it. */
export const REQUEST_FAULTS = {
  slow: ['Answer slowly (4 s)', { type: 'slow', delayMs: 4_000 }],
  form: ['400: invalid form body (50035)', { type: 'refused', as: 'invalidForm' }],
  moderated: ['400: blocked by automatic moderation (200000)', { type: 'refused', as: 'autoModerated' }],
  explicit: ['400: explicit content (20009)', { type: 'refused', as: 'explicit' }],
  unauthorized: ['401: unauthorized', { type: 'refused', as: 'unauthorized' }],
  access: ['403: missing access (50001)', { type: 'refused', as: 'missingAccess' }],
  permissions: ['403: missing permissions (50013)', { type: 'refused', as: 'missingPermissions' }],
  closedDirect: ['403: cannot message this user (50007)', { type: 'refused', as: 'cannotMessageUser' }],
  unknownMessage: ['404: unknown message (10008)', { type: 'refused', as: 'unknownMessage' }],
  unknownChannel: ['404: unknown channel (10003)', { type: 'refused', as: 'unknownChannel' }],
  unknownInteraction: ['404: unknown interaction (10062)', { type: 'refused', as: 'unknownInteraction' }],
  archived: ['400: thread is archived (50083)', { type: 'refused', as: 'archived' }],
  tooLarge: ['413: too large (40005)', { type: 'refused', as: 'tooLarge' }],
  limitedUser: ['429: rate limited, scope user (3 s)', limited('user')],
  limitedShared: ['429: rate limited, scope shared (3 s)', limited('shared')],
  limitedGlobal: ['429: rate limited, scope global (3 s)', limited('global')],
  e500: ['500: internal error', { type: 'status', status: 500 }],
  e502: ["502: the proxy's HTML page", { type: 'status', status: 502 }],
  e503: ["503: the proxy's HTML page", { type: 'status', status: 503 }],
  e504: ["504: the proxy's HTML page", { type: 'status', status: 504 }],
  reset: ['Break the connection', { type: 'reset' }],
} as const satisfies Readonly<Record<string, readonly [title: string, kind: FaultKind]>>;

/** What can be done to the gateway. */
export const GATEWAY_FAULTS = {
  drop: ['Drop the connection', (gateway) => gateway.drop()],
  reconnect: ['Ask for a reconnect (7)', (gateway) => gateway.reconnect()],
  resumable: ['Invalid session, resumable (9)', (gateway) => gateway.invalidate({ resumable: true })],
  invalid: ['Invalid session (9)', (gateway) => gateway.invalidate({ resumable: false })],
  c4000: ['Close: unknown error (4000)', (gateway) => gateway.disconnect(4000)],
  c4004: ['Close: authentication failed (4004)', (gateway) => gateway.disconnect(4004)],
  c4009: ['Close: session timed out (4009)', (gateway) => gateway.disconnect(4009)],
  c4011: ['Close: sharding required (4011)', (gateway) => gateway.disconnect(4011)],
  c4014: ['Close: disallowed intents (4014)', (gateway) => gateway.disconnect(4014)],
  refuse: ['Refuse every connection', (gateway) => gateway.refuse(true)],
  accept: ['Take connections again', (gateway) => gateway.refuse(false)],
  deaf: ['Answer no heartbeats', (gateway) => gateway.acknowledgeHeartbeats(false)],
  hear: ['Answer heartbeats again', (gateway) => gateway.acknowledgeHeartbeats(true)],
} as const satisfies Readonly<Record<string, readonly [title: string, act: (gateway: Gateway) => void]>>;

function limited(scope: 'user' | 'shared' | 'global') {
  return { type: 'rate limited', scope, retryAfterMs: 3_000 } as const;
}
