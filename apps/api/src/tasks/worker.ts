import type { Services } from '../services.ts';
import { planTask } from './planning/plan.ts';
import { listUnplanned } from './planning/repository.ts';

/** Plans what was to be planned when its process ended. */
async function sweepPlans(services: Services): Promise<void> {
  for (const key of await listUnplanned(services.database.prisma)) await planTask(services, key);
}

/** Plans tasks in the background; looks after cut-off ones at the start and once a minute. */
export async function taskWorker(services: Services): Promise<void> {
  await services.jobs.work('plan-task', (job) => planTask(services, job));
  await services.jobs.work('sweep-plans', () => sweepPlans(services));
  await services.jobs.schedule('sweep-plans', '* * * * *');
  await services.jobs.send('sweep-plans', {});
}
