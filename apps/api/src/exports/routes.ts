import {
  collectionIdSchema,
  judgementIdSchema,
  memberIdSchema,
  projectIdSchema,
  streams,
  taskIdSchema,
  validationIdSchema,
} from '@casebook/contracts';
import type { FastifyInstance, FastifyReply } from 'fastify';
import { z } from 'zod';
import { noQuery, registerDownload } from '../http/download.ts';
import type { Services } from '../services.ts';
import { connectionFor } from './connection.ts';
import type { OpenConnection } from './connection.ts';
import * as service from './service.ts';

const TAG = 'Exports';
const inProject = z.strictObject({ projectId: projectIdSchema });
const inTask = z.strictObject({ projectId: projectIdSchema, taskId: taskIdSchema });

const INCLUDABLE = ['extra', 'superseded'] as const;
const includeSchema = z
  .string()
  .transform((list) => list.split(',').filter((name) => name !== ''))
  .pipe(z.array(z.enum(INCLUDABLE)));

const lineQuery = z.strictObject({
  format: z.enum(['jsonl', 'csv']).default('jsonl'),
  task: taskIdSchema.optional(),
  coder: memberIdSchema.optional(),
  after: judgementIdSchema.optional(),
  limit: z.coerce.number().int().min(1).max(10_000_000).optional(),
  include: includeSchema.optional(),
  formulas: z.enum(['guarded', 'raw']).default('guarded'),
});
const judgementQuery = lineQuery.extend({ format: z.enum(['jsonl', 'csv', 'parquet']).default('jsonl') });

export function exportRoutes(app: FastifyInstance, services: Services): void {
  const opener =
    (reply: FastifyReply): OpenConnection =>
    () =>
      connectionFor(services, reply.raw);

  registerDownload(
    app,
    {
      path: streams.judgements,
      summary: 'Judgements as JSON lines, CSV or Parquet',
      description:
        'In the order of their arrival: what stands, in time and not replaced. `include=extra,superseded` adds what came too late, and the whole history with what was replaced or taken back. Where `limit` cuts the list short, the header `x-casebook-next` names the last judgement; go on with `after=` that id. Coders come by id and by name; an id stays the same when a name is changed. To follow a project live, begin again a few seconds back: judgements made at the same moment may arrive in either order. In CSV, text that a spreadsheet would run gets a `’` before it unless `formulas=raw`. Parquet has the columns of CSV, each of its own type, and holds what was there when it began.',
      tag: TAG,
      params: inProject,
      query: judgementQuery,
    },
    async ({ params, query, request, reply }) => {
      const { include = [], ...wish } = query;
      return service.judgements(
        services,
        await request.principal(),
        params.projectId,
        { ...wish, extra: include.includes('extra'), superseded: include.includes('superseded') },
        opener(reply),
      );
    },
  );
  registerDownload(
    app,
    {
      path: streams.validations,
      summary: 'Verdicts of validators as JSON lines or CSV',
      description:
        'In the order of their arrival, each with the reading that was shown: the judgement that stood for it, and what it said. Whoever disagreed answered something instead, which is a judgement of the stage `validation` among the judgements. Parameters are those of judgements; `after` names a verdict.',
      tag: TAG,
      params: inProject,
      query: lineQuery.extend({ after: validationIdSchema.optional() }),
    },
    async ({ params, query, request, reply }) => {
      const { include = [], ...wish } = query;
      return service.validations(
        services,
        await request.principal(),
        params.projectId,
        { ...wish, extra: include.includes('extra'), superseded: include.includes('superseded') },
        opener(reply),
      );
    },
  );
  registerDownload(
    app,
    {
      path: streams.readings,
      summary: 'Every reading of every unit, with votes, probabilities and decisions, as JSON lines or CSV',
      description:
        'What is made of the judgements and verdicts that count, as of one moment, in the order of the text. A line a unit in JSON; a line a reading in CSV, the columns of the unit before those of the reading. Coders stand by the ids that they have among judgements and verdicts, without names. `docs/readings-file.md` says how support and probabilities are computed from those.',
      tag: TAG,
      params: inTask,
      query: lineQuery.pick({ format: true, formulas: true }),
    },
    async ({ params, query, request, reply }) =>
      service.readings(
        services,
        await request.principal(),
        params.projectId,
        params.taskId,
        query,
        opener(reply),
      ),
  );
  registerDownload(
    app,
    {
      path: streams.units,
      summary: 'The units of a task with their gold, as JSON lines',
      tag: TAG,
      params: inTask,
      query: noQuery,
    },
    async ({ params, request, reply }) =>
      service.units(services, await request.principal(), params.projectId, params.taskId, opener(reply)),
  );
  registerDownload(
    app,
    {
      path: streams.documents,
      summary: 'The documents or pairs of a collection, as JSON lines',
      description:
        'Ranges count tokens. A document also brings its text, and the offsets of its tokens in it in code points.',
      tag: TAG,
      params: z.strictObject({ projectId: projectIdSchema, collectionId: collectionIdSchema }),
      query: noQuery,
    },
    async ({ params, request, reply }) =>
      service.items(
        services,
        await request.principal(),
        params.projectId,
        params.collectionId,
        opener(reply),
      ),
  );
  registerDownload(
    app,
    {
      path: streams.export,
      summary: 'The majority reading of a task, in a format that its type offers',
      tag: TAG,
      params: z.strictObject({ ...inTask.shape, format: z.string().max(40) }),
      query: noQuery,
    },
    async ({ params, request, reply }) =>
      service.majority(
        services,
        await request.principal(),
        params.projectId,
        params.taskId,
        params.format,
        opener(reply),
      ),
  );
}
