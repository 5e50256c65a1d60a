import { routes } from '@casebook/contracts';
import type { FastifyInstance } from 'fastify';
import { register } from '../http/register.ts';
import type { Services } from '../services.ts';
import * as service from './service.ts';

export function auditRoutes(app: FastifyInstance, services: Services): void {
  register(app, routes.audit, async ({ params, query, request }) =>
    service.listAudit(services, await request.principal(), params.projectId, query),
  );
}
