import { auditFilterSchema, projectIdSchema, routes, streams } from '@casebook/contracts';
import type { FastifyInstance } from 'fastify';
import { z } from 'zod';
import { registerDownload } from '../http/download.ts';
import { register } from '../http/register.ts';
import type { Services } from '../services.ts';
import * as service from './service.ts';

export function auditRoutes(app: FastifyInstance, services: Services): void {
  register(app, routes.audit, async ({ params, query, request }) =>
    service.listAudit(services, await request.principal(), params.projectId, query),
  );
  registerDownload(
    app,
    {
      path: streams.audit,
      summary: 'What was done in a project as CSV, newest first',
      tag: 'People',
      params: z.strictObject({ projectId: projectIdSchema }),
      query: auditFilterSchema,
    },
    async ({ params, query, request }) => ({
      fileName: 'audit.csv',
      mediaType: 'text/csv; charset=utf-8',
      text: await service.auditTable(services, await request.principal(), params.projectId, query),
    }),
  );
}
