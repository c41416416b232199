import { Hono } from 'hono';
import type { Attachment } from './world/message.js';
import type { World } from './world/world.js';

/** Serves attachments under the links messages carry; a link that has ended, or a file that is gone, is a 404. */
export function createCdn(world: World): Hono {
  return new Hono().get('/attachments/:channel/:file/:name', (context) => {
    const file = findFile(world, context.req.param('file'));
    if (file === undefined || world.clock.now() > file.expiresAt) {
      return context.text('This content is no longer available.', 404);
    }
    return new Response(new Uint8Array(file.bytes), { headers: { 'content-type': file.contentType } });
  });
}

function findFile(world: World, id: string): Attachment | undefined {
  const upload = world.uploads.get(id);
  if (upload !== undefined) return upload;
  for (const { body } of world.messages.values()) {
    const file = body.attachments.find((attachment) => attachment.id === id);
    if (file !== undefined) return file;
  }
  return undefined;
}
