import { routes } from '@casebook/contracts';
import type { FastifyInstance } from 'fastify';
import { register } from '../http/register.ts';
import type { Services } from '../services.ts';
import { eventRoutes } from './events.ts';
import { looksCompared } from './looks-service.ts';
import * as service from './service.ts';

export function agreementRoutes(app: FastifyInstance, services: Services): void {
  register(app, routes.agreement, async ({ params, request }) =>
    service.agreement(services, await request.principal(), params.projectId, params.taskId),
  );
  register(app, routes.disagreements, async ({ params, query, request }) =>
    service.disagreements(services, await request.principal(), params.projectId, params.taskId, query),
  );
  register(app, routes.weighedReadings, async ({ params, query, request }) =>
    service.weighedReadings(services, await request.principal(), params.projectId, params.taskId, query),
  );
  register(app, routes.unit, async ({ params, request }) =>
    service.unit(services, await request.principal(), params.projectId, params.unitId),
  );
  register(app, routes.looksCompared, async ({ params, request }) =>
    looksCompared(services, await request.principal(), params.projectId, params.taskId),
  );
  eventRoutes(app, services);
}
