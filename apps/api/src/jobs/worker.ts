import { dropOldAttempts } from '../access/repository.ts';
import type { Services } from '../services.ts';
import { workers } from './workers.ts';

/** Takes up background work in this process. */
export async function startWorker(services: Services): Promise<void> {
  await services.jobs.work('send-mail', async (mail) => {
    await services.mailer.send(mail);
  });
  await services.jobs.work('sweep', async () => {
    await dropOldAttempts(services.database.prisma);
  });
  await services.jobs.schedule('sweep', '* * * * *');
  for (const worker of workers) await worker(services);
}
