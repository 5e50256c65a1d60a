import { setTimeout as sleep } from 'node:timers/promises';
import { Readable } from 'node:stream';
import type { ProjectId } from '@casebook/contracts';
import { projectIdSchema, streams } from '@casebook/contracts';
import type { FastifyInstance } from 'fastify';
import { z } from 'zod';
import { requireRight } from '../access/rules.ts';
import type { Services } from '../services.ts';
import { pulseOfProject } from './repository.ts';

const LOOK_EVERY_MS = 1_500;
const PING_EVERY_LOOKS = 10;

/**
 * What changed in a project since the last look. Every replica looks for itself, so that it does not matter where
 * a judgement arrived, a task was planned or figures were computed. `watching` says that the first look is done: what
 * a page loads after it, it is kept up to date about.
 */
async function* changes(
  services: Services,
  projectId: ProjectId,
  signal: AbortSignal,
): AsyncGenerator<string> {
  const seen = new Map<string, { progress: string; computed: number | undefined }>();
  yield 'retry: 3000\n\n';
  for (let look = 0; !signal.aborted; look += 1) {
    for (const task of await pulseOfProject(services.database.prisma, projectId)) {
      const now = {
        progress: [task.planningIsOver, task.newest, task.newestVerdict, task.stages].join(' '),
        computed: task.computedAt?.getTime(),
      };
      const before = seen.get(task.taskId);
      seen.set(task.taskId, now);
      if (before === undefined) continue;
      const data = JSON.stringify({ taskId: task.taskId });
      if (before.progress !== now.progress) yield `event: progress\ndata: ${data}\n\n`;
      if (before.computed !== now.computed) yield `event: agreement\ndata: ${data}\n\n`;
    }
    if (look === 0) yield 'event: watching\ndata: {}\n\n';
    if (look % PING_EVERY_LOOKS === 0) yield 'event: ping\ndata: {}\n\n';
    await sleep(LOOK_EVERY_MS, undefined, { signal }).catch(() => undefined);
  }
}

/** Server-sent events of a project, for those who may see its results. */
export function eventRoutes(app: FastifyInstance, services: Services): void {
  app.get(
    streams.events,
    {
      schema: {
        summary:
          'Server-sent events: `watching` once at the beginning, then `progress` and `agreement`, each naming a task',
        tags: ['Agreement'],
        params: z.strictObject({ projectId: projectIdSchema }),
        querystring: z.strictObject({}),
      },
    },
    async (request, reply) => {
      const { projectId } = z.strictObject({ projectId: projectIdSchema }).parse(request.params);
      await requireRight(services.database.prisma, await request.principal(), projectId, 'read-results');
      const gone = new AbortController();
      request.raw.once('close', () => {
        gone.abort();
      });
      // A combined signal keeps no listener on what outlives the request.
      const over = AbortSignal.any([gone.signal, services.closing]);
      return reply
        .header('content-type', 'text/event-stream; charset=utf-8')
        .header('cache-control', 'no-store')
        .header('x-accel-buffering', 'no')
        .send(Readable.from(changes(services, projectId, over)));
    },
  );
}
