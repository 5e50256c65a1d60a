import { fork } from 'node:child_process';
import { getCompileCacheDir } from 'node:module';
import { fileURLToPath } from 'node:url';
import type { Services } from '../services.ts';
import type { ComputedAgreement } from './compute.ts';
import * as repository from './repository.ts';

const RESAMPLES = 1_000;
const COMPUTATION = fileURLToPath(new URL('./computation.ts', import.meta.url));

function computeApart(order: object, signal: AbortSignal | undefined): Promise<ComputedAgreement> {
  // What comes over is what `computation.ts` sent; both are this build's own.
  return answerOf(COMPUTATION, order, signal) as Promise<ComputedAgreement>;
}

/** What a process of its own makes of an order. @throws where it ends without an answer, or is stopped. */
export function answerOf(program: string, order: object, signal: AbortSignal | undefined): Promise<unknown> {
  return new Promise((resolve, reject) => {
    const cache = getCompileCacheDir();
    const child = fork(program, {
      serialization: 'advanced',
      env: { ...process.env, ...(cache === undefined ? {} : { NODE_COMPILE_CACHE: cache }) },
      ...(signal === undefined ? {} : { signal }),
    });
    child.once('message', resolve);
    child.once('error', reject);
    child.once('exit', (code) => {
      reject(new Error(`the computation of agreement ended with ${String(code)}`));
    });
    child.send(order);
  });
}

/** Computes a task's agreement and stores it. */
export async function recompute(
  services: Services,
  job: { projectId: string; taskId: string },
  signal?: AbortSignal,
): Promise<void> {
  const task = await repository.findTaskToCompare(services.database.prisma, job.projectId, job.taskId);
  if (task === undefined) return;
  const request = { seed: task.seed, resamples: RESAMPLES };
  const computed = await computeApart(
    {
      databaseUrl: services.database.url,
      ...job,
      type: task.type,
      protocol: task.protocol,
      ...request,
    },
    signal,
  );
  await services.database.prisma.$transaction((transaction) =>
    repository.replaceAgreement(transaction, job.projectId, job.taskId, computed, request),
  );
}

/** After a computation the task rests for this many times as long, so that figures never crowd out judging. */
const REST = 10;
const LONGEST_REST_MS = 60_000;

/** Recomputes what it is told to, and once a minute whatever was missed. */
export async function agreementWorker(services: Services): Promise<void> {
  const restsUntil = new Map<string, number>();
  await services.jobs.work('recompute-agreement', async (job, signal) => {
    const began = Date.now();
    const rest = (restsUntil.get(job.taskId) ?? 0) - began;
    if (rest > 0) {
      await services.jobs.send('recompute-agreement', job, job.taskId, Math.ceil(rest / 1000));
      return;
    }
    await recompute(services, job, signal);
    const took = Date.now() - began;
    restsUntil.set(job.taskId, Date.now() + Math.min(LONGEST_REST_MS, took * REST));
  });
  await services.jobs.work('sweep-agreement', async () => {
    for (const task of await repository.listStaleTasks(services.database.prisma)) {
      await services.jobs.send('recompute-agreement', task, task.taskId);
    }
  });
  await services.jobs.schedule('sweep-agreement', '* * * * *');
}
