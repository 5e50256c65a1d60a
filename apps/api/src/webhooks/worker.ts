import type { Services } from '../services.ts';
import { deliverTo, watchOutbox } from './deliver.ts';
import { dropOldDeliveries } from './outbox-repository.ts';

/** Sends what webhooks are due, and once an hour drops what was over long ago. */
export async function webhookWorker(services: Services): Promise<void> {
  await services.jobs.work('deliver-webhook', (job) => deliverTo(services, job));
  await services.jobs.work('sweep-webhooks', () => dropOldDeliveries(services.database.prisma));
  await services.jobs.schedule('sweep-webhooks', '17 * * * *');
  void watchOutbox(services);
}
