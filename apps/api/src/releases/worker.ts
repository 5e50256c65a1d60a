import type { Services } from '../services.ts';
import { makeOrdered } from './release-job.ts';
import { listAbandoned } from './release-repository.ts';

/** Makes releases in the background; looks after those whose process is gone at the start and once a minute. */
export async function releaseWorker(services: Services): Promise<void> {
  await services.jobs.work('make-release', (job) => makeOrdered(services, job));
  await services.jobs.work('sweep-releases', async () => {
    for (const key of await listAbandoned(services.database.prisma)) await makeOrdered(services, key);
  });
  await services.jobs.schedule('sweep-releases', '* * * * *');
  await services.jobs.send('sweep-releases', {});
}
