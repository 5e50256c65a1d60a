import type { FastifyInstance } from 'fastify';
import { pingDatabase } from '../database/ping.ts';
import type { Services } from '../services.ts';

/** `/healthz`: the process lives. `/readyz`: it can do its work; fails first when it is about to stop. */
export function healthRoutes(app: FastifyInstance, services: Services): void {
  let stopping = false;
  app.addHook('preClose', async () => {
    stopping = true;
    await Promise.resolve();
  });
  app.get('/healthz', { schema: { hide: true } }, (_request, reply) => reply.send({ status: 'alive' }));
  app.get('/readyz', { schema: { hide: true } }, async (_request, reply) => {
    const ready = !stopping && (await pingDatabase(services.database));
    return reply.status(ready ? 200 : 503).send({ status: ready ? 'ready' : 'not ready' });
  });
}
