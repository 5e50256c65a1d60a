import { webhookDeliverySchema, webhookSchema } from '@casebook/contracts';
import type { ProjectId, Webhook, WebhookDelivery, WebhookDeliveryId, WebhookId } from '@casebook/contracts';
import { z } from 'zod';
import type { Connection, Prisma } from '../database/client.ts';

function webhookOf(row: Prisma.WebhookGetPayload<true>): Webhook {
  return webhookSchema.parse({
    id: row.id,
    url: row.url,
    events: row.events,
    createdAt: row.createdAt.toISOString(),
    failingSince: row.failingSince?.toISOString() ?? null,
    disabled:
      row.disabledAt === null
        ? null
        : { at: row.disabledAt.toISOString(), reason: row.disabledFor ?? 'by-hand' },
  });
}

/** A project's webhooks in the order in which they were made. */
export async function listWebhooks(connection: Connection, projectId: ProjectId): Promise<Webhook[]> {
  const rows = await connection.webhook.findMany({ where: { projectId }, orderBy: { id: 'asc' } });
  return rows.map(webhookOf);
}

export async function findWebhook(
  connection: Connection,
  projectId: ProjectId,
  id: WebhookId,
): Promise<Webhook | undefined> {
  const row = await connection.webhook.findUnique({ where: { projectId_id: { projectId, id } } });
  return row === null ? undefined : webhookOf(row);
}

export async function insertWebhook(
  connection: Connection,
  webhook: {
    readonly projectId: ProjectId;
    readonly id: WebhookId;
    readonly url: string;
    readonly events: string[];
    readonly sealedSecret: string;
  },
): Promise<Webhook> {
  return webhookOf(await connection.webhook.create({ data: webhook }));
}

export async function setEnabled(
  connection: Connection,
  projectId: ProjectId,
  id: WebhookId,
  enabled: boolean,
): Promise<void> {
  await connection.webhook.update({
    where: { projectId_id: { projectId, id } },
    data: enabled
      ? { disabledAt: null, disabledFor: null, failingSince: null }
      : { disabledAt: new Date(), disabledFor: null },
  });
}

/** False where there was none. Its deliveries go with it. */
export async function deleteWebhook(
  connection: Connection,
  projectId: ProjectId,
  id: WebhookId,
): Promise<boolean> {
  return (await connection.webhook.deleteMany({ where: { projectId, id } })).count > 0;
}

export async function insertTest(
  connection: Connection,
  projectId: ProjectId,
  webhookId: WebhookId,
  id: WebhookDeliveryId,
): Promise<void> {
  await connection.webhookDelivery.create({
    data: { projectId, id, webhookId, event: 'webhook.test', data: {} },
  });
}

/** Has a message that is over sent again; false where it is unknown or still waits. */
export async function sendAgain(
  connection: Connection,
  projectId: ProjectId,
  webhookId: WebhookId,
  id: WebhookDeliveryId,
): Promise<'sent' | 'waits' | 'unknown'> {
  const changed = await connection.$executeRaw`
    UPDATE "WebhookDelivery" SET "state" = 'waiting', "failures" = 0, "dueAt" = clock_timestamp()
    WHERE "projectId" = ${projectId}::uuid AND "webhookId" = ${webhookId}::uuid AND "id" = ${id}::uuid
      AND "state" <> 'waiting'`;
  if (changed > 0) return 'sent';
  const known = await connection.webhookDelivery.count({ where: { projectId, webhookId, id } });
  return known > 0 ? 'waits' : 'unknown';
}

/** Messages to a webhook, newest first. */
export async function listDeliveries(
  connection: Connection,
  projectId: ProjectId,
  webhookId: WebhookId,
  olderThan: string | undefined,
  limit: number,
): Promise<WebhookDelivery[]> {
  const rows = await connection.webhookDelivery.findMany({
    where: { projectId, webhookId, ...(olderThan === undefined ? {} : { id: { lt: olderThan } }) },
    include: { tries: { orderBy: { number: 'asc' } } },
    orderBy: { id: 'desc' },
    take: limit,
  });
  return rows.map((row) =>
    webhookDeliverySchema.parse({
      id: row.id,
      event: row.event,
      at: row.at.toISOString(),
      state: row.state,
      dueAt: row.state === 'waiting' ? row.dueAt.toISOString() : null,
      tries: row.tries.map(({ number, at, durationMs, status, failure }) => ({
        number,
        at: at.toISOString(),
        durationMs,
        status,
        failure,
      })),
    }),
  );
}

const addressSchema = z.object({ email: z.string(), projectName: z.string() });

/** Whom to tell that a webhook was disabled: managers who are members. */
export async function addressesOfManagers(
  connection: Connection,
  projectId: string,
): Promise<z.infer<typeof addressSchema>[]> {
  const rows = await connection.$queryRaw<unknown[]>`
    SELECT u."email", p."name" AS "projectName" FROM "Member" m
    JOIN "User" u ON u."id" = m."userId"
    JOIN "Project" p ON p."projectId" = m."projectId"
    WHERE m."projectId" = ${projectId}::uuid AND m."role" = 'manager' AND m."disabledAt" IS NULL`;
  return z.array(addressSchema).parse(rows);
}
