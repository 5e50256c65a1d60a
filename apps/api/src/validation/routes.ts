import { routes } from '@casebook/contracts';
import type { FastifyInstance } from 'fastify';
import { register } from '../http/register.ts';
import { TaskMemory } from '../judgements/known-task.ts';
import type { Services } from '../services.ts';
import * as service from './service.ts';

export function validationRoutes(app: FastifyInstance, services: Services): void {
  const memory = new TaskMemory();
  register(app, routes.claimValidation, async ({ params, request }) =>
    service.claim(services, await request.principal(), params.projectId, params.taskId),
  );
  register(app, routes.validationLease, async ({ params, request }) =>
    service.lease(services, await request.principal(), params.projectId, params.validationLeaseId),
  );
  register(app, routes.submitValidation, async ({ params, body, request }) => {
    const who = { sessionHash: request.sessionHash(), principal: await request.principal() };
    return service.submit(services, memory, who, params.projectId, params.taskId, body);
  });
  register(app, routes.finishValidation, async ({ params, request }) => {
    await service.finish(services, await request.principal(), params.projectId, params.validationLeaseId);
    return undefined;
  });
  register(app, routes.returnValidation, async ({ params, request }) => {
    await service.giveBack(services, await request.principal(), params.projectId, params.validationLeaseId);
    return undefined;
  });
}
