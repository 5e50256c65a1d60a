import type { Prisma } from '../database/client.ts';
import type { Services } from '../services.ts';
import type { Mail } from './mailer.ts';
import { sealMail } from './sealed-mail.ts';

/** Has a mail sent in the background, once the transaction that causes it is committed. */
export async function postMail(
  services: Services,
  transaction: Prisma.TransactionClient,
  mail: Mail,
): Promise<void> {
  await services.jobs.sendWithin(transaction, 'send-mail', {
    sealed: sealMail(mail, services.environment.secret),
  });
}
