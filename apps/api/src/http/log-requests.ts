import type { FastifyInstance } from 'fastify';

/** Whoever asks whether the process lives asks every few seconds. */
const ASKED_OFTEN = new Set(['/healthz', '/readyz', '/metrics']);

/**
 * A line for every answer, at the level `info`, under the id that an error answer names too. It holds the route and
 * not the address: what stands in an address or a body is nobody's business in a log.
 */
export function logRequests(app: FastifyInstance): void {
  app.addHook('onResponse', async (request, reply) => {
    await Promise.resolve();
    const route = request.routeOptions.url;
    if (route !== undefined && ASKED_OFTEN.has(route)) return;
    request.log.info(
      {
        requestId: request.id,
        method: request.method,
        route: route ?? null,
        status: reply.statusCode,
        ms: Math.round(reply.elapsedTime),
      },
      'answered',
    );
  });
}
