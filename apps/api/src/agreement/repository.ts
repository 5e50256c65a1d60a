import {
  agreementSchema,
  memberIdSchema,
  unitIdSchema,
  weighingExceptionSchema,
  weighingSchema,
} from '@casebook/contracts';
import type { Agreement, MemberId, ProjectId, TaskId, UnitId, WeighingException } from '@casebook/contracts';
import { z } from 'zod';
import { Prisma } from '../database/client.ts';
import type { Connection } from '../database/client.ts';
import { replaced } from '../judgements/replaced.ts';
import { outsideCounts, outsideFrom, outsideName, outsideRevision } from '../outside/counted.ts';
import type { ComputedAgreement } from './compute.ts';
import type { WeighedTask } from './weigh.ts';

export interface TaskToCompare {
  readonly type: string;
  readonly protocol: unknown;
  readonly seed: number;
  readonly secondLookOf: string | null;
}

export async function findTaskToCompare(
  connection: Connection,
  projectId: string,
  taskId: string,
): Promise<TaskToCompare | undefined> {
  const task = await connection.task.findUnique({
    where: { projectId_id: { projectId, id: taskId } },
    select: { type: true, protocol: true, seed: true, secondLookOf: true },
  });
  return task === null ? undefined : { ...task, seed: Number(task.seed) };
}

/** Puts a computation in the place of the one before. */
export async function replaceAgreement(
  connection: Connection,
  projectId: string,
  taskId: string,
  computed: ComputedAgreement,
  request: { seed: number; resamples: number },
): Promise<void> {
  const weighed = computed.weighed === null ? null : summaryOf(computed.weighed);
  const row = {
    computedAt: new Date(),
    judgements: computed.judgements,
    upTo: computed.upTo,
    outsideRevision: computed.outsideRevision,
    seed: request.seed,
    resamples: request.resamples,
    views: JSON.parse(JSON.stringify(computed.views)) as never,
    disagreements: computed.differing,
    weighing: weighed === null ? Prisma.DbNull : (JSON.parse(JSON.stringify(weighed)) as never),
  };
  await connection.agreementSnapshot.upsert({
    where: { projectId_taskId: { projectId, taskId } },
    create: { projectId, taskId, ...row },
    update: row,
  });
  await connection.disagreement.deleteMany({ where: { projectId, taskId } });
  await connection.$executeRaw`
    INSERT INTO "Disagreement" ("projectId", "taskId", "rank", "unitId", "disagreement")
    SELECT ${projectId}::uuid, ${taskId}::uuid, (w."rank" - 1)::int, w."unitId", w."disagreement"
    FROM unnest(${computed.worst.map((unit) => unit.unitId)}::uuid[], ${computed.worst.map((unit) => unit.disagreement)}::float8[])
      WITH ORDINALITY AS w("unitId", "disagreement", "rank")`;
  await connection.weighedUnit.deleteMany({ where: { projectId, taskId } });
  const listed = computed.weighed?.listed ?? [];
  await connection.$executeRaw`
    INSERT INTO "WeighedUnit" ("projectId", "taskId", "rank", "unitId", "exception", "readings")
    SELECT ${projectId}::uuid, ${taskId}::uuid, (w."rank" - 1)::int, w."unitId", w."exception", w."readings"
    FROM unnest(${listed.map((unit) => unit.unitId)}::uuid[], ${listed.map((unit) => unit.exception)}::text[],
      ${listed.map((unit) => JSON.stringify(unit.readings))}::jsonb[])
      WITH ORDINALITY AS w("unitId", "exception", "readings", "rank")`;
}

function summaryOf({ listed, ...rest }: WeighedTask): z.output<typeof weighingSchema> {
  return {
    ...rest,
    listed: listed.length,
    coders: rest.coders.map(({ coder, classes }) => ({ coder, classes: [...classes] })),
  };
}

/** What was made of all readings of a task, without the readings; null where nothing was, or not yet. */
export async function findWeighing(
  connection: Connection,
  projectId: ProjectId,
  taskId: TaskId,
): Promise<z.output<typeof weighingSchema> | null> {
  const row = await connection.agreementSnapshot.findUnique({
    where: { projectId_taskId: { projectId, taskId } },
    select: { weighing: true },
  });
  return weighingSchema.nullable().parse(row?.weighing ?? null);
}

const storedReadingsSchema = z.array(
  z.object({ answer: z.unknown(), coders: z.array(memberIdSchema), posterior: z.number() }),
);

export interface ListedUnit extends Omit<RankedUnit, 'disagreement'> {
  readonly exception: WeighingException | null;
  readonly readings: z.output<typeof storedReadingsSchema>;
}

