import { routes } from '@casebook/contracts';
import type { FastifyInstance } from 'fastify';
import { register } from '../http/register.ts';
import type { Services } from '../services.ts';
import * as service from './service.ts';

export function projectRoutes(app: FastifyInstance, services: Services): void {
  register(app, routes.projects, async ({ request }) =>
    service.listProjects(services, await request.principal()),
  );
  register(app, routes.makeProject, async ({ body, request }) =>
    service.makeProject(services, await request.principal(), body),
  );
  register(app, routes.project, async ({ params, request }) =>
    service.readProject(services, await request.principal(), params.projectId),
  );
  register(app, routes.changeProject, async ({ params, body, request }) =>
    service.changeProject(services, await request.principal(), params.projectId, body),
  );
}
