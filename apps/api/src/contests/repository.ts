import { contestIdSchema, memberIdSchema, taskIdSchema, unitIdSchema } from '@casebook/contracts';
import type { MemberId, ProjectId, SectionId, UnitId } from '@casebook/contracts';
import { z } from 'zod';
import { Prisma } from '../database/client.ts';
import type { Connection } from '../database/client.ts';

/** A unit as far as its coders may contest what became of it. */
export interface ContestableUnit {
  readonly taskId: string;
  readonly sectionId: string;
  readonly stage: string;
  /** Whether the member has handed in what he judged of it, or said of its readings, and is not to judge it again first. */
  readonly finished: boolean;
  /** Whether the member has contested it before. */
  readonly contested: boolean;
  /** Whether a reading that the member gave, or agreed with as a validator, stands. */
  readonly upheld: boolean;
}

/** A unit with its section's row held, so that a contest and a stage that changes take turns. */
export async function lockContestable(
  connection: Connection,
  projectId: ProjectId,
  unitId: UnitId,
  memberId: MemberId,
): Promise<ContestableUnit | undefined> {
  const rows = await connection.$queryRaw<ContestableUnit[]>`
    SELECT u."taskId", u."sectionId", s."stage"::text AS "stage",
      NOT waits_for_second_look(s."projectId", s."id", ${memberId}::uuid)
      AND (EXISTS (SELECT 1 FROM "Lease" l WHERE l."projectId" = s."projectId" AND l."sectionId" = s."id"
          AND l."memberId" = ${memberId}::uuid AND l."state" = 'finished')
        OR EXISTS (SELECT 1 FROM "ValidationLease" l
          JOIN "Validation" v ON v."projectId" = l."projectId" AND v."unitId" = u."id" AND v."coderId" = l."memberId"
          WHERE l."projectId" = s."projectId" AND l."sectionId" = s."id" AND l."memberId" = ${memberId}::uuid
            AND l."state" = 'finished')) AS "finished",
      EXISTS (SELECT 1 FROM "Contest" c WHERE c."projectId" = u."projectId" AND c."unitId" = u."id"
        AND c."coderId" = ${memberId}::uuid) AS "contested",
      EXISTS (
        SELECT 1 FROM "UnitOutcome" o, jsonb_array_elements(o."readings") WITH ORDINALITY AS r("reading", "place")
        WHERE o."projectId" = u."projectId" AND o."unitId" = u."id"
          AND (r."reading" -> 'annotators') || (r."reading" -> 'agreed') || (r."reading" -> 'gaveInstead')
            @> to_jsonb(${memberId}::text)
          AND CASE WHEN o."adjudicationId" IS NULL THEN o."state" IN ('agreed', 'settled') AND r."place" = 1
            ELSE r."reading" ->> 'key' = ANY (o."kept") END) AS "upheld"
    FROM "Unit" u JOIN "Section" s ON s."projectId" = u."projectId" AND s."id" = u."sectionId"
    WHERE u."projectId" = ${projectId}::uuid AND u."id" = ${unitId}::uuid FOR UPDATE OF s`;
  return rows[0];
}

/** Whether the contest `c` of a statement waits: no decision that stands on its unit is later. */
export const waits = Prisma.sql`NOT EXISTS (
  SELECT 1 FROM "UnitOutcome" w JOIN "Adjudication" d ON d."projectId" = w."projectId" AND d."id" = w."adjudicationId"
  WHERE w."projectId" = c."projectId" AND w."unitId" = c."unitId" AND d."at" > c."at")`;

export async function insertContest(
  connection: Connection,
  contest: {
    readonly projectId: ProjectId;
    readonly id: string;
    readonly taskId: string;
    readonly sectionId: string;
    readonly unitId: UnitId;
    readonly coderId: MemberId;
    readonly reason: string;
  },
): Promise<void> {
  await connection.contest.create({ data: contest });
}

