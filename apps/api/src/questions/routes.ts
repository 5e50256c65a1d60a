import { routes } from '@casebook/contracts';
import type { FastifyInstance } from 'fastify';
import { register } from '../http/register.ts';
import type { Services } from '../services.ts';
import * as service from './service.ts';

export function questionRoutes(app: FastifyInstance, services: Services): void {
  register(app, routes.questions, async ({ params, request }) =>
    service.listQuestions(services, await request.principal(), params.projectId),
  );
  register(app, routes.ask, async ({ params, body, request }) =>
    service.ask(services, await request.principal(), params.projectId, body),
  );
  register(app, routes.question, async ({ params, request }) =>
    service.question(services, await request.principal(), params.projectId, params.questionId),
  );
  register(app, routes.answerQuestion, async ({ params, body, request }) =>
    service.answer(services, await request.principal(), params.projectId, params.questionId, body.text),
  );
  register(app, routes.seeAnswers, async ({ params, request }) => {
    await service.seeAnswers(services, await request.principal(), params.projectId, params.questionId);
    return undefined;
  });
  register(app, routes.deskQuestions, async ({ request }) =>
    service.deskQuestions(services, await request.principal()),
  );
}
