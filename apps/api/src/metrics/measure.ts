import type { FastifyInstance } from 'fastify';
import { collectDefaultMetrics, Gauge, Histogram, Registry } from 'prom-client';
import { hashOfSecret } from '../access/secrets.ts';
import { NotFound, Unauthenticated } from '../errors.ts';
import type { Services } from '../services.ts';
import { countJobs } from './repository.ts';

/** Seconds; a judgement is answered within the first few, an export within the last. */
const BUCKETS = [0.005, 0.01, 0.025, 0.05, 0.1, 0.25, 0.5, 1, 2.5, 10, 60];

/**
 * Counts and times every answer by its route, and shows it with the state of process, pool and queue at `/metrics` in
 * the format of Prometheus, to whoever sends the token.
 */
export function measureInstance(app: FastifyInstance, services: Services, token: string): void {
  const registry = new Registry();
  const registers = [registry];
  collectDefaultMetrics({ register: registry });
  const answered = new Histogram({
    name: 'casebook_http_request_duration_seconds',
    help: 'Time from a request to the end of its answer.',
    labelNames: ['method', 'route', 'status'],
    buckets: BUCKETS,
    registers,
  });
  app.addHook('onResponse', async (request, reply) => {
    await Promise.resolve();
    answered.observe(
      // A route and never an address, of which there is no end.
      { method: request.method, route: request.routeOptions.url ?? 'pages', status: reply.statusCode },
      reply.elapsedTime / 1000,
    );
  });
  const { pool, prisma } = services.database;
  new Gauge({
    name: 'casebook_database_connections',
    help: 'Connections of this process: in use, idle, and requests that wait for one.',
    labelNames: ['state'],
    registers,
    collect() {
      this.set({ state: 'used' }, pool.totalCount - pool.idleCount);
      this.set({ state: 'idle' }, pool.idleCount);
      this.set({ state: 'awaited' }, pool.waitingCount);
    },
  });
  new Gauge({
    name: 'casebook_jobs',
    help: 'Jobs of every replica: waiting to be taken up, and failed for good.',
    labelNames: ['queue', 'state'],
    registers,
    async collect() {
      this.reset();
      for (const { name, waiting, failed } of await countJobs(prisma)) {
        this.set({ queue: name, state: 'waiting' }, waiting);
        this.set({ queue: name, state: 'failed' }, failed);
      }
    },
  });
  const expected = Buffer.from(hashOfSecret(token));
  app.get('/metrics', { schema: { hide: true } }, async (request, reply) => {
    const { authorization } = request.headers;
    if (authorization === undefined) throw new NotFound();
    const given = /^Bearer (.+)$/iu.exec(authorization)?.[1] ?? '';
    // Hashes say nothing of what they are of, however long the comparison takes.
    if (!expected.equals(Buffer.from(hashOfSecret(given)))) throw new Unauthenticated();
    return reply
      .header('content-type', registry.contentType)
      .header('cache-control', 'no-store')
      .send(await registry.metrics());
  });
}
