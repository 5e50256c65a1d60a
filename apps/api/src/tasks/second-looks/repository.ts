import { memberIdSchema, unitIdSchema } from '@casebook/contracts';
import type { MemberId, ProjectId, SecondLookRule, TaskId, UnitId } from '@casebook/contracts';
import { Prisma } from '../../database/client.ts';
import type { Connection } from '../../database/client.ts';
import { replaced } from '../../judgements/replaced.ts';
import type { Candidate } from './choose.ts';
import type { NumberRange } from './unit-numbers.ts';

/** Judgements `j` of annotators that stand, informed ones too: in time, neither replaced nor taken back. */
const standing = Prisma.sql`j."stage" = 'annotation' AND j."act" <> 'withdrawal' AND NOT j."extra" AND NOT ${replaced}`;

/** What a rule goes by, of the unit `u` of a statement; null for units that are no candidates. */
function weightOf(rule: Exclude<SecondLookRule, { kind: 'by-hand' }>): Prisma.Sql {
  switch (rule.kind) {
    case 'before-version':
      return Prisma.sql`(SELECT count(*) FROM "Judgement" j WHERE j."projectId" = u."projectId" AND j."unitId" = u."id"
        AND ${standing} AND coalesce(j."guidelineVersion", 0) < ${rule.version}::int)`;
    case 'differing':
      return rule.by === 'disagreement'
        ? Prisma.sql`(SELECT d."disagreement" FROM "Disagreement" d WHERE d."projectId" = u."projectId"
            AND d."taskId" = u."taskId" AND d."unitId" = u."id")`
        : Prisma.sql`(SELECT o."uncertainty" FROM "UnitOutcome" o WHERE o."projectId" = u."projectId"
            AND o."unitId" = u."id" AND o."state" <> 'unanswered' AND o."adjudicationId" IS NULL)`;
    case 'asked-about':
      return Prisma.sql`(SELECT count(*) FROM "Question" q WHERE q."projectId" = u."projectId" AND q."unitId" = u."id"
        AND (NOT ${rule.decided || rule.decision !== null} OR EXISTS (
          SELECT 1 FROM "Decision" d WHERE d."projectId" = q."projectId" AND d."questionId" = q."id"
            AND (${rule.decision}::int IS NULL OR d."number" = ${rule.decision}::int)
            AND NOT EXISTS (SELECT 1 FROM "DecisionWithdrawal" w WHERE w."projectId" = d."projectId"
              AND w."number" = d."number"))))`;
  }
}

interface CandidateRow {
  readonly unitId: string;
  readonly itemId: string;
  readonly number: number;
  readonly weight: number | null;
}

const numbered = (projectId: ProjectId, taskId: TaskId): Prisma.Sql => Prisma.sql`(
  SELECT u."projectId", u."taskId", u."id", u."itemId",
    (row_number() OVER (ORDER BY i."position", u."reading", u."id"))::int AS "number"
  FROM "Unit" u JOIN "Item" i ON i."projectId" = u."projectId" AND i."id" = u."itemId"
  WHERE u."projectId" = ${projectId}::uuid AND u."taskId" = ${taskId}::uuid)`;

function candidateOf(row: CandidateRow): Candidate {
  return { ...row, unitId: unitIdSchema.parse(row.unitId) };
}

/** The units of a task that a rule may choose, with what it goes by. */
export async function listCandidates(
  connection: Connection,
  projectId: ProjectId,
  taskId: TaskId,
  rule: Exclude<SecondLookRule, { kind: 'by-hand' }>,
): Promise<Candidate[]> {
  const rows = await connection.$queryRaw<CandidateRow[]>`
    SELECT * FROM (
      SELECT u."id" AS "unitId", u."itemId", u."number", ${weightOf(rule)}::float8 AS "weight"
      FROM ${numbered(projectId, taskId)} u) c
    WHERE c."weight" > 0`;
  return rows.map(candidateOf);
}

