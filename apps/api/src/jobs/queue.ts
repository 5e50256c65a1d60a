import { fromPrisma, PgBoss } from 'pg-boss';
import type { Prisma } from '../database/client.ts';

/** Every kind of background work, with what it is told. */
interface Jobs {
  'advance-stages': { readonly projectId: string; readonly taskId: string };
  'commit-import': { readonly projectId: string; readonly importId: string };
  'deliver-webhook': { readonly projectId: string; readonly webhookId: string };
  'make-release': { readonly projectId: string; readonly number: number };
  'plan-task': { readonly projectId: string; readonly taskId: string };
  'propose-phrases': { readonly projectId: string; readonly collectionId: string };
  'rate-coders': { readonly projectId: string; readonly taskId: string };
  'recompute-agreement': { readonly projectId: string; readonly taskId: string };
  'score-task': { readonly projectId: string; readonly taskId: string };
  sweep: Record<string, never>;
  'sweep-agreement': Record<string, never>;
  'sweep-imports': Record<string, never>;
  'sweep-phrases': Record<string, never>;
  'sweep-plans': Record<string, never>;
  'sweep-releases': Record<string, never>;
  'sweep-scores': Record<string, never>;
  'sweep-stages': Record<string, never>;
  'sweep-webhooks': Record<string, never>;
  'request-reset': { readonly email: string; readonly device: string; readonly origin: string };
  /** A mail as `sealMail` made it. */
  'send-mail': { readonly sealed: string };
}
type JobName = keyof Jobs;

const NAMES: readonly JobName[] = [
  'advance-stages',
  'commit-import',
  'deliver-webhook',
  'make-release',
  'plan-task',
  'propose-phrases',
  'rate-coders',
  'recompute-agreement',
  'score-task',
  'sweep',
  'sweep-agreement',
  'sweep-imports',
  'sweep-phrases',
  'sweep-plans',
  'sweep-releases',
  'sweep-scores',
  'sweep-stages',
  'sweep-webhooks',
  'request-reset',
  'send-mail',
];

/** One job at a time for a key; those sent meanwhile wait as one. */
const KEYED: ReadonlySet<JobName> = new Set([
  'recompute-agreement',
  'plan-task',
  'propose-phrases',
  'commit-import',
  'advance-stages',
  'rate-coders',
  'score-task',
]);

/**
 * One that waits at a time for a key, however many are at work: what a killed process left behind holds up nothing.
 * Whoever works on these sees to it that two do not take up the same.
 */
const WAITING_ONCE: ReadonlySet<JobName> = new Set(['deliver-webhook', 'make-release']);

/** How many of a kind a process works on at a time, where it is not one: those that mostly wait for others. */
const AT_ONCE: { readonly [Name in JobName]?: number } = { 'deliver-webhook': 4 };

export interface JobQueue {
  /** Sends a job inside the transaction that causes it, so that neither exists without the other. */
  sendWithin<Name extends JobName>(
    transaction: Prisma.TransactionClient,
    name: Name,
    job: Jobs[Name],
    key?: string,
  ): Promise<void>;
  /** `afterSeconds` keeps it from being taken up at once. */
  send<Name extends JobName>(name: Name, job: Jobs[Name], key?: string, afterSeconds?: number): Promise<void>;
  /** Takes up jobs of a kind in this process. */
  work<Name extends JobName>(
    name: Name,
    handler: (job: Jobs[Name], signal: AbortSignal) => Promise<void>,
  ): Promise<void>;
  /** Repeats a job by a cron line, once for all replicas. */
  schedule(name: JobName, cron: string): Promise<void>;
  start(): Promise<void>;
  stop(): Promise<void>;
}

/** Jobs kept in Postgres, in a schema of their own. `onError` is told of every try that failed; it is tried again. */
export function makeJobQueue(url: string, onError: (error: Error) => void): JobQueue {
  const boss = new PgBoss({ connectionString: url, max: 3, application_name: 'casebook-jobs' });
  boss.on('error', onError);
  const options = (key: string | undefined) => (key === undefined ? {} : { singletonKey: key });
  return {
    sendWithin: async (transaction, name, job, key) => {
      await boss.send(name, job, { ...options(key), db: fromPrisma(transaction) });
    },
    send: async (name, job, key, afterSeconds) => {
      await boss.send(name, job, {
        ...options(key),
        ...(afterSeconds === undefined ? {} : { startAfter: afterSeconds }),
      });
    },
    work: async (name, handler) => {
      await boss.work<Jobs[typeof name]>(
        name,
        { pollingIntervalSeconds: 0.5, batchSize: 1, localConcurrency: AT_ONCE[name] ?? 1 },
        async ([job]) => {
          if (job === undefined) return;
          try {
            await handler(job.data, job.signal);
          } catch (cause) {
            onError(new Error(`Job ${name} (${job.id}) failed`, { cause }));
            throw cause;
          }
        },
      );
    },
    schedule: async (name, cron) => {
      await boss.schedule(name, cron);
    },
    start: async () => {
      await boss.start();
      for (const name of NAMES) {
        await boss.createQueue(name, {
          policy: KEYED.has(name) ? 'stately' : WAITING_ONCE.has(name) ? 'short' : 'standard',
          retryLimit: 3,
          retryBackoff: true,
          expireInSeconds: 3600,
        });
      }
    },
    stop: async () => {
      await boss.stop({ graceful: true, timeout: 10_000 });
    },
  };
}
