import { routes } from '@casebook/contracts';
import type { FastifyInstance } from 'fastify';
import { register } from '../http/register.ts';
import type { Services } from '../services.ts';
import * as service from './service.ts';

export function tokenRoutes(app: FastifyInstance, services: Services): void {
  register(app, routes.tokens, async ({ params, request }) =>
    service.listTokens(services, await request.principal(), params.projectId),
  );
  register(app, routes.makeToken, async ({ params, body, request }) =>
    service.makeToken(services, await request.principal(), params.projectId, body),
  );
  register(app, routes.revokeToken, async ({ params, request }) => {
    await service.revokeToken(services, await request.principal(), params.projectId, params.tokenId);
    return undefined;
  });
}
