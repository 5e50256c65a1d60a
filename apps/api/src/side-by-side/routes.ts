import { routes } from '@casebook/contracts';
import type { FastifyInstance } from 'fastify';
import { register } from '../http/register.ts';
import type { Services } from '../services.ts';
import { documentsSideBySide, sideBySide } from './service.ts';

export function sideBySideRoutes(app: FastifyInstance, services: Services): void {
  register(app, routes.documentsSideBySide, async ({ params, query, request }) =>
    documentsSideBySide(services, await request.principal(), params.projectId, params.taskId, query),
  );
  register(app, routes.sideBySide, async ({ params, query, request }) =>
    sideBySide(services, await request.principal(), params, query),
  );
}
