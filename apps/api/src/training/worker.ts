import type { Services } from '../services.ts';
import { rateCoders } from './rating.ts';

/** Rates a task's coders anew when one of them has handed a section in. */
export async function trainingWorker(services: Services): Promise<void> {
  await services.jobs.work('rate-coders', (task) => rateCoders(services, task));
}
