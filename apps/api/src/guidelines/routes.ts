import { routes } from '@casebook/contracts';
import type { FastifyInstance } from 'fastify';
import { register } from '../http/register.ts';
import type { Services } from '../services.ts';
import * as service from './service.ts';

export function guidelineRoutes(app: FastifyInstance, services: Services): void {
  register(app, routes.guidelines, async ({ params, request }) =>
    service.listGuidelines(services, await request.principal(), params.projectId),
  );
  register(app, routes.writeGuideline, async ({ params, body, request }) =>
    service.writeGuideline(services, await request.principal(), params.projectId, body),
  );
}
