import { routes } from '@casebook/contracts';
import type { FastifyInstance } from 'fastify';
import { register } from '../http/register.ts';
import type { Services } from '../services.ts';
import * as service from './service.ts';

export function guidelineRoutes(app: FastifyInstance, services: Services): void {
  register(app, routes.guidelines, async ({ params, request }) =>
    service.listGuidelines(services, await request.principal(), params.projectId),
  );
  register(app, routes.guidelineChanges, async ({ params, query, request }) =>
    service.guidelineChanges(services, await request.principal(), params.projectId, query),
  );
  register(app, routes.readGuideline, async ({ params, body, request }) => {
    await service.readGuideline(services, await request.principal(), params.projectId, body.version);
    return undefined;
  });
  register(app, routes.guidelineUse, async ({ params, request }) =>
    service.guidelineUse(services, await request.principal(), params.projectId),
  );
  register(app, routes.writeGuideline, async ({ params, body, request }) =>
    service.writeGuideline(services, await request.principal(), params.projectId, body),
  );
}
