import { Readable } from 'node:stream';
import { projectIdSchema, routes, streams, taskIdSchema } from '@casebook/contracts';
import type { FastifyInstance } from 'fastify';
import { z } from 'zod';
import { noQuery, registerDownload } from '../http/download.ts';
import { register } from '../http/register.ts';
import type { Services } from '../services.ts';
import { eventRoutes } from './events.ts';
import { changesTable, looksCompared } from './looks-service.ts';
import * as service from './service.ts';

export function agreementRoutes(app: FastifyInstance, services: Services): void {
  register(app, routes.agreement, async ({ params, request }) =>
    service.agreement(services, await request.principal(), params.projectId, params.taskId),
  );
  register(app, routes.disagreements, async ({ params, query, request }) =>
    service.disagreements(services, await request.principal(), params.projectId, params.taskId, query),
  );
  register(app, routes.weighedReadings, async ({ params, query, request }) =>
    service.weighedReadings(services, await request.principal(), params.projectId, params.taskId, query),
  );
  register(app, routes.unit, async ({ params, request }) =>
    service.unit(services, await request.principal(), params.projectId, params.unitId),
  );
  register(app, routes.looksCompared, async ({ params, request }) =>
    looksCompared(services, await request.principal(), params.projectId, params.taskId),
  );
  registerDownload(
    app,
    {
      path: streams.changedAnswers,
      summary: 'Every answer that changed between a first and a second look, as CSV',
      description:
        'One row for each coder and unit whose two counted answers are different readings: `before` and `after` in words.',
      tag: 'Second looks',
      params: z.strictObject({ projectId: projectIdSchema, taskId: taskIdSchema }),
      query: noQuery,
    },
    async ({ params, request }) => ({
      fileName: 'changed answers.csv',
      mediaType: 'text/csv; charset=utf-8',
      text: Readable.from(
        await changesTable(services, await request.principal(), params.projectId, params.taskId),
      ),
    }),
  );
  eventRoutes(app, services);
}
