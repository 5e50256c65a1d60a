import { itemIdSchema, memberIdSchema, taskIdSchema, unitIdSchema } from '@casebook/contracts';
import type { MemberId, ProjectId, UnitId } from '@casebook/contracts';
import { z } from 'zod';
import type { Connection } from '../database/client.ts';
import { replaced } from '../judgements/replaced.ts';

const membersSchema = z.array(memberIdSchema);
/** A reading as outcomes keep it. */
const readingSchema = z.object({
  key: z.string(),
  answer: z.unknown(),
  probability: z.number(),
  annotators: membersSchema,
  agreed: membersSchema,
  disagreed: membersSchema,
  gaveInstead: membersSchema,
});
export type ReadingOnBench = z.infer<typeof readingSchema>;

const rowSchema = z.object({
  taskId: taskIdSchema,
  taskType: z.string(),
  protocol: z.record(z.string(), z.json()),
  key: z.string(),
  label: z.string(),
  place: z.string(),
  reading: z.int(),
  content: z.json(),
  itemId: itemIdSchema,
  item: z.json(),
  stage: z.string(),
  state: z.string().nullable(),
  uncertainty: z.number().nullable(),
  readings: z.array(readingSchema),
});
type UnitOnBench = z.infer<typeof rowSchema>;

export async function findUnitOnBench(
  connection: Connection,
  projectId: ProjectId,
  unitId: UnitId,
): Promise<UnitOnBench | undefined> {
  const rows = await connection.$queryRaw<unknown[]>`
    SELECT t."id" AS "taskId", t."type" AS "taskType", t."protocol", u."key", u."label", s."name" AS "place", u."reading",
      u."content", u."itemId", v."content" AS "item", s."stage"::text AS "stage", o."state"::text AS "state", o."uncertainty",
      coalesce(o."readings", '[]') AS "readings"
    FROM "Unit" u
    JOIN "Task" t ON t."projectId" = u."projectId" AND t."id" = u."taskId"
    JOIN "Section" s ON s."projectId" = u."projectId" AND s."id" = u."sectionId"
    JOIN "ItemVersion" v ON v."projectId" = u."projectId" AND v."itemId" = u."itemId" AND v."version" = u."itemVersion"
    LEFT JOIN "UnitOutcome" o ON o."projectId" = u."projectId" AND o."unitId" = u."id"
    WHERE u."projectId" = ${projectId}::uuid AND u."id" = ${unitId}::uuid`;
  return z.array(rowSchema).parse(rows)[0];
}

/** All units of the item that a unit stands in, in reading order. */
export async function listUnitsOfItem(
  connection: Connection,
  projectId: ProjectId,
  { taskId, itemId }: UnitOnBench,
): Promise<{ id: UnitId; key: string; label: string; reading: number; content: unknown }[]> {
  const units = await connection.unit.findMany({
    where: { projectId, taskId, itemId },
    orderBy: { reading: 'asc' },
    select: { id: true, key: true, label: true, reading: true, content: true },
  });
  return units.map(({ id, ...unit }) => ({ ...unit, id: unitIdSchema.parse(id) }));
}

/** What stands of the answers to a unit, its validators' own among them. */
export async function listAnswers(
  connection: Connection,
  projectId: ProjectId,
  unitId: UnitId,
): Promise<{ coder: MemberId; answer: unknown }[]> {
  const rows = await connection.$queryRaw<{ coder: string; answer: unknown }[]>`
    SELECT j."coderId" AS "coder", j."answer"
    FROM "Judgement" j
    WHERE j."projectId" = ${projectId}::uuid AND j."unitId" = ${unitId}::uuid AND j."act" = 'answer'
      AND NOT j."extra" AND NOT ${replaced}
    ORDER BY j."coderId"`;
  return rows.map(({ coder, answer }) => ({ coder: memberIdSchema.parse(coder), answer }));
}

const commentSchema = z.object({
  comment: z.string(),
  stage: z.enum(['annotation', 'validation']),
  act: z.enum(['answer', 'skip']),
  answer: z.unknown(),
  skipReason: z.string().nullable(),
  verdict: z.enum(['agree', 'disagree', 'unsure']).nullable(),
  coder: memberIdSchema,
});
export type CommentRow = z.infer<typeof commentSchema>;

/** What coders wrote beside a unit, and skips without a word, scrambled so that their order says nothing of them. */
export async function listComments(
  connection: Connection,
  projectId: ProjectId,
  unitId: UnitId,
): Promise<CommentRow[]> {
  const rows = await connection.$queryRaw<unknown[]>`
    SELECT coalesce(j."comment", '') AS "comment", j."stage"::text AS "stage", j."act"::text AS "act", j."answer",
      j."skipReason", NULL AS "verdict", j."coderId" AS "coder", md5(j."id"::text) AS "order"
    FROM "Judgement" j
    WHERE j."projectId" = ${projectId}::uuid AND j."unitId" = ${unitId}::uuid AND j."act" <> 'withdrawal'
      AND (j."comment" IS NOT NULL OR j."act" = 'skip') AND NOT ${replaced}
    UNION ALL
    SELECT v."comment", 'validation', 'answer', j."answer", NULL, v."verdict"::text, v."coderId", md5(v."id"::text)
    FROM "Validation" v
    JOIN "ShownReading" r ON r."projectId" = v."projectId" AND r."id" = v."shownReadingId"
    JOIN "Judgement" j ON j."projectId" = r."projectId" AND j."id" = r."judgementId"
    WHERE v."projectId" = ${projectId}::uuid AND v."unitId" = ${unitId}::uuid AND v."comment" IS NOT NULL
      AND NOT EXISTS (SELECT 1 FROM "Validation" n WHERE n."projectId" = v."projectId" AND n."supersedesId" = v."id")
    ORDER BY "order"`;
  return z.array(commentSchema).parse(rows);
}

export async function namesOfMembers(
  connection: Connection,
  projectId: ProjectId,
): Promise<ReadonlyMap<MemberId, string>> {
  const members = await connection.member.findMany({
    where: { projectId },
    select: { id: true, user: { select: { name: true } } },
  });
  return new Map(members.map(({ id, user }) => [memberIdSchema.parse(id), user.name]));
}

export async function namesOfUsers(
  connection: Connection,
  ids: readonly string[],
): Promise<ReadonlyMap<string, string>> {
  const users = await connection.user.findMany({
    where: { id: { in: [...new Set(ids)] } },
    select: { id: true, name: true },
  });
  return new Map(users.map(({ id, name }) => [id, name]));
}

/** What a member said of a unit himself, as annotator before validator; null where he took no part. */
export async function partOf(
  connection: Connection,
  projectId: ProjectId,
  unitId: UnitId,
  memberId: MemberId,
): Promise<'annotated' | 'validated' | null> {
  const where = { projectId, unitId, coderId: memberId };
  if ((await connection.judgement.count({ where: { ...where, stage: 'annotation' } })) > 0)
    return 'annotated';
  return (await connection.validation.count({ where })) > 0 ? 'validated' : null;
}
