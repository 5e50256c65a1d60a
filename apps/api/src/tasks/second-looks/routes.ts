import { routes } from '@casebook/contracts';
import type { FastifyInstance } from 'fastify';
import { register } from '../../http/register.ts';
import type { Services } from '../../services.ts';
import * as service from './service.ts';

export function secondLookRoutes(app: FastifyInstance, services: Services): void {
  register(app, routes.previewSecondLook, async ({ params, body, request }) =>
    service.previewSecondLook(services, await request.principal(), params.projectId, params.taskId, body),
  );
  register(app, routes.makeSecondLook, async ({ params, body, request }) =>
    service.makeSecondLook(services, await request.principal(), params.projectId, params.taskId, body),
  );
}
