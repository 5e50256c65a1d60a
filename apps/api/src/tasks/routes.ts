import { routes } from '@casebook/contracts';
import type { FastifyInstance } from 'fastify';
import { register } from '../http/register.ts';
import type { Services } from '../services.ts';
import { readDesign } from './design.ts';
import * as sections from './sections/service.ts';
import * as service from './service.ts';

export function taskRoutes(app: FastifyInstance, services: Services): void {
  register(app, routes.tasks, async ({ params, request }) =>
    service.listTasks(services, await request.principal(), params.projectId),
  );
  register(app, routes.makeTask, async ({ params, body, request }) =>
    service.makeTask(services, await request.principal(), params.projectId, body),
  );
  register(app, routes.task, async ({ params, request }) =>
    service.readTask(services, await request.principal(), params.projectId, params.taskId),
  );
  register(app, routes.changeTask, async ({ params, body, request }) =>
    service.changeTask(services, await request.principal(), params.projectId, params.taskId, body.state),
  );
  register(app, routes.taskDesign, async ({ params, request }) =>
    readDesign(services, await request.principal(), params.projectId, params.taskId),
  );
  register(app, routes.sections, async ({ params, query, request }) =>
    sections.listSections(services, await request.principal(), params.projectId, params.taskId, query),
  );
  register(app, routes.giveLease, async ({ params, body, request }) => {
    await sections.giveLease(services, await request.principal(), params.projectId, params.taskId, body);
    return undefined;
  });
  register(app, routes.reclaimValidationLease, async ({ params, request }) => {
    await sections.reclaimValidationLease(
      services,
      await request.principal(),
      params.projectId,
      params.validationLeaseId,
    );
    return undefined;
  });
  register(app, routes.reclaimLease, async ({ params, request }) => {
    await sections.reclaimLease(services, await request.principal(), params.projectId, params.leaseId);
    return undefined;
  });
}
