import { importSchema, routes, streams } from '@casebook/contracts';
import { tableRow } from '@casebook/corpora';
import type { Refusal } from '@casebook/contracts';
import type { FastifyInstance } from 'fastify';
import type { z } from 'zod';
import { noQuery, registerDownload } from '../http/download.ts';
import { register } from '../http/register.ts';
import type { Services } from '../services.ts';
import { MAXIMUM_UPLOAD, MULTIPART_OVERHEAD } from './limits.ts';
import * as service from './service.ts';
import { takeFile } from './uploaded-file.ts';

const inCollection = routes.collection.params;
const ofImport = routes.import.params;

export function importRoutes(app: FastifyInstance, services: Services): void {
  if (inCollection === undefined || ofImport === undefined) throw new Error('these routes have parameters');

  app.post(
    streams.upload,
    {
      bodyLimit: MAXIMUM_UPLOAD + MULTIPART_OVERHEAD,
      schema: {
        summary: 'Read a file as a dry run: what it holds, and what of it was refused',
        description:
          'Multipart, one file. Nothing is added to the collection before the import is committed.',
        tags: ['Collections'],
        consumes: ['multipart/form-data'],
        params: inCollection,
        response: { 201: importSchema },
      },
    },
    async (request, reply) => {
      // The compiled schema above has parsed these.
      const { projectId, collectionId } = request.params as z.output<typeof inCollection>;
      const read = await service.upload(services, await request.principal(), projectId, collectionId, (use) =>
        takeFile(request, use),
      );
      return reply.status(201).send(read);
    },
  );
  register(app, routes.imports, async ({ params, request }) =>
    service.listImports(services, await request.principal(), params.projectId, params.collectionId),
  );
  register(app, routes.import, async ({ params, request }) =>
    service.readImport(
      services,
      await request.principal(),
      params.projectId,
      params.collectionId,
      params.importId,
    ),
  );
  register(app, routes.commitImport, async ({ params, request }) =>
    service.acceptImport(
      services,
      await request.principal(),
      params.projectId,
      params.collectionId,
      params.importId,
    ),
  );
  register(app, routes.discardImport, async ({ params, request }) => {
    await service.discardImport(
      services,
      await request.principal(),
      params.projectId,
      params.collectionId,
      params.importId,
    );
    return undefined;
  });
  registerDownload(
    app,
    {
      path: streams.refusals,
      summary: 'Every refused line of an upload, as CSV',
      tag: 'Collections',
      params: ofImport,
      query: noQuery,
    },
    async ({ params, request }) => {
      const { fileName, batches } = await service.refusalsOf(
        services,
        await request.principal(),
        params.projectId,
        params.collectionId,
        params.importId,
      );
      return {
        fileName: `${fileName} refusals.csv`,
        mediaType: 'text/csv; charset=utf-8',
        text: refusalTable(batches),
      };
    },
  );
}

async function* refusalTable(batches: AsyncIterable<readonly Refusal[]>): AsyncGenerator<string> {
  const style = { separator: ',' } as const;
  yield tableRow(['file', 'line', 'column', 'reason', 'expected'], style);
  for await (const batch of batches) {
    for (const { file, line, column, reason, expected } of batch)
      yield tableRow([file, line, column, reason, expected], style);
  }
}
