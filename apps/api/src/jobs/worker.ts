import { dropOldAttempts } from '../access/repository.ts';
import { openMail } from '../mail/sealed-mail.ts';
import type { Services } from '../services.ts';
import { workers } from './workers.ts';

/** Takes up background work in this process. */
export async function startWorker(services: Services): Promise<void> {
  await services.jobs.work('send-mail', async ({ sealed }) => {
    await services.mailer.send(openMail(sealed, services.environment.secret));
  });
  await services.jobs.work('sweep', async () => {
    await dropOldAttempts(services.database.prisma);
  });
  await services.jobs.schedule('sweep', '* * * * *');
  for (const worker of workers) await worker(services);
}
