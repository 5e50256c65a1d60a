import { isIP } from 'node:net';
import type {
  PageQuery,
  ProjectId,
  Webhook,
  WebhookDelivery,
  WebhookDeliveryId,
  WebhookEvent,
  WebhookId,
} from '@casebook/contracts';
import { webhookDeliveryIdSchema, webhookIdSchema } from '@casebook/contracts';
import { uuidv7 } from 'uuidv7';
import { z } from 'zod';
import type { Principal } from '../access/principal.ts';
import { requirePerson, requireRight } from '../access/rules.ts';
import { seal } from '../access/sealing.ts';
import { recordInProject } from '../audit/repository.ts';
import { Conflict, Malformed, NotFound, WrongFields } from '../errors.ts';
import type { Services } from '../services.ts';
import { mayReach } from './reachable.ts';
import * as repository from './repository.ts';
import { makeSigningSecret } from './signature.ts';

/** What the secrets of webhooks are sealed for. */
export const SIGNING_SECRET = 'casebook webhook';
const MAXIMUM_WEBHOOKS = 20;
const cursorSchema = z.uuidv7().optional();

export async function listWebhooks(
  services: Services,
  principal: Principal,
  projectId: ProjectId,
): Promise<Webhook[]> {
  const { prisma } = services.database;
  await requireRight(prisma, principal, projectId, 'manage', 'read');
  return repository.listWebhooks(prisma, projectId);
}

/** @throws WrongFields where it can be told from the address alone that nothing would ever be sent there. */
function requireReachable(services: Services, address: string): void {
  const { privateWebhooks } = services.environment;
  const url = new URL(address);
  const host = url.hostname.replace(/^\[|\]$/gu, '');
  if (url.protocol !== 'https:' && !privateWebhooks) {
    throw new WrongFields([{ path: 'url', message: 'expected an address that begins with https://' }]);
  }
  if (isIP(host) !== 0 && !mayReach(host, privateWebhooks)) {
    throw new WrongFields([{ path: 'url', message: 'this address is not on the public internet' }]);
  }
}

/** A webhook of a project. The secret that signs its messages leaves the service in this answer only. */
export async function makeWebhook(
  services: Services,
  principal: Principal,
  projectId: ProjectId,
  wish: { readonly url: string; readonly events: WebhookEvent[] },
): Promise<{ webhook: Webhook; secret: string }> {
  const { prisma } = services.database;
  await requireRight(prisma, principal, projectId, 'manage');
  const { userId } = requirePerson(principal);
  requireReachable(services, wish.url);
  const secret = makeSigningSecret();
  return prisma.$transaction(async (transaction) => {
    if ((await repository.listWebhooks(transaction, projectId)).length >= MAXIMUM_WEBHOOKS) {
      throw new Conflict('too-many-webhooks', `A project has at most ${String(MAXIMUM_WEBHOOKS)} webhooks.`);
    }
    const webhook = await repository.insertWebhook(transaction, {
      projectId,
      id: webhookIdSchema.parse(uuidv7()),
      url: wish.url,
      events: wish.events,
      sealedSecret: seal(secret, services.environment.secret, SIGNING_SECRET),
    });
    await recordInProject(transaction, projectId, {
      actorId: userId,
      action: 'webhook.made',
      // The path may hold a secret of the receiver's.
      subject: { webhookId: webhook.id, host: new URL(wish.url).host, events: wish.events.join(' ') },
    });
    return { webhook, secret };
  });
}

async function requireWebhook(
  services: Services,
  projectId: ProjectId,
  webhookId: WebhookId,
): Promise<Webhook> {
  const webhook = await repository.findWebhook(services.database.prisma, projectId, webhookId);
  if (webhook === undefined) throw new NotFound();
  return webhook;
}

