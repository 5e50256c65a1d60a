import { z } from 'zod';
import type { Connection } from '../database/client.ts';
import type { Outcome } from './post-message.ts';

/** Seconds for which a message that is being tried is nobody else's; longer than a try can take. */
const HELD_SECONDS = 30;
const KEPT_DAYS = 30;

const dueSchema = z.object({ projectId: z.uuid(), webhookId: z.uuid() });

/** The webhooks, of all projects, that have something to send by now. */
export async function listWebhooksDue(connection: Connection): Promise<z.infer<typeof dueSchema>[]> {
  const rows = await connection.$queryRaw<unknown[]>`
    SELECT DISTINCT d."projectId", d."webhookId" FROM "WebhookDelivery" d
    JOIN "Webhook" w ON w."projectId" = d."projectId" AND w."id" = d."webhookId" AND w."disabledAt" IS NULL
    WHERE d."state" = 'waiting' AND d."dueAt" <= now()`;
  return z.array(dueSchema).parse(rows);
}

const messageSchema = z.object({
  id: z.uuid(),
  event: z.string(),
  data: z.record(z.string(), z.unknown()),
  at: z.date(),
  url: z.string(),
  sealedSecret: z.string(),
  number: z.int().positive(),
});
export type Message = z.infer<typeof messageSchema>;

/**
 * Takes up the oldest message that a webhook is due, and writes down that it is being tried. Nobody else is given it
 * for a while; where this process ends before it says what came of it, it is taken up again after that.
 */
export async function takeMessage(
  connection: Connection,
  projectId: string,
  webhookId: string,
): Promise<Message | undefined> {
  const rows = await connection.$queryRaw<unknown[]>`
    WITH taken AS (
      UPDATE "WebhookDelivery" d SET "dueAt" = now() + make_interval(secs => ${HELD_SECONDS}::int)
      FROM "Webhook" w
      WHERE w."projectId" = d."projectId" AND w."id" = d."webhookId" AND w."disabledAt" IS NULL
        AND d."projectId" = ${projectId}::uuid AND d."id" = (
          SELECT n."id" FROM "WebhookDelivery" n
          WHERE n."projectId" = ${projectId}::uuid AND n."webhookId" = ${webhookId}::uuid
            AND n."state" = 'waiting' AND n."dueAt" <= now()
          ORDER BY n."id" LIMIT 1 FOR UPDATE SKIP LOCKED)
      RETURNING d."id", d."event", d."data", d."at", w."url", w."sealedSecret"
    ), try AS (
      INSERT INTO "WebhookTry" ("projectId", "deliveryId", "number")
      SELECT ${projectId}::uuid, t."id", 1 + (SELECT count(*) FROM "WebhookTry" o
        WHERE o."projectId" = ${projectId}::uuid AND o."deliveryId" = t."id")
      FROM taken t RETURNING "number"
    )
    SELECT t.*, y."number" FROM taken t, try y`;
  return rows.length === 0 ? undefined : messageSchema.parse(rows[0]);
}

/** Writes down what came of a try. */
export async function noteTry(
  connection: Connection,
  projectId: string,
  message: Message,
  outcome: Outcome,
): Promise<void> {
  await connection.webhookTry.updateMany({
    where: { projectId, deliveryId: message.id, number: message.number },
    data: { durationMs: outcome.durationMs, status: outcome.status, failure: outcome.failure },
  });
}

/** The message was taken. */
export async function noteDelivered(
  connection: Connection,
  projectId: string,
  webhookId: string,
  id: string,
): Promise<void> {
  await connection.webhookDelivery.updateMany({ where: { projectId, id }, data: { state: 'delivered' } });
  await connection.webhook.updateMany({
    where: { projectId, id: webhookId, failingSince: { not: null } },
    data: { failingSince: null },
  });
}

/** One more try of a message failed. Returns how many did since it was first sent, or last sent again. */
export async function noteFailed(
  connection: Connection,
  projectId: string,
  webhookId: string,
  id: string,
): Promise<number> {
  await connection.$executeRaw`
    UPDATE "Webhook" SET "failingSince" = now()
    WHERE "projectId" = ${projectId}::uuid AND "id" = ${webhookId}::uuid AND "failingSince" IS NULL`;
  const rows = await connection.$queryRaw<unknown[]>`
    UPDATE "WebhookDelivery" SET "failures" = "failures" + 1
    WHERE "projectId" = ${projectId}::uuid AND "id" = ${id}::uuid RETURNING "failures"`;
  return z.array(z.object({ failures: z.int() })).parse(rows)[0]?.failures ?? 0;
}

/** When a message is tried again; null gives it up. */
export async function putOff(
  connection: Connection,
  projectId: string,
  id: string,
  seconds: number | null,
): Promise<void> {
  await (seconds === null
    ? connection.webhookDelivery.updateMany({ where: { projectId, id }, data: { state: 'failed' } })
    : connection.$executeRaw`
        UPDATE "WebhookDelivery" SET "dueAt" = now() + make_interval(secs => ${seconds}::float8)
        WHERE "projectId" = ${projectId}::uuid AND "id" = ${id}::uuid`);
}

/** Disables a webhook; `failing` only where nothing was taken for a day. False where it is not, or was before. */
export async function disable(
  connection: Connection,
  projectId: string,
  webhookId: string,
  reason: 'failing' | 'gone',
): Promise<boolean> {
  const changed = await connection.$executeRaw`
    UPDATE "Webhook" SET "disabledAt" = now(), "disabledFor" = ${reason}
    WHERE "projectId" = ${projectId}::uuid AND "id" = ${webhookId}::uuid AND "disabledAt" IS NULL
      AND (${reason} = 'gone' OR "failingSince" < now() - interval '1 day')`;
  return changed > 0;
}

/** Messages that were over long ago. */
export async function dropOldDeliveries(connection: Connection): Promise<void> {
  await connection.$executeRaw`
    DELETE FROM "WebhookDelivery"
    WHERE "state" <> 'waiting' AND "at" < now() - make_interval(days => ${KEPT_DAYS}::int)`;
}
