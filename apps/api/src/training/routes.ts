import { routes } from '@casebook/contracts';
import type { FastifyInstance } from 'fastify';
import { register } from '../http/register.ts';
import type { Services } from '../services.ts';
import * as service from './service.ts';

export function trainingRoutes(app: FastifyInstance, services: Services): void {
  register(app, routes.training, async ({ params, request }) =>
    service.training(services, await request.principal(), params.projectId, params.taskId),
  );
  register(app, routes.answerTraining, async ({ params, body, request }) =>
    service.answer(services, await request.principal(), params.projectId, params.taskId, body),
  );
  register(app, routes.explainGold, async ({ params, body, request }) => {
    await service.explainGold(
      services,
      await request.principal(),
      params.projectId,
      params.unitId,
      body.explanation,
    );
    return undefined;
  });
}