export async function listWeighedUnits(
  connection: Connection,
  projectId: ProjectId,
  taskId: TaskId,
  wanted: { readonly of: 'exceptions' | 'all'; readonly after: number; readonly limit: number },
): Promise<ListedUnit[]> {
  const rows = await connection.$queryRaw<(Omit<ListedUnit, 'readings'> & { readings: unknown })[]>`
    SELECT w."rank", w."unitId", w."exception", w."readings", u."label", u."itemId", u."content", s."name" AS "place"
    FROM "WeighedUnit" w
    JOIN "Unit" u ON u."projectId" = w."projectId" AND u."id" = w."unitId"
    JOIN "Section" s ON s."projectId" = u."projectId" AND s."id" = u."sectionId"
    WHERE w."projectId" = ${projectId}::uuid AND w."taskId" = ${taskId}::uuid AND w."rank" > ${wanted.after}::int
      AND (${wanted.of === 'all'} OR w."exception" IS NOT NULL)
    ORDER BY w."rank" LIMIT ${wanted.limit}::int`;
  return rows.map((row) => ({
    ...row,
    exception: weighingExceptionSchema.nullable().parse(row.exception),
    readings: storedReadingsSchema.parse(row.readings),
  }));
}

export async function findAgreement(
  connection: Connection,
  projectId: ProjectId,
  taskId: TaskId,
): Promise<Agreement | null> {
  const row = await connection.agreementSnapshot.findUnique({
    where: { projectId_taskId: { projectId, taskId } },
  });
  if (row === null) return null;
  return agreementSchema.parse({
    computedAt: row.computedAt.toISOString(),
    judgements: row.judgements,
    seed: Number(row.seed),
    resamples: row.resamples,
    views: row.views,
    disagreements: row.disagreements,
  });
}

/** Tasks with judgements newer than their figures. */
export async function listStaleTasks(
  connection: Connection,
): Promise<readonly { projectId: string; taskId: string }[]> {
  return connection.$queryRaw`
    SELECT t."projectId", t."id" AS "taskId"
    FROM "Task" t
    LEFT JOIN "AgreementSnapshot" a ON a."projectId" = t."projectId" AND a."taskId" = t."id"
    WHERE t."state" <> 'archived' AND (coalesce(a."outsideRevision", 0) <> ${outsideRevision} OR EXISTS (
      SELECT 1 FROM "Judgement" j WHERE j."projectId" = t."projectId" AND j."taskId" = t."id"
        AND (a."upTo" IS NULL OR j."id" > a."upTo")))`;
}

export interface StaleCheck {
  readonly taskExists: boolean;
  readonly stale: boolean;
}

/** Whether judgements have come since a task's figures were computed. */
export async function isStale(
  connection: Connection,
  projectId: ProjectId,
  taskId: TaskId,
): Promise<StaleCheck> {
  const rows = await connection.$queryRaw<{ stale: boolean }[]>`
    SELECT EXISTS (
      SELECT 1 FROM "Judgement" j WHERE j."projectId" = t."projectId" AND j."taskId" = t."id"
        AND (a."upTo" IS NULL OR j."id" > a."upTo"))
      OR coalesce(a."outsideRevision", 0) <> ${outsideRevision} AS "stale"
    FROM "Task" t LEFT JOIN "AgreementSnapshot" a ON a."projectId" = t."projectId" AND a."taskId" = t."id"
    WHERE t."projectId" = ${projectId}::uuid AND t."id" = ${taskId}::uuid`;
  return { taskExists: rows.length > 0, stale: rows[0]?.stale ?? false };
}

export interface UnitInPlace {
  readonly unitId: UnitId;
  readonly taskId: string;
  readonly taskName: string;
  readonly taskType: string;
  readonly key: string;
  readonly label: string;
  readonly itemId: string;
  readonly itemName: string;
  readonly itemContent: unknown;
  readonly content: unknown;
  readonly gold: unknown;
  readonly explanation: string | null;
}

export async function findUnitInPlace(
  connection: Connection,
  projectId: ProjectId,
  unitId: UnitId,
): Promise<UnitInPlace | undefined> {
  const rows = await connection.$queryRaw<(Omit<UnitInPlace, 'unitId'> & { unitId: string })[]>`
    SELECT u."id" AS "unitId", t."id" AS "taskId", t."name" AS "taskName", t."type" AS "taskType", u."key", u."label",
      i."id" AS "itemId", i."name" AS "itemName", v."content" AS "itemContent", u."content", g."answer" AS "gold", g."explanation"
    FROM "Unit" u
    JOIN "Task" t ON t."projectId" = u."projectId" AND t."id" = u."taskId"
    JOIN "Item" i ON i."projectId" = u."projectId" AND i."id" = u."itemId"
    JOIN "ItemVersion" v ON v."projectId" = i."projectId" AND v."itemId" = i."id" AND v."version" = u."itemVersion"
    LEFT JOIN "Gold" g ON g."projectId" = u."projectId" AND g."unitId" = u."id"
    WHERE u."projectId" = ${projectId}::uuid AND u."id" = ${unitId}::uuid`;
  const row = rows[0];
  return row === undefined ? undefined : { ...row, unitId: unitIdSchema.parse(row.unitId) };
}

