import { routes } from '@casebook/contracts';
import type { FastifyInstance } from 'fastify';
import { register } from '../http/register.ts';
import type { Services } from '../services.ts';
import * as service from './service.ts';

export function memberRoutes(app: FastifyInstance, services: Services): void {
  register(app, routes.members, async ({ params, request }) =>
    service.listMembers(services, await request.principal(), params.projectId),
  );
  register(app, routes.changeMember, async ({ params, body, request }) =>
    service.changeMember(services, await request.principal(), params.projectId, params.memberId, body),
  );
  register(app, routes.makeResetLink, async ({ params, request }) =>
    service.makeResetLink(services, await request.principal(), params.projectId, params.memberId),
  );
}
