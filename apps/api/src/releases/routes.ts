import { projectIdSchema, releaseNumberSchema, routes, streams } from '@casebook/contracts';
import type { FastifyInstance } from 'fastify';
import { z } from 'zod';
import { noQuery, registerDownload } from '../http/download.ts';
import { register } from '../http/register.ts';
import type { Services } from '../services.ts';
import * as service from './service.ts';

export function releaseRoutes(app: FastifyInstance, services: Services): void {
  register(app, routes.releases, async ({ params, request }) =>
    service.listReleases(services, await request.principal(), params.projectId),
  );
  register(app, routes.makeRelease, async ({ params, request }) =>
    service.orderRelease(services, await request.principal(), params.projectId),
  );
  register(app, routes.release, async ({ params, request }) =>
    service.readRelease(services, await request.principal(), params.projectId, params.number),
  );
  register(app, routes.withdrawRelease, async ({ params, body, request }) =>
    service.withdrawRelease(
      services,
      await request.principal(),
      params.projectId,
      params.number,
      body.reason,
    ),
  );
  registerDownload(
    app,
    {
      path: streams.releaseFile,
      summary: 'The file of a release, as a tar',
      description:
        'What was made under this number, to the byte; `x-casebook-root` is its root hash. Check it with `casebook verify`. A release that was withdrawn is still given: whoever has it can find out so.',
      tag: 'Releases',
      params: z.strictObject({ projectId: projectIdSchema, number: releaseNumberSchema }),
      query: noQuery,
    },
    async ({ params, request }) =>
      service.releaseFile(services, await request.principal(), params.projectId, params.number),
  );
}