/** The words of an item's units, for answers that point at them. */
export async function labelsOfItem(
  connection: Connection,
  projectId: ProjectId,
  taskId: string,
  itemIds: readonly string[],
): Promise<Map<string, string>> {
  const units = await connection.unit.findMany({
    where: { projectId, taskId, itemId: { in: [...itemIds] } },
    select: { itemId: true, key: true, label: true },
  });
  return new Map(units.map((unit) => [`${unit.itemId}/${unit.key}`, unit.label]));
}

export interface CurrentAnswer {
  readonly unitId: string;
  readonly coder: MemberId;
  readonly coderName: string;
  readonly act: 'answer' | 'skip';
  readonly answer: unknown;
  readonly skipReason: string | null;
}

/** The latest judgement in time of each coder on some units, skips included, withdrawals left out. */
export async function listCurrentAnswers(
  connection: Connection,
  projectId: ProjectId,
  unitIds: readonly string[],
): Promise<CurrentAnswer[]> {
  const rows = await connection.$queryRaw<(Omit<CurrentAnswer, 'coder'> & { coder: string })[]>`
    SELECT j."unitId", j."coderId" AS "coder", u."name" AS "coderName", j."act"::text AS "act", j."answer", j."skipReason"
    FROM "Judgement" j
    JOIN "Member" m ON m."projectId" = j."projectId" AND m."id" = j."coderId"
    JOIN "User" u ON u."id" = m."userId"
    WHERE j."projectId" = ${projectId}::uuid AND j."unitId" = ANY (${[...unitIds]}::uuid[]) AND j."act" <> 'withdrawal'
      AND NOT j."extra" AND NOT ${replaced}
    UNION ALL
    SELECT o."unitId", o."coderId" AS "coder", ${outsideName} AS "coderName", 'answer' AS "act", o."answer", NULL AS "skipReason"
    FROM ${outsideFrom}
    WHERE o."projectId" = ${projectId}::uuid AND o."unitId" = ANY (${[...unitIds]}::uuid[]) AND ${outsideCounts}
    ORDER BY "coderName", "coder"`;
  return rows.map((row) => ({ ...row, coder: memberIdSchema.parse(row.coder) }));
}

export interface RankedUnit {
  readonly rank: number;
  readonly unitId: string;
  readonly disagreement: number;
  readonly label: string;
  readonly itemId: string;
  readonly place: string;
  readonly content: unknown;
}

export async function listDisagreements(
  connection: Connection,
  projectId: ProjectId,
  taskId: TaskId,
  after: number,
  limit: number,
): Promise<RankedUnit[]> {
  return connection.$queryRaw<RankedUnit[]>`
    SELECT d."rank", d."unitId", d."disagreement", u."label", u."itemId", u."content", s."name" AS "place"
    FROM "Disagreement" d
    JOIN "Unit" u ON u."projectId" = d."projectId" AND u."id" = d."unitId"
    JOIN "Section" s ON s."projectId" = u."projectId" AND s."id" = u."sectionId"
    WHERE d."projectId" = ${projectId}::uuid AND d."taskId" = ${taskId}::uuid AND d."rank" > ${after}::int
    ORDER BY d."rank" LIMIT ${limit}::int`;
}

/**
 * What subscribers of a project are told about: each task's newest judgement, verdict and figures, whether planning is
 * over, and how many sections and validators are at which stage.
 */
export async function pulseOfProject(
  connection: Connection,
  projectId: ProjectId,
): Promise<
  readonly {
    taskId: string;
    newest: string | null;
    newestVerdict: string | null;
    stages: string;
    planningIsOver: boolean;
    computedAt: Date | null;
  }[]
> {
  return connection.$queryRaw`
    SELECT t."id" AS "taskId", n."id" AS "newest", v."id" AS "newestVerdict", s."stages",
      t."planned" OR t."planFailure" IS NOT NULL AS "planningIsOver", a."computedAt"
    FROM "Task" t
    LEFT JOIN LATERAL (SELECT j."id" FROM "Judgement" j WHERE j."projectId" = t."projectId" AND j."taskId" = t."id"
      ORDER BY j."id" DESC LIMIT 1) n ON true
    LEFT JOIN LATERAL (SELECT o."id" FROM "Validation" o WHERE o."projectId" = t."projectId" AND o."taskId" = t."id"
      ORDER BY o."id" DESC LIMIT 1) v ON true
    CROSS JOIN LATERAL (
      SELECT concat_ws(' ', count(*) FILTER (WHERE x."stage" = 'annotation'), count(*) FILTER (WHERE x."stage" = 'validation'),
        count(*) FILTER (WHERE x."stage" = 'adjudication'), count(*) FILTER (WHERE x."stage" = 'closed'),
        sum(x."validatorsTaken"), sum(x."validatorsFinished")) AS "stages"
      FROM "Section" x WHERE x."projectId" = t."projectId" AND x."taskId" = t."id"
    ) s
    LEFT JOIN "AgreementSnapshot" a ON a."projectId" = t."projectId" AND a."taskId" = t."id"
    WHERE t."projectId" = ${projectId}::uuid`;
}
