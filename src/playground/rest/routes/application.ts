import { PrivateApplicationResponseSchema } from 'discord-api-spec/zod';
import { applicationObject } from '../../wire/application.js';
import { type Route, route } from '../route.js';

export const applicationRoutes: readonly Route[] = [
  route({
    on: 'GET /applications/@me',
    answer: PrivateApplicationResponseSchema,
    handle: ({ world }) => ({ status: 200, body: applicationObject(world) }),
  }),
  route({
    on: 'GET /oauth2/applications/@me',
    answer: PrivateApplicationResponseSchema,
    handle: ({ world }) => ({ status: 200, body: applicationObject(world) }),
  }),
];
