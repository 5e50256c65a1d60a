import { randomUUID } from 'node:crypto';
import { releaseSchema } from '@casebook/contracts';
import type { ProjectId, Release, ReleaseFailure, ReleaseStep } from '@casebook/contracts';
import type { Connection, Prisma } from '../database/client.ts';

export interface ReleaseKey {
  readonly projectId: string;
  readonly number: number;
}

/** A release in the hands of one who makes it. */
export interface Attempt extends ReleaseKey {
  readonly attempt: string;
}

/** Seconds without a sign of life after which whoever makes a release counts as gone. */
const GONE_AFTER = 30;

async function releasesOf(
  connection: Connection,
  where: Prisma.ReleaseWhereInput,
): Promise<readonly Release[]> {
  const rows = await connection.release.findMany({ where, orderBy: { number: 'desc' } });
  const userIds = rows.flatMap(({ requestedBy, withdrawnBy }) => [requestedBy, withdrawnBy ?? requestedBy]);
  const users = await connection.user.findMany({
    where: { id: { in: [...new Set(userIds)] } },
    select: { id: true, name: true },
  });
  const names = new Map(users.map(({ id, name }) => [id, name]));
  const nameOf = (id: string): string => names.get(id) ?? 'somebody who has left';
  const [clock] = await connection.$queryRaw<{ now: Date }[]>`SELECT clock_timestamp() AS "now"`;
  const now = clock?.now.getTime() ?? Date.now();
  return rows.map((row) => {
    const isAtWork = row.workedAt !== null && now - row.workedAt.getTime() < GONE_AFTER * 1000;
    const ordered = {
      number: row.number,
      requestedAt: row.requestedAt.toISOString(),
      requestedBy: nameOf(row.requestedBy),
    };
    switch (row.state) {
      case 'making':
        return releaseSchema.parse({ ...ordered, state: 'making', step: isAtWork ? row.step : null });
      case 'failed':
        return releaseSchema.parse({ ...ordered, state: 'failed', why: row.failure });
      case 'made':
        return releaseSchema.parse({
          ...ordered,
          state: 'made',
          madeAt: row.madeAt?.toISOString(),
          root: row.root,
          bytes: Number(row.bytes),
          judgements: row.judgements,
          withdrawn:
            row.withdrawnAt === null
              ? null
              : {
                  at: row.withdrawnAt.toISOString(),
                  by: nameOf(row.withdrawnBy ?? ''),
                  reason: row.withdrawnFor,
                },
        });
    }
  });
}

/** The newest first. */
export async function listReleases(connection: Connection, projectId: ProjectId): Promise<Release[]> {
  return [...(await releasesOf(connection, { projectId }))];
}

export async function findRelease(
  connection: Connection,
  projectId: ProjectId,
  number: number,
): Promise<Release | undefined> {
  const [release] = await releasesOf(connection, { projectId, number });
  return release;
}

/** Orders a release under a number: a new one, or one that failed. */
export async function orderRelease(
  connection: Connection,
  { projectId, number }: ReleaseKey,
  userId: string,
): Promise<void> {
  await connection.$executeRaw`
    INSERT INTO "Release" ("projectId", "number", "requestedBy") VALUES (${projectId}::uuid, ${number}, ${userId}::uuid)
    ON CONFLICT ("projectId", "number") DO UPDATE
    SET "state" = 'making', "requestedBy" = ${userId}::uuid, "requestedAt" = clock_timestamp(), "attempt" = NULL, "workedAt" = NULL,
      "step" = NULL, "failure" = NULL`;
}

/** Takes a release up that nobody is at work on. Of several that try at the same time one is given it. */
export async function takeUp(
  connection: Connection,
  { projectId, number }: ReleaseKey,
): Promise<Attempt | undefined> {
  const attempt = randomUUID();
  const taken = await connection.$executeRaw`
    UPDATE "Release" SET "attempt" = ${attempt}::uuid, "workedAt" = clock_timestamp(), "step" = 'reading'
    WHERE "projectId" = ${projectId}::uuid AND "number" = ${number} AND "state" = 'making'
      AND ("workedAt" IS NULL OR "workedAt" < clock_timestamp() - make_interval(secs => ${GONE_AFTER}::int))`;
  return taken > 0 ? { projectId, number, attempt } : undefined;
}

/** A sign of life of whoever makes it. */
export async function signLife(
  connection: Connection,
  { projectId, number, attempt }: Attempt,
  step: ReleaseStep,
): Promise<void> {
  await connection.$executeRaw`
    UPDATE "Release" SET "workedAt" = clock_timestamp(), "step" = ${step}
    WHERE "projectId" = ${projectId}::uuid AND "number" = ${number} AND "attempt" = ${attempt}::uuid
      AND "state" = 'making'`;
}

export async function finishRelease(
  connection: Connection,
  { projectId, number, attempt }: Attempt,
  made: { readonly root: string; readonly bytes: number; readonly judgements: number },
): Promise<void> {
  await connection.$executeRaw`
    UPDATE "Release" SET "state" = 'made', "step" = NULL, "madeAt" = clock_timestamp(), "root" = ${made.root},
      "bytes" = ${made.bytes}::bigint, "judgements" = ${made.judgements}::int
    WHERE "projectId" = ${projectId}::uuid AND "number" = ${number} AND "attempt" = ${attempt}::uuid
      AND "state" = 'making'`;
}

export async function failRelease(
  connection: Connection,
  { projectId, number, attempt }: Attempt,
  why: ReleaseFailure,
): Promise<void> {
  await connection.$executeRaw`
    UPDATE "Release" SET "state" = 'failed', "step" = NULL, "failure" = ${why}
    WHERE "projectId" = ${projectId}::uuid AND "number" = ${number} AND "attempt" = ${attempt}::uuid
      AND "state" = 'making'`;
}

/** False where it was withdrawn before. */
export async function withdraw(
  connection: Connection,
  { projectId, number }: ReleaseKey,
  userId: string,
  reason: string,
): Promise<boolean> {
  const withdrawn = await connection.$executeRaw`
    UPDATE "Release" SET "withdrawnAt" = clock_timestamp(), "withdrawnBy" = ${userId}::uuid, "withdrawnFor" = ${reason}
    WHERE "projectId" = ${projectId}::uuid AND "number" = ${number} AND "state" = 'made' AND "withdrawnAt" IS NULL`;
  return withdrawn > 0;
}

/** Releases that are to be made and that nobody is at work on. */
export function listAbandoned(connection: Connection): Promise<ReleaseKey[]> {
  return connection.$queryRaw<ReleaseKey[]>`
    SELECT "projectId", "number" FROM "Release" WHERE "state" = 'making'
      AND coalesce("workedAt", "requestedAt") < clock_timestamp() - make_interval(secs => ${GONE_AFTER}::int)`;
}
