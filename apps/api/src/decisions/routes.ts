import { routes } from '@casebook/contracts';
import type { FastifyInstance } from 'fastify';
import { register } from '../http/register.ts';
import type { Services } from '../services.ts';
import * as service from './service.ts';

export function decisionRoutes(app: FastifyInstance, services: Services): void {
  register(app, routes.decisions, async ({ params, request }) =>
    service.listDecisions(services, await request.principal(), params.projectId),
  );
  register(app, routes.publishDecision, async ({ params, body, request }) =>
    service.publishDecision(services, await request.principal(), params.projectId, body),
  );
  register(app, routes.withdrawDecision, async ({ params, body, request }) =>
    service.withdrawDecision(
      services,
      await request.principal(),
      params.projectId,
      params.number,
      body.reason,
    ),
  );
}