/** The units of a task with one of these ids, or with a number in one of these ranges. */
export async function listNamed(
  connection: Connection,
  projectId: ProjectId,
  taskId: TaskId,
  unitIds: readonly UnitId[],
  ranges: readonly NumberRange[],
): Promise<Candidate[]> {
  const rows = await connection.$queryRaw<CandidateRow[]>`
    SELECT u."id" AS "unitId", u."itemId", u."number", NULL::float8 AS "weight"
    FROM ${numbered(projectId, taskId)} u
    WHERE u."id" = ANY (${[...unitIds]}::uuid[]) OR EXISTS (
      SELECT 1 FROM unnest(${ranges.map(({ from }) => from)}::int[], ${ranges.map(({ to }) => to)}::int[]) r(low, high)
      WHERE u."number" BETWEEN r.low AND r.high)`;
  return rows.map(candidateOf);
}

export interface UnitInWords {
  readonly unitId: string;
  readonly label: string;
  readonly place: string;
}

export function describeUnits(
  connection: Connection,
  projectId: ProjectId,
  unitIds: readonly UnitId[],
): Promise<UnitInWords[]> {
  return connection.$queryRaw<UnitInWords[]>`
    SELECT u."id" AS "unitId", u."label", i."name" AS "place"
    FROM "Unit" u JOIN "Item" i ON i."projectId" = u."projectId" AND i."id" = u."itemId"
    WHERE u."projectId" = ${projectId}::uuid AND u."id" = ANY (${[...unitIds]}::uuid[])`;
}

/** Standing judgements on some units. */
export async function countJudgements(
  connection: Connection,
  projectId: ProjectId,
  unitIds: readonly UnitId[],
): Promise<number> {
  const rows = await connection.$queryRaw<{ judgements: number }[]>`
    SELECT count(*)::int AS "judgements" FROM "Judgement" j
    WHERE j."projectId" = ${projectId}::uuid AND j."unitId" = ANY (${[...unitIds]}::uuid[]) AND ${standing}`;
  return rows[0]?.judgements ?? 0;
}

export interface FirstCoder {
  readonly memberId: MemberId;
  readonly name: string;
  /** Whether they are an expert who may work. */
  readonly active: boolean;
  /** Of the items asked about, those of which they judged something in the task. */
  readonly items: readonly string[];
  /** Whether they judged nothing at all in the task. */
  readonly isNew: boolean;
}

/** Who annotated in a task, and the project's other experts who may work, by name. */
export async function listFirstCoders(
  connection: Connection,
  projectId: ProjectId,
  taskId: TaskId,
  itemIds: readonly string[],
): Promise<FirstCoder[]> {
  const rows = await connection.$queryRaw<(Omit<FirstCoder, 'memberId'> & { memberId: string })[]>`
    SELECT c.* FROM (
      SELECT m."id" AS "memberId", a."name", coalesce(own."items", '{}') AS "items", own."judged" = 0 AS "isNew",
        m."role" = 'annotator' AND m."disabledAt" IS NULL AND a."disabledAt" IS NULL AS "active"
      FROM "Member" m JOIN "User" a ON a."id" = m."userId"
      CROSS JOIN LATERAL (
        SELECT array_agg(DISTINCT u."itemId"::text) FILTER (WHERE u."itemId" = ANY (${[...itemIds]}::uuid[])) AS "items",
          count(*) AS "judged"
        FROM "Judgement" j JOIN "Unit" u ON u."projectId" = j."projectId" AND u."id" = j."unitId"
        WHERE j."projectId" = m."projectId" AND j."taskId" = ${taskId}::uuid AND j."coderId" = m."id" AND j."stage" = 'annotation'
      ) own
      WHERE m."projectId" = ${projectId}::uuid
    ) c
    WHERE c."active" OR NOT c."isNew"
    ORDER BY c."name", c."memberId"`;
  return rows.map((row) => ({ ...row, memberId: memberIdSchema.parse(row.memberId) }));
}

