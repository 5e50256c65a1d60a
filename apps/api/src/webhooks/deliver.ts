import { setTimeout as sleep } from 'node:timers/promises';
import { openSealed } from '../access/sealing.ts';
import { recordInProject } from '../audit/repository.ts';
import type { Prisma } from '../database/client.ts';
import { postMail } from '../mail/post.ts';
import type { Services } from '../services.ts';
import { projectIdSchema } from '@casebook/contracts';
import { waitAfter } from './back-off.ts';
import * as outbox from './outbox-repository.ts';
import type { Outcome } from './post-message.ts';
import { postMessage } from './post-message.ts';
import { addressesOfManagers } from './repository.ts';
import { SIGNING_SECRET } from './service.ts';
import { signedHeaders } from './signature.ts';

const LOOK_EVERY_MS = 1_000;
/** How long one job goes on with a webhook before others have their turn. */
const TURN_MS = 20_000;

async function send(services: Services, message: outbox.Message): Promise<Outcome> {
  const { secret: instanceSecret, privateWebhooks } = services.environment;
  let secret: string;
  try {
    secret = openSealed(message.sealedSecret, instanceSecret, SIGNING_SECRET);
  } catch {
    return { failure: 'sealed', status: null, durationMs: 0 };
  }
  const body = JSON.stringify({
    type: message.event,
    timestamp: message.at.toISOString(),
    data: message.data,
  });
  const headers = signedHeaders(secret, { id: message.id, at: new Date(), body });
  return postMessage(message.url, headers, body, privateWebhooks);
}

async function tellManagers(
  services: Services,
  transaction: Prisma.TransactionClient,
  job: { readonly projectId: string; readonly webhookId: string },
  url: string,
  reason: 'failing' | 'gone',
): Promise<void> {
  await recordInProject(transaction, projectIdSchema.parse(job.projectId), {
    actorId: null,
    action: 'webhook.disabled',
    subject: { webhookId: job.webhookId, reason },
  });
  if (!services.mailer.enabled) return;
  const why =
    reason === 'gone' ? 'answered that it is gone for good' : 'has taken no message for more than a day';
  for (const { email, projectName } of await addressesOfManagers(transaction, job.projectId)) {
    await postMail(services, transaction, {
      to: email,
      subject: `A webhook of “${projectName}” was disabled`,
      text: `${new URL(url).host} ${why}, so nothing is sent there any more.\n\nWhat it missed, and how to enable it again:\n${services.origin()}/projects/${job.projectId}/webhooks`,
    });
  }
}

/** Sends what a webhook is due, one message after the other, the oldest first. */
export async function deliverTo(
  services: Services,
  job: { readonly projectId: string; readonly webhookId: string },
): Promise<void> {
  const { prisma } = services.database;
  const { projectId, webhookId } = job;
  const until = Date.now() + TURN_MS;
  while (Date.now() < until && !services.closing.aborted) {
    const message = await outbox.takeMessage(prisma, projectId, webhookId);
    if (message === undefined) return;
    const outcome = await send(services, message);
    await prisma.$transaction(async (transaction) => {
      await outbox.noteTry(transaction, projectId, message, outcome);
      if (outcome.failure === null) {
        await outbox.noteDelivered(transaction, projectId, webhookId, message.id);
        return;
      }
      const failures = await outbox.noteFailed(transaction, projectId, webhookId, message.id);
      const wait = outcome.status === 410 ? null : waitAfter(failures, Math.random());
      await outbox.putOff(transaction, projectId, message.id, wait);
      if (wait !== null) return;
      const reason = outcome.status === 410 ? 'gone' : 'failing';
      if (await outbox.disable(transaction, projectId, webhookId, reason)) {
        await tellManagers(services, transaction, job, message.url, reason);
      }
    });
  }
}

/** Looks for what is to be sent until the process closes: the triggers that write messages down can't wake a job. */
export async function watchOutbox(services: Services): Promise<void> {
  const over = (): boolean => services.closing.aborted;
  while (!over()) {
    try {
      for (const due of await outbox.listWebhooksDue(services.database.prisma)) {
        await services.jobs.send('deliver-webhook', due, due.webhookId);
      }
    } catch (error) {
      if (!over()) services.logger.warn({ err: error }, 'the outbox could not be read');
    }
    await sleep(LOOK_EVERY_MS, undefined, { signal: services.closing }).catch(() => undefined);
  }
}
