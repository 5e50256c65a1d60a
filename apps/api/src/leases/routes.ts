import { routes } from '@casebook/contracts';
import type { FastifyInstance } from 'fastify';
import { register } from '../http/register.ts';
import type { Services } from '../services.ts';
import * as service from './service.ts';

export function leaseRoutes(app: FastifyInstance, services: Services): void {
  register(app, routes.desk, async ({ request }) => service.desk(services, await request.principal()));
  register(app, routes.claim, async ({ params, request }) =>
    service.claim(services, await request.principal(), params.projectId, params.taskId),
  );
  register(app, routes.lease, async ({ params, request }) =>
    service.lease(services, await request.principal(), params.projectId, params.leaseId),
  );
  register(app, routes.renewLease, async ({ params, request }) =>
    service.renew(services, await request.principal(), params.projectId, params.leaseId),
  );
  register(app, routes.finishLease, async ({ params, request }) => {
    await service.finish(services, await request.principal(), params.projectId, params.leaseId);
    return undefined;
  });
  register(app, routes.returnLease, async ({ params, request }) => {
    await service.giveBack(services, await request.principal(), params.projectId, params.leaseId);
    return undefined;
  });
}
