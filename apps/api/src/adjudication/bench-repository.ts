import { unitOnBenchSchema } from '@casebook/contracts';
import type { BenchFilter, ProjectId, TaskId, UnitId, UnitOnBench } from '@casebook/contracts';
import { z } from 'zod';
import { waits } from '../contests/repository.ts';
import { Prisma } from '../database/client.ts';
import type { Connection } from '../database/client.ts';
import { replaced } from '../judgements/replaced.ts';
import { stands } from '../judgements/reference.ts';

/** The last unit of a page: lists go from the most uncertain down, equals by id. */
export interface PlaceOnBench {
  readonly uncertainty: number;
  readonly unitId: UnitId;
}

/** Whether the unit lies with the adjudicator: its coders are done, or were asked about others of the section only. */
const atRest = Prisma.sql`(s."stage" IN ('adjudication', 'closed') OR (
  EXISTS (SELECT 1 FROM "Adjudication" a WHERE a."projectId" = s."projectId" AND a."sectionId" = s."id"
    AND a."kind" = 'send-back' AND ${stands})
  AND NOT EXISTS (SELECT 1 FROM "Adjudication" a WHERE a."projectId" = o."projectId" AND a."unitId" = o."unitId"
    AND a."kind" = 'send-back' AND ${stands})))`;
const contestsWaiting = Prisma.sql`(SELECT count(*)::int FROM "Contest" c
  WHERE c."projectId" = o."projectId" AND c."unitId" = o."unitId" AND ${waits})`;

const CHOSEN: Readonly<Record<Exclude<BenchFilter, 'corrected'>, Prisma.Sql>> = {
  disputed: Prisma.sql`o."state" = 'disputed' AND o."adjudicationId" IS NULL AND ${atRest}`,
  contested: Prisma.sql`${contestsWaiting} > 0`,
  unanswered: Prisma.sql`o."state" = 'unanswered' AND o."adjudicationId" IS NULL AND ${atRest}`,
  decided: Prisma.sql`o."adjudicationId" IS NOT NULL`,
};

/** Undecided units of which somebody put right what was shown. */
const corrected = (property: string) => Prisma.sql`o."adjudicationId" IS NULL AND ${atRest} AND EXISTS (
  SELECT 1 FROM "Judgement" j WHERE j."projectId" = o."projectId" AND j."unitId" = o."unitId"
    AND j."act" = 'answer' AND NOT j."extra" AND jsonb_exists(j."answer", ${property}::text) AND NOT ${replaced})`;

/** @param property of answers that holds what they put right; null where they put nothing right. */
export async function listOnBench(
  connection: Connection,
  projectId: ProjectId,
  taskId: TaskId,
  filter: BenchFilter,
  after: PlaceOnBench | null,
  limit: number,
  property: string | null,
): Promise<UnitOnBench[]> {
  const chosen =
    filter !== 'corrected' ? CHOSEN[filter] : property === null ? Prisma.sql`false` : corrected(property);
  const behind =
    after === null
      ? Prisma.sql`true`
      : Prisma.sql`(o."uncertainty" < ${after.uncertainty}::float8
          OR o."uncertainty" = ${after.uncertainty}::float8 AND o."unitId" > ${after.unitId}::uuid)`;
  const rows = await connection.$queryRaw<unknown[]>`
    SELECT o."unitId", u."label", s."name" AS "place", o."state"::text AS "state", o."uncertainty",
      jsonb_array_length(o."readings") AS "readings", ${contestsWaiting} AS "contests", d."kind"::text AS "decided"
    FROM "UnitOutcome" o
    JOIN "Unit" u ON u."projectId" = o."projectId" AND u."id" = o."unitId"
    JOIN "Section" s ON s."projectId" = o."projectId" AND s."id" = o."sectionId"
    LEFT JOIN "Adjudication" d ON d."projectId" = o."projectId" AND d."id" = o."adjudicationId"
    WHERE o."projectId" = ${projectId}::uuid AND o."taskId" = ${taskId}::uuid AND ${chosen} AND ${behind}
    ORDER BY o."uncertainty" DESC, o."unitId" LIMIT ${limit}::int`;
  return z.array(unitOnBenchSchema).parse(rows);
}
