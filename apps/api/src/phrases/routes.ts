import { routes } from '@casebook/contracts';
import type { FastifyInstance } from 'fastify';
import { register } from '../http/register.ts';
import type { Services } from '../services.ts';
import * as service from './service.ts';

export function phraseRoutes(app: FastifyInstance, services: Services): void {
  register(app, routes.phraseReviews, async ({ params: { projectId, collectionId }, request }) =>
    service.listReviews(services, await request.principal(), projectId, collectionId),
  );
  register(app, routes.proposePhrases, async ({ params: { projectId, collectionId }, body, request }) =>
    service.propose(services, await request.principal(), projectId, collectionId, body.rules),
  );
  register(app, routes.phraseReview, async ({ params: { projectId, collectionId, itemId }, request }) =>
    service.readReview(services, await request.principal(), projectId, collectionId, itemId),
  );
  register(
    app,
    routes.changePhrases,
    async ({ params: { projectId, collectionId, itemId }, body, request }) =>
      service.changeReview(services, await request.principal(), projectId, collectionId, itemId, body),
  );
  register(
    app,
    routes.confirmPhrases,
    async ({ params: { projectId, collectionId, itemId }, body, request }) =>
      service.confirmReview(services, await request.principal(), projectId, collectionId, itemId, body),
  );
  register(app, routes.dropPhrases, async ({ params: { projectId, collectionId, itemId }, request }) => {
    await service.dropReview(services, await request.principal(), projectId, collectionId, itemId);
    return undefined;
  });
}
