import { routes } from '@casebook/contracts';
import type { FastifyInstance } from 'fastify';
import { Forbidden } from '../errors.ts';
import { register } from '../http/register.ts';
import type { Services } from '../services.ts';
import { TaskMemory } from './known-task.ts';
import { Submissions, submit } from './service.ts';

/** In bytes. The log of a whole document goes with every save: 8 MB at most, and a comment. */
const MOST_OF_A_JUDGEMENT = 9_000_000;

export function judgementRoutes(app: FastifyInstance, services: Services): void {
  const memory = new TaskMemory();
  const submissions = new Submissions(services);
  register(
    app,
    routes.submit,
    ({ params, body, request }) => {
      if (request.headers.authorization !== undefined)
        throw new Forbidden('Judgements are made by people; a token can’t submit them.');
      const submitter = { sessionHash: request.sessionHash(), principal: () => request.principal() };
      return submit(services, memory, submissions, submitter, params.projectId, params.taskId, body);
    },
    { bodyLimit: MOST_OF_A_JUDGEMENT },
  );
}
