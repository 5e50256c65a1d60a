import { Readable } from 'node:stream';
import { projectIdSchema, routes, streams, taskIdSchema, trainingTableSchema } from '@casebook/contracts';
import type { FastifyInstance } from 'fastify';
import { z } from 'zod';
import { noQuery, registerDownload } from '../http/download.ts';
import { register } from '../http/register.ts';
import type { Services } from '../services.ts';
import { ratings } from './rating-report.ts';
import * as service from './service.ts';
import { tableOf } from './tables.ts';
import { trainingRounds } from './training-report.ts';

export function trainingRoutes(app: FastifyInstance, services: Services): void {
  register(app, routes.training, async ({ params, request }) =>
    service.training(services, await request.principal(), params.projectId, params.taskId),
  );
  register(app, routes.answerTraining, async ({ params, body, request }) =>
    service.answer(services, await request.principal(), params.projectId, params.taskId, body),
  );
  register(app, routes.allowTraining, async ({ params, body, request }) => {
    await service.allowTraining(
      services,
      await request.principal(),
      params.projectId,
      params.taskId,
      body.coder,
    );
    return undefined;
  });
  register(app, routes.trainingRounds, async ({ params, request }) =>
    trainingRounds(services, await request.principal(), params.projectId, params.taskId),
  );
  register(app, routes.ratings, async ({ params, request }) =>
    ratings(services, await request.principal(), params.projectId, params.taskId),
  );
  registerDownload(
    app,
    {
      path: streams.trainingTable,
      summary: 'A table of training or of hidden gold as CSV',
      description:
        'Of a task that trains coders `rounds`, `confusion` and `questions`, of another `ratings`. `low` and `high` are the ends of the 95 % interval of `share` by Wilson’s score.',
      tag: 'Training',
      params: z.strictObject({
        projectId: projectIdSchema,
        taskId: taskIdSchema,
        table: trainingTableSchema,
      }),
      query: noQuery,
    },
    async ({ params, request }) => {
      const text = Readable.from(await tableOf(services, await request.principal(), params));
      return {
        fileName: `training ${params.table}.csv`,
        mediaType: 'text/csv; charset=utf-8',
        text,
      };
    },
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
