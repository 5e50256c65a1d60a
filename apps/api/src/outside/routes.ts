import { answerFileSchema, answerFileWishSchema, routes, streams } from '@casebook/contracts';
import type { FastifyInstance } from 'fastify';
import type { z } from 'zod';
import { register } from '../http/register.ts';
import { MAXIMUM_UPLOAD, MULTIPART_OVERHEAD } from '../imports/limits.ts';
import { takeFile } from '../imports/uploaded-file.ts';
import type { Services } from '../services.ts';
import * as service from './service.ts';

const inTask = routes.answerFiles.params;

export function outsideRoutes(app: FastifyInstance, services: Services): void {
  if (inTask === undefined) throw new Error('this route has parameters');
  app.post(
    streams.uploadAnswers,
    {
      bodyLimit: MAXIMUM_UPLOAD + MULTIPART_OVERHEAD,
      schema: {
        summary: 'Read a file with coders’ answers as a dry run: whose they are, and what found no unit',
        description:
          'Multipart, one file. Individual judgements (own JSONL, MAS-XML, ezCoref, exported judgements), or chains of one coder (CoNLL-2012, CoNLL-U, JSONL with `clusters`, …). Documents are found by their names and must have the task’s text; a mention is the unit over exactly the same words. Nothing counts before it is committed.',
        tags: ['Outside coders'],
        consumes: ['multipart/form-data'],
        params: inTask,
        querystring: answerFileWishSchema,
        response: { 201: answerFileSchema },
      },
    },
    async (request, reply) => {
      // The compiled schemas above have parsed these.
      const { projectId, taskId } = request.params as z.output<typeof inTask>;
      const wish = request.query as z.output<typeof answerFileWishSchema>;
      const read = await service.upload(services, await request.principal(), projectId, taskId, wish, (use) =>
        takeFile(request, use),
      );
      return reply.status(201).send(read);
    },
  );
  register(app, routes.answerFiles, async ({ params, request }) =>
    service.listFiles(services, await request.principal(), params.projectId, params.taskId),
  );
  register(app, routes.commitAnswerFile, async ({ params, request }) =>
    service.commit(services, await request.principal(), params.projectId, params.taskId, params.answerFileId),
  );
  register(app, routes.removeAnswerFile, async ({ params, request }) => {
    await service.remove(
      services,
      await request.principal(),
      params.projectId,
      params.taskId,
      params.answerFileId,
    );
    return undefined;
  });
  register(app, routes.outsideCoders, async ({ params, request }) =>
    service.listCoders(services, await request.principal(), params.projectId),
  );
}
