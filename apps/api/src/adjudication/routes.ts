import { routes } from '@casebook/contracts';
import type { FastifyInstance } from 'fastify';
import { register } from '../http/register.ts';
import type { Services } from '../services.ts';
import { bench } from './bench.ts';
import { adjudicate } from './service.ts';
import { unitToAdjudicate } from './unit-to-adjudicate.ts';

export function adjudicationRoutes(app: FastifyInstance, services: Services): void {
  register(app, routes.bench, async ({ params, query, request }) =>
    bench(services, await request.principal(), params.projectId, params.taskId, query),
  );
  register(app, routes.unitToAdjudicate, async ({ params, request }) =>
    unitToAdjudicate(services, await request.principal(), params.projectId, params.unitId),
  );
  register(app, routes.adjudicate, async ({ params, body, request }) =>
    adjudicate(services, await request.principal(), params.projectId, params.unitId, body),
  );
}