const rowSchema = z.object({
  id: contestIdSchema,
  taskId: taskIdSchema,
  taskType: z.string(),
  itemId: z.string(),
  unitId: unitIdSchema,
  label: z.string(),
  content: z.unknown(),
  place: z.string(),
  reason: z.string(),
  at: z.date(),
  coderId: memberIdSchema,
  coderName: z.string(),
  /** The decision that answers it. */
  decision: z
    .object({
      kind: z.enum(['decide', 'keep-several']),
      answers: z.array(z.object({ answer: z.unknown() })),
      reason: z.string().nullable(),
      at: z.string(),
    })
    .nullable(),
});
export type ContestRow = z.infer<typeof rowSchema>;

/** Whose contests, of what; all of it may be left out. */
export interface ContestsOf {
  readonly coder?: MemberId;
  readonly sectionId?: SectionId;
  readonly unitId?: UnitId;
  readonly id?: string;
}

/** Contests with what answers them, as far as the reader may be told, the newest first. */
export async function listContests(
  connection: Connection,
  projectId: ProjectId,
  reader: MemberId | null,
  of: ContestsOf,
  before: string | undefined,
  limit: number,
): Promise<ContestRow[]> {
  const rows = await connection.$queryRaw<unknown[]>`
    SELECT c."id", c."taskId", t."type" AS "taskType", u."itemId", c."unitId", u."label", u."content", s."name" AS "place",
      c."reason", c."at", c."coderId", p."name" AS "coderName",
      (SELECT jsonb_build_object('kind', d."kind", 'answers', d."answers", 'reason', d."reason", 'at', d."at")
        FROM "UnitOutcome" w
        JOIN "Adjudication" d ON d."projectId" = w."projectId" AND d."id" = w."adjudicationId" AND d."at" > c."at"
        WHERE w."projectId" = c."projectId" AND w."unitId" = c."unitId"
          AND NOT waits_for_second_look(c."projectId", c."sectionId", ${reader}::uuid)) AS "decision"
    FROM "Contest" c
    JOIN "Unit" u ON u."projectId" = c."projectId" AND u."id" = c."unitId"
    JOIN "Section" s ON s."projectId" = c."projectId" AND s."id" = c."sectionId"
    JOIN "Task" t ON t."projectId" = c."projectId" AND t."id" = c."taskId"
    JOIN "Member" m ON m."projectId" = c."projectId" AND m."id" = c."coderId"
    JOIN "User" p ON p."id" = m."userId"
    WHERE c."projectId" = ${projectId}::uuid
      AND (${of.coder ?? null}::uuid IS NULL OR c."coderId" = ${of.coder ?? null}::uuid)
      AND (${of.sectionId ?? null}::uuid IS NULL OR c."sectionId" = ${of.sectionId ?? null}::uuid)
      AND (${of.unitId ?? null}::uuid IS NULL OR c."unitId" = ${of.unitId ?? null}::uuid)
      AND (${of.id ?? null}::uuid IS NULL OR c."id" = ${of.id ?? null}::uuid)
      AND (${before ?? null}::uuid IS NULL OR c."id" < ${before ?? null}::uuid)
    ORDER BY c."id" DESC LIMIT ${limit}::int`;
  return z.array(rowSchema).parse(rows);
}

/** The words of an item's units by `item/key`, for answers that point at them. */
export async function labelsOfItems(
  connection: Connection,
  projectId: ProjectId,
  rows: readonly { readonly taskId: string; readonly itemId: string }[],
): Promise<Map<string, string>> {
  const units = await connection.unit.findMany({
    where: {
      projectId,
      taskId: { in: [...new Set(rows.map(({ taskId }) => taskId))] },
      itemId: { in: [...new Set(rows.map(({ itemId }) => itemId))] },
    },
    select: { taskId: true, itemId: true, key: true, label: true },
  });
  return new Map(units.map(({ taskId, itemId, key, label }) => [`${taskId}/${itemId}/${key}`, label]));
}
