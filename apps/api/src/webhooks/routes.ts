import { routes } from '@casebook/contracts';
import type { FastifyInstance } from 'fastify';
import { register } from '../http/register.ts';
import type { Services } from '../services.ts';
import * as service from './service.ts';

export function webhookRoutes(app: FastifyInstance, services: Services): void {
  register(app, routes.webhooks, async ({ params, request }) =>
    service.listWebhooks(services, await request.principal(), params.projectId),
  );
  register(app, routes.makeWebhook, async ({ params, body, request }) =>
    service.makeWebhook(services, await request.principal(), params.projectId, body),
  );
  register(app, routes.changeWebhook, async ({ params, body, request }) =>
    service.changeWebhook(
      services,
      await request.principal(),
      params.projectId,
      params.webhookId,
      body.enabled,
    ),
  );
  register(app, routes.removeWebhook, async ({ params, request }) => {
    await service.removeWebhook(services, await request.principal(), params.projectId, params.webhookId);
    return undefined;
  });
  register(app, routes.testWebhook, async ({ params, request }) => {
    await service.testWebhook(services, await request.principal(), params.projectId, params.webhookId);
    return undefined;
  });
  register(app, routes.webhookDeliveries, async ({ params, query, request }) =>
    service.listDeliveries(services, await request.principal(), params.projectId, params.webhookId, query),
  );
  register(app, routes.redeliver, async ({ params, request }) => {
    const { projectId, webhookId, deliveryId } = params;
    await service.redeliver(services, await request.principal(), projectId, webhookId, deliveryId);
    return undefined;
  });
}
