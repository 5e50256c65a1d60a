/** A thread that does jobs one after another, as they are sent. */
import { parentPort } from 'node:worker_threads';
import { doJob, type DrawJob } from './draw-jobs.ts';

parentPort?.on('message', (job: DrawJob) => {
  parentPort?.postMessage(doJob(job));
});
