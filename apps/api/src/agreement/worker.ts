import { once } from 'node:events';
import { Worker } from 'node:worker_threads';
import type { Services } from '../services.ts';
import type { ComputedAgreement } from './compute.ts';
import * as repository from './repository.ts';

const RESAMPLES = 1_000;

/** Computes a task's agreement in a thread and stores it. */
export async function recompute(
  services: Services,
  job: { projectId: string; taskId: string },
  signal?: AbortSignal,
): Promise<void> {
  const task = await repository.findTaskToCompare(services.database.prisma, job.projectId, job.taskId);
  if (task === undefined) return;
  const request = { seed: task.seed, resamples: RESAMPLES };
  const thread = new Worker(new URL('./thread.ts', import.meta.url), {
    workerData: {
      databaseUrl: services.database.url,
      ...job,
      type: task.type,
      protocol: task.protocol,
      ...request,
    },
  });
  const stop = () => void thread.terminate();
  signal?.addEventListener('abort', stop);
  try {
    // What comes over is what `thread.ts` posted; both are this build's own.
    const [computed] = (await once(thread, 'message')) as [ComputedAgreement];
    await services.database.prisma.$transaction((transaction) =>
      repository.replaceAgreement(transaction, job.projectId, job.taskId, computed, request),
    );
  } finally {
    signal?.removeEventListener('abort', stop);
    await thread.terminate();
  }
}

/** After a computation the task rests for this many times as long, so that figures never crowd out judging. */
const REST = 5;
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
