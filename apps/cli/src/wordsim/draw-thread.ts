/** A thread that does jobs one after another, as they are sent. */
import { doJob, type DrawJob } from '@casebook/agreement';
import { parentPort } from 'node:worker_threads';

parentPort?.on('message', (job: DrawJob) => {
  parentPort?.postMessage(doJob(job));
});
