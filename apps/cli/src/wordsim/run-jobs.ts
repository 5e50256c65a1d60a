import { doJob, type DrawJob, type JobResult, jobSize } from '@casebook/agreement';
import { availableParallelism } from 'node:os';
import { Worker } from 'node:worker_threads';
import { Progress } from '../progress.ts';
import type { Terminal } from '../usage.ts';

/** Below so many cosines a thread takes longer to start than to be of use. */
const SMALL = 3_000_000;
const MOST_THREADS = 4;

/** Does all jobs, the largest first, in threads where that pays; results are in the jobs' own order. */
export async function runJobs(
  jobs: readonly DrawJob[],
  threads: number | null,
  terminal: Terminal,
): Promise<JobResult[]> {
  const progress = new Progress(terminal, 'sanity', 'the draws');
  const total = jobs.reduce((sum, job) => sum + jobSize(job), 0);
  let done = 0;
  const finished = (job: DrawJob): void => {
    done += jobSize(job);
    progress.report(done / total);
  };
  const wanted = threads ?? Math.min(availableParallelism(), MOST_THREADS);
  try {
    if (wanted === 1 || total < SMALL) {
      return jobs.map((job) => {
        const result = doJob(job);
        finished(job);
        return result;
      });
    }
    const results = new Array<JobResult | undefined>(jobs.length);
    const waiting = jobs
      .map((job, index) => ({ job, index }))
      .sort((one, other) => jobSize(one.job) - jobSize(other.job));
    await Promise.all(
      Array.from({ length: Math.min(wanted, jobs.length) }, () =>
        workThrough(() => waiting.pop(), results, finished),
      ),
    );
    return results.flatMap((result) => (result === undefined ? [] : [result]));
  } finally {
    progress.end();
  }
}

interface Waiting {
  readonly job: DrawJob;
  readonly index: number;
}

async function workThrough(
  next: () => Waiting | undefined,
  results: (JobResult | undefined)[],
  finished: (job: DrawJob) => void,
): Promise<void> {
  const worker = new Worker(new URL('./draw-thread.ts', import.meta.url));
  try {
    for (let waiting = next(); waiting !== undefined; waiting = next()) {
      results[waiting.index] = await answerOf(worker, waiting.job);
      finished(waiting.job);
    }
  } finally {
    await worker.terminate();
  }
}

function answerOf(worker: Worker, job: DrawJob): Promise<JobResult> {
  return new Promise((resolve, reject) => {
    const answered = (result: JobResult): void => {
      settle();
      resolve(result);
    };
    const failed = (error: unknown): void => {
      settle();
      reject(error instanceof Error ? error : new Error(String(error)));
    };
    const ended = (code: number): void => {
      failed(new Error(`a thread ended with code ${code} before its job`));
    };
    const settle = (): void => {
      worker.off('message', answered).off('error', failed).off('exit', ended);
    };
    worker.on('message', answered).on('error', failed).on('exit', ended);
    worker.postMessage(job);
  });
}
