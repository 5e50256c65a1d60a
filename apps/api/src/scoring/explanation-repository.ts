import {
  awardReasonSchema,
  itemContentSchema,
  itemIdSchema,
  taskIdSchema,
  unitIdSchema,
} from '@casebook/contracts';
import type {
  Explanation,
  ItemContent,
  ItemId,
  MemberId,
  ProjectId,
  SectionId,
  TaskId,
  UnitId,
  WorkStage,
} from '@casebook/contracts';
import type { Connection } from '../database/client.ts';
import { replaced } from '../judgements/replaced.ts';
import { isTold } from './told.ts';

export interface SectionToExplain {
  readonly taskId: TaskId;
  readonly taskName: string;
  readonly taskType: string;
  readonly name: string;
  /** Whether it is closed, and not only with the adjudicator. */
  readonly closed: boolean;
  /** What the member did there. */
  readonly stage: WorkStage;
}

/** A section at rest that the member has handed in and is not to judge again first; undefined for all others. */
export async function findSectionToExplain(
  connection: Connection,
  projectId: ProjectId,
  sectionId: SectionId,
  memberId: MemberId,
): Promise<SectionToExplain | undefined> {
  const rows = await connection.$queryRaw<(Omit<SectionToExplain, 'taskId'> & { taskId: string })[]>`
    SELECT t."id" AS "taskId", t."name" AS "taskName", t."type" AS "taskType", s."name",
      s."stage" = 'closed' AS "closed", l."stage"
    FROM "Section" s
    JOIN "Task" t ON t."projectId" = s."projectId" AND t."id" = s."taskId"
    JOIN (
      SELECT "projectId", "sectionId", 'annotation' AS "stage" FROM "Lease"
      WHERE "memberId" = ${memberId}::uuid AND "state" = 'finished'
      UNION ALL
      SELECT "projectId", "sectionId", 'validation' FROM "ValidationLease"
      WHERE "memberId" = ${memberId}::uuid AND "state" = 'finished'
    ) l ON l."projectId" = s."projectId" AND l."sectionId" = s."id"
    WHERE s."projectId" = ${projectId}::uuid AND s."id" = ${sectionId}::uuid
      AND ${isTold(memberId)}
    ORDER BY l."stage" LIMIT 1`;
  const row = rows[0];
  return row === undefined ? undefined : { ...row, taskId: taskIdSchema.parse(row.taskId) };
}

/** Notes that a member was shown what others read in a section. */
export async function noteShown(
  connection: Connection,
  projectId: ProjectId,
  sectionId: SectionId,
  memberId: MemberId,
): Promise<void> {
  await connection.explanationShown.createMany({
    data: { projectId, sectionId, memberId },
    skipDuplicates: true,
  });
}

export interface UnitToExplain {
  readonly id: UnitId;
  readonly itemId: ItemId;
  readonly label: string;
  readonly content: unknown;
  /** Why the member skipped it; null where he did not. */
  readonly skipReason: string | null;
}

/** The units of a section that the member judged, in reading order. */
export async function listUnits(
  connection: Connection,
  projectId: ProjectId,
  sectionId: SectionId,
  memberId: MemberId,
): Promise<UnitToExplain[]> {
  const rows = await connection.$queryRaw<
    (Omit<UnitToExplain, 'id' | 'itemId'> & { id: string; itemId: string })[]
  >`
    SELECT u."id", u."itemId", u."label", u."content",
      (SELECT j."skipReason" FROM "Judgement" j WHERE j."projectId" = u."projectId" AND j."unitId" = u."id"
        AND j."coderId" = ${memberId}::uuid AND j."stage" = 'annotation' AND j."act" = 'skip'
        AND NOT j."extra" AND NOT j."informed" AND NOT ${replaced} LIMIT 1) AS "skipReason"
    FROM "Unit" u
    WHERE u."projectId" = ${projectId}::uuid AND u."sectionId" = ${sectionId}::uuid AND (
      EXISTS (SELECT 1 FROM "Judgement" j WHERE j."projectId" = u."projectId" AND j."unitId" = u."id"
        AND j."coderId" = ${memberId}::uuid)
      OR EXISTS (SELECT 1 FROM "Validation" v WHERE v."projectId" = u."projectId" AND v."unitId" = u."id"
        AND v."coderId" = ${memberId}::uuid))
    ORDER BY u."itemId", u."reading"`;
  return rows.map((row) => ({
    ...row,
    id: unitIdSchema.parse(row.id),
    itemId: itemIdSchema.parse(row.itemId),
  }));
}

/** The items of a section with the words of all their units, by `item/key`. */
export async function listItems(
  connection: Connection,
  projectId: ProjectId,
  taskId: TaskId,
  sectionId: SectionId,
): Promise<{
  readonly items: readonly { readonly id: ItemId; readonly name: string; readonly content: ItemContent }[];
  readonly labels: ReadonlyMap<string, string>;
}> {
  const rows = await connection.$queryRaw<{ id: string; name: string; content: unknown }[]>`
    SELECT i."id", i."name", v."content"
    FROM (SELECT DISTINCT u."itemId", u."itemVersion" FROM "Unit" u
      WHERE u."projectId" = ${projectId}::uuid AND u."sectionId" = ${sectionId}::uuid) used
    JOIN "Item" i ON i."projectId" = ${projectId}::uuid AND i."id" = used."itemId"
    JOIN "ItemVersion" v ON v."projectId" = i."projectId" AND v."itemId" = i."id" AND v."version" = used."itemVersion"
    ORDER BY i."position"`;
  const items = rows.map(({ id, name, content }) => ({
    id: itemIdSchema.parse(id),
    name,
    content: itemContentSchema.parse(content),
  }));
  const units = await connection.unit.findMany({
    where: { projectId, taskId, itemId: { in: items.map(({ id }) => id) } },
    select: { itemId: true, key: true, label: true },
  });
  return { items, labels: new Map(units.map(({ itemId, key, label }) => [`${itemId}/${key}`, label])) };
}

type StoredAward = Explanation['awards'][number] & { readonly unitId: string | null };

/** What a member has earned in a section. */
export async function listAwards(
  connection: Connection,
  projectId: ProjectId,
  sectionId: SectionId,
  memberId: MemberId,
): Promise<StoredAward[]> {
  const rows = await connection.award.findMany({
    where: { projectId, sectionId, memberId },
    orderBy: [{ kind: 'asc' }],
  });
  return rows.map(({ unitId, stage, points, ruleVersion, earnedAt, reason }) => ({
    ...{ unitId, stage, points, ruleVersion },
    earnedAt: earnedAt.toISOString(),
    reason: awardReasonSchema.parse(reason),
  }));
}
