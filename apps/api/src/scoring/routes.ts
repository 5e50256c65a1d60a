import { routes } from '@casebook/contracts';
import type { FastifyInstance } from 'fastify';
import { register } from '../http/register.ts';
import type { Services } from '../services.ts';
import * as service from './service.ts';

export function scoringRoutes(app: FastifyInstance, services: Services): void {
  register(app, routes.cases, async ({ request }) => service.listCases(services, await request.principal()));
  register(app, routes.explanation, async ({ params, request }) =>
    service.readExplanation(services, await request.principal(), params.projectId, params.sectionId),
  );
  register(app, routes.scoring, async ({ params, request }) =>
    service.readScoring(services, await request.principal(), params.projectId),
  );
  register(app, routes.writeScoringRules, async ({ params, body, request }) =>
    service.writeRules(services, await request.principal(), params.projectId, body),
  );
  register(app, routes.previewScoringRules, async ({ params, body, request }) =>
    service.previewRules(services, await request.principal(), params.projectId, body.rules),
  );
  register(app, routes.changeBoard, async ({ params, body, request }) =>
    service.changeBoard(services, await request.principal(), params.projectId, body.board),
  );
  register(app, routes.stayOffBoard, async ({ params, body, request }) =>
    service.stayOffBoard(services, await request.principal(), params.projectId, body.staysOff),
  );
  register(app, routes.board, async ({ params, query, request }) =>
    service.readBoard(services, await request.principal(), params.projectId, query.period),
  );
}
