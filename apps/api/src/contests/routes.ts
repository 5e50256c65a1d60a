import { routes } from '@casebook/contracts';
import type { FastifyInstance } from 'fastify';
import { register } from '../http/register.ts';
import type { Services } from '../services.ts';
import * as service from './service.ts';

export function contestRoutes(app: FastifyInstance, services: Services): void {
  register(app, routes.contestUnit, async ({ params, body, request }) =>
    service.contestUnit(services, await request.principal(), params.projectId, params.unitId, body),
  );
  register(app, routes.contests, async ({ params, query, request }) =>
    service.list(services, await request.principal(), params.projectId, query),
  );
}