/** Disables a webhook, or enables it again. What waited meanwhile is sent then; what happened meanwhile is not. */
export async function changeWebhook(
  services: Services,
  principal: Principal,
  projectId: ProjectId,
  webhookId: WebhookId,
  enabled: boolean,
): Promise<Webhook> {
  const { prisma } = services.database;
  await requireRight(prisma, principal, projectId, 'manage');
  const { userId } = requirePerson(principal);
  const before = await requireWebhook(services, projectId, webhookId);
  if ((before.disabled === null) === enabled) return before;
  await prisma.$transaction(async (transaction) => {
    await repository.setEnabled(transaction, projectId, webhookId, enabled);
    await recordInProject(transaction, projectId, {
      actorId: userId,
      action: enabled ? 'webhook.enabled' : 'webhook.disabled',
      subject: { webhookId },
    });
  });
  return requireWebhook(services, projectId, webhookId);
}

export async function removeWebhook(
  services: Services,
  principal: Principal,
  projectId: ProjectId,
  webhookId: WebhookId,
): Promise<void> {
  const { prisma } = services.database;
  await requireRight(prisma, principal, projectId, 'manage');
  const { userId } = requirePerson(principal);
  await prisma.$transaction(async (transaction) => {
    if (!(await repository.deleteWebhook(transaction, projectId, webhookId))) throw new NotFound();
    await recordInProject(transaction, projectId, {
      actorId: userId,
      action: 'webhook.removed',
      subject: { webhookId },
    });
  });
}

function requireEnabled(webhook: Webhook): void {
  if (webhook.disabled !== null) {
    throw new Conflict('webhook-disabled', 'This webhook is disabled; enable it first.');
  }
}

/** Has a message sent that tells of nothing. */
export async function testWebhook(
  services: Services,
  principal: Principal,
  projectId: ProjectId,
  webhookId: WebhookId,
): Promise<void> {
  const { prisma } = services.database;
  await requireRight(prisma, principal, projectId, 'manage');
  requireEnabled(await requireWebhook(services, projectId, webhookId));
  const id = webhookDeliveryIdSchema.parse(uuidv7());
  await prisma.$transaction(async (transaction) => {
    await repository.insertTest(transaction, projectId, webhookId, id);
    await recordInProject(transaction, projectId, {
      actorId: principal.userId,
      action: 'webhook.tested',
      subject: { webhookId, deliveryId: id },
    });
  });
}

/** Messages to a webhook, newest first. */
export async function listDeliveries(
  services: Services,
  principal: Principal,
  projectId: ProjectId,
  webhookId: WebhookId,
  { cursor: given, limit }: PageQuery,
): Promise<{ rows: WebhookDelivery[]; next: string | null }> {
  const { prisma } = services.database;
  await requireRight(prisma, principal, projectId, 'manage', 'read');
  await requireWebhook(services, projectId, webhookId);
  const cursor = cursorSchema.safeParse(given);
  if (!cursor.success) throw new Malformed('cursor: expected the `next` of an earlier page.');
  const found = await repository.listDeliveries(prisma, projectId, webhookId, cursor.data, limit + 1);
  const rows = found.slice(0, limit);
  return { rows, next: found.length > rows.length ? (rows.at(-1)?.id ?? null) : null };
}

/** Has a message that is over sent again, under its id, with all tries anew. */
export async function redeliver(
  services: Services,
  principal: Principal,
  projectId: ProjectId,
  webhookId: WebhookId,
  deliveryId: WebhookDeliveryId,
): Promise<void> {
  const { prisma } = services.database;
  await requireRight(prisma, principal, projectId, 'manage');
  const webhook = await requireWebhook(services, projectId, webhookId);
  requireEnabled(webhook);
  await prisma.$transaction(async (transaction) => {
    const outcome = await repository.sendAgain(transaction, projectId, webhookId, deliveryId);
    if (outcome === 'unknown') throw new NotFound();
    if (outcome === 'waits') return;
    await recordInProject(transaction, projectId, {
      actorId: principal.userId,
      action: 'webhook.redelivered',
      subject: { webhookId, deliveryId },
    });
  });
}