/** How many units a task has of some items. */
export async function countUnits(
  connection: Connection,
  projectId: ProjectId,
  taskId: TaskId,
  itemIds: readonly string[],
): Promise<ReadonlyMap<string, number>> {
  const rows = await connection.$queryRaw<{ itemId: string; units: number }[]>`
    SELECT u."itemId", count(*)::int AS "units" FROM "Unit" u
    WHERE u."projectId" = ${projectId}::uuid AND u."taskId" = ${taskId}::uuid AND u."itemId" = ANY (${[...itemIds]}::uuid[])
    GROUP BY u."itemId"`;
  return new Map(rows.map(({ itemId, units }) => [itemId, units]));
}

export interface ShownUnits {
  readonly memberId: string;
  readonly itemId: string;
  readonly units: number;
}

/**
 * Of how many units of an item members were shown how others read them, or what is right, in any task on the collection
 * of this one: as `was_shown` has it.
 */
export function countShown(
  connection: Connection,
  projectId: ProjectId,
  taskId: TaskId,
  itemIds: readonly string[],
): Promise<ShownUnits[]> {
  return connection.$queryRaw<ShownUnits[]>`
    SELECT x."memberId", o."itemId", count(DISTINCT o."key")::int AS "units"
    FROM "Task" f
    JOIN "Task" t ON t."projectId" = f."projectId" AND t."collectionId" = f."collectionId" AND t."type" = f."type"
    JOIN "Unit" o ON o."projectId" = t."projectId" AND o."taskId" = t."id" AND o."itemId" = ANY (${[...itemIds]}::uuid[])
    CROSS JOIN LATERAL (
      SELECT e."memberId" FROM "ExplanationShown" e WHERE e."projectId" = o."projectId" AND e."sectionId" = o."sectionId"
      UNION
      SELECT l."memberId" FROM "ValidationLease" l
      JOIN "ShownReading" r ON r."projectId" = l."projectId" AND r."sectionId" = l."sectionId" AND r."unitId" = o."id"
      WHERE l."projectId" = o."projectId" AND l."sectionId" = o."sectionId"
      UNION
      SELECT c."coderId" FROM "Contest" c WHERE c."projectId" = o."projectId" AND c."unitId" = o."id"
      UNION
      SELECT g."coderId" FROM "TrainingAnswer" g WHERE g."projectId" = o."projectId" AND g."unitId" = o."id"
    ) x
    WHERE f."projectId" = ${projectId}::uuid AND f."id" = ${taskId}::uuid
    GROUP BY x."memberId", o."itemId"`;
}

/** Keeps which units of its first look a task asks again. */
export async function insertChosen(
  connection: Connection,
  projectId: ProjectId,
  taskId: TaskId,
  unitIds: readonly UnitId[],
): Promise<void> {
  await connection.$executeRaw`
    INSERT INTO "SecondLookUnit" ("projectId", "taskId", "unitId")
    SELECT ${projectId}::uuid, ${taskId}::uuid, c FROM unnest(${[...unitIds]}::uuid[]) AS c`;
}

export interface FirstLook {
  readonly type: string;
  readonly collectionId: string;
  readonly state: string;
  readonly phase: 'pilot' | 'production' | 'training';
  readonly order: 'reading' | 'shuffled';
  readonly protocol: unknown;
  readonly trainingTaskId: string | null;
  readonly hiddenGoldRate: number;
  readonly trainingLength: number;
}

export async function findFirstLook(
  connection: Connection,
  projectId: ProjectId,
  taskId: TaskId,
): Promise<FirstLook | undefined> {
  const task = await connection.task.findUnique({
    where: { projectId_id: { projectId, id: taskId } },
    select: {
      type: true,
      collectionId: true,
      state: true,
      phase: true,
      order: true,
      protocol: true,
      trainingTaskId: true,
      hiddenGoldRate: true,
      trainingLength: true,
    },
  });
  return task ?? undefined;
}
