import type { IncomingMessage, ServerResponse } from 'node:http';
import type { FastifyInstance } from 'fastify';
import { NotFound } from '../errors.ts';

/**
 * Hands whatever is not the API's to a handler of plain requests, unread. Its answers are its own; headers that the
 * API sets on its answers do not touch them. What is not there below `/api` is the API's to say.
 */
export async function mountWeb(
  app: FastifyInstance,
  handler: (request: IncomingMessage, response: ServerResponse, next: () => void) => void,
): Promise<void> {
  await app.register(async (web) => {
    web.removeAllContentTypeParsers();
    web.addContentTypeParser('*', (_request, _payload, done) => {
      done(null);
    });
    web.all('/*', { schema: { hide: true }, bodyLimit: 1_048_576 }, (request, reply) => {
      reply.hijack();
      handler(request.raw, reply.raw, () => {
        reply.raw.statusCode = 404;
        reply.raw.end();
      });
    });
    for (const path of ['/api', '/api/*']) {
      web.all(path, { schema: { hide: true } }, () => {
        throw new NotFound();
      });
    }
    await Promise.resolve();
  });
}
