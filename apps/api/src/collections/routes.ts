import { routes } from '@casebook/contracts';
import type { FastifyInstance } from 'fastify';
import { register } from '../http/register.ts';
import type { Services } from '../services.ts';
import * as service from './service.ts';

export function collectionRoutes(app: FastifyInstance, services: Services): void {
  register(app, routes.collections, async ({ params, request }) =>
    service.listCollections(services, await request.principal(), params.projectId),
  );
  register(app, routes.makeCollection, async ({ params, body, request }) =>
    service.makeCollection(services, await request.principal(), params.projectId, body),
  );
  register(app, routes.collection, async ({ params, request }) =>
    service.readCollection(services, await request.principal(), params.projectId, params.collectionId),
  );
  register(app, routes.items, async ({ params, query, request }) =>
    service.listItems(services, await request.principal(), params.projectId, params.collectionId, query),
  );
  register(app, routes.item, async ({ params, request }) =>
    service.readItem(
      services,
      await request.principal(),
      params.projectId,
      params.collectionId,
      params.itemId,
    ),
  );
}
