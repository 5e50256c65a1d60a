import { itemIdSchema, memberIdSchema, sectionIdSchema, unitIdSchema } from '@casebook/contracts';
import type { ItemId, ProjectId, SectionId, TaskId, UnitId } from '@casebook/contracts';
import type { Connection } from '../database/client.ts';
import { keptAnswers, reference, stands } from '../judgements/reference.ts';
import { annotationCounts, insteadCounts, skipCounts, verdictCounts } from '../readings/counted.ts';
import type { CountedAnswer, CountedValidation, Outcome } from './outcome.ts';

export interface TaskAtWork {
  readonly type: string;
  readonly protocol: unknown;
  readonly open: boolean;
}

export async function findTask(
  connection: Connection,
  projectId: ProjectId,
  taskId: TaskId,
): Promise<TaskAtWork | undefined> {
  const task = await connection.task.findUnique({
    where: { projectId_id: { projectId, id: taskId } },
    select: { type: true, protocol: true, state: true },
  });
  if (task === null) return undefined;
  return { type: task.type, protocol: task.protocol, open: ['open', 'paused'].includes(task.state) };
}

/** Tasks with sections whose annotators or validators are done, or can't be had. */
export async function listTasksDue(
  connection: Connection,
  types: readonly string[],
): Promise<readonly { readonly projectId: string; readonly taskId: string }[]> {
  return connection.$queryRaw`
    SELECT DISTINCT s."projectId", s."taskId"
    FROM "Section" s JOIN "Task" t ON t."projectId" = s."projectId" AND t."id" = s."taskId"
    WHERE s."stage" IN ('annotation', 'validation') AND t."state" IN ('open', 'paused', 'closed')
      AND t."type" = ANY (${[...types]}::text[])
      AND (s."stage" = 'annotation' AND s."finished" >= s."wanted"
        OR s."stage" = 'validation' AND (s."validatorsFinished" = s."validatorsTaken" OR EXISTS (
          SELECT 1 FROM "ValidationLease" l WHERE l."projectId" = s."projectId" AND l."sectionId" = s."id"
            AND l."state" = 'active' AND l."expiresAt" < now()))
        OR t."state" = 'closed')`;
}

/** Frees the places of validators who stayed away. */
export async function lapseValidations(
  connection: Connection,
  projectId: ProjectId,
  taskId: TaskId,
): Promise<void> {
  await connection.$executeRaw`SELECT lapse_validations(${projectId}::uuid, ${taskId}::uuid)`;
}

/** Sections of a task that may go on, in the order of the task. A look without a lock: each is looked at again. */
export async function listSectionsDue(
  connection: Connection,
  projectId: ProjectId,
  taskId: TaskId,
): Promise<SectionId[]> {
  const rows = await connection.$queryRaw<{ id: string }[]>`
    SELECT s."id"
    FROM "Section" s JOIN "Task" t ON t."projectId" = s."projectId" AND t."id" = s."taskId"
    WHERE s."projectId" = ${projectId}::uuid AND s."taskId" = ${taskId}::uuid
      AND t."state" IN ('open', 'paused', 'closed') AND s."stage" IN ('annotation', 'validation')
      AND (s."stage" = 'annotation' AND s."finished" >= s."wanted"
        OR s."stage" = 'validation' AND s."validatorsFinished" = s."validatorsTaken"
        OR t."state" = 'closed')
    ORDER BY s."position"`;
  return rows.map(({ id }) => sectionIdSchema.parse(id));
}

export interface LockedSection {
  readonly stage: 'annotation' | 'validation' | 'adjudication' | 'closed';
  readonly wanted: number;
  readonly finished: number;
  readonly validatorsWanted: number;
  readonly validatorsTaken: number;
  readonly validatorsFinished: number;
  /** The last round in which readings were shown; 0 before the first. */
  readonly round: number;
  /** Whether it was an adjudicator who asked for the judgements that the section waits for. */
  readonly sentBack: boolean;
}

/** A section with its row held until the transaction ends. */
export async function lockSection(
  connection: Connection,
  projectId: ProjectId,
  sectionId: SectionId,
): Promise<LockedSection | undefined> {
  const rows = await connection.$queryRaw<LockedSection[]>`
    SELECT s."stage"::text AS "stage", s."wanted", s."finished", s."validatorsWanted", s."validatorsTaken",
      s."validatorsFinished",
      (SELECT coalesce(max(r."round"), 0) FROM "ShownReading" r
        WHERE r."projectId" = s."projectId" AND r."sectionId" = s."id") AS "round",
      EXISTS (SELECT 1 FROM "Adjudication" a WHERE a."projectId" = s."projectId" AND a."sectionId" = s."id"
        AND a."kind" = 'send-back' AND ${stands}) AS "sentBack"
    FROM "Section" s WHERE s."projectId" = ${projectId}::uuid AND s."id" = ${sectionId}::uuid FOR UPDATE OF s`;
  return rows[0];
}

/**
 * Coders for whom a section may wait to be validated: of the task, trained for it, and who neither annotated it nor had
 * it to validate. Whoever gave it back or let it lapse may take it up again while it stays, but is not waited for.
 */
export async function countEligible(
  connection: Connection,
  projectId: ProjectId,
  sectionId: SectionId,
): Promise<number> {
  const rows = await connection.$queryRaw<{ eligible: number }[]>`
    SELECT count(*)::int AS "eligible"
    FROM "Section" s
    JOIN "Task" t ON t."projectId" = s."projectId" AND t."id" = s."taskId"
    JOIN "Member" m ON m."projectId" = s."projectId" AND m."role" = 'annotator' AND m."disabledAt" IS NULL
    JOIN "User" u ON u."id" = m."userId" AND u."disabledAt" IS NULL
    WHERE s."projectId" = ${projectId}::uuid AND s."id" = ${sectionId}::uuid
      AND (NOT t."namedOnly" OR EXISTS (SELECT 1 FROM "TaskCoder" c
        WHERE c."projectId" = t."projectId" AND c."taskId" = t."id" AND c."memberId" = m."id"))
      AND is_trained_for(t."projectId", t."id", m."id")
      AND NOT EXISTS (SELECT 1 FROM "Judgement" j WHERE j."projectId" = s."projectId" AND j."sectionId" = s."id"
        AND j."coderId" = m."id" AND j."stage" = 'annotation')
      AND NOT has_validated(s."projectId", s."id", m."id")`;
  return rows[0]?.eligible ?? 0;
}

export interface UnitToWeigh {
  readonly id: UnitId;
  readonly itemId: ItemId;
  readonly key: string;
  readonly sectionId: string;
  readonly content: unknown;
  /** What is taken for right of it, adjudicated or else gold; null where there is none. */
  readonly reference: unknown;
  /** The adjudicator's decision that stands, or null. */
  readonly decisionId: string | null;
  /** The answers that it takes for right, the heaviest first; null without one. */
  readonly kept: readonly unknown[] | null;
}

/** The units of some sections and all others of the same items, in reading order. */
export async function listUnitsOfItems(
  connection: Connection,
  projectId: ProjectId,
  sectionIds: readonly SectionId[],
): Promise<UnitToWeigh[]> {
  const rows = await connection.$queryRaw<
    (Omit<UnitToWeigh, 'id' | 'itemId'> & { id: string; itemId: string })[]
  >`
    SELECT u."id", u."itemId", u."key", u."sectionId", u."content", ${reference} AS "reference",
      d."id" AS "decisionId", ${keptAnswers} AS "kept"
    FROM "Unit" u
    LEFT JOIN LATERAL (
      SELECT a."id" FROM "Adjudication" a WHERE a."projectId" = u."projectId" AND a."unitId" = u."id"
        AND a."kind" IN ('decide', 'keep-several') AND ${stands}
    ) d ON true
    WHERE u."projectId" = ${projectId}::uuid AND (u."taskId", u."itemId") IN (
      SELECT h."taskId", h."itemId" FROM "Unit" h WHERE h."projectId" = ${projectId}::uuid
        AND h."sectionId" = ANY (${[...sectionIds]}::uuid[]))
    ORDER BY u."itemId", u."reading"`;
  return rows.map((row) => ({
    ...row,
    id: unitIdSchema.parse(row.id),
    itemId: itemIdSchema.parse(row.itemId),
  }));
}

interface AnswerRow {
  readonly judgementId: string;
  readonly unitId: string;
  readonly coder: string;
  readonly answer: unknown;
  readonly stage: 'annotation' | 'validation';
  readonly rating: number | null;
}

/** The answers on some units that count, of annotators and of validators who answered something instead. */
export async function listAnswers(
  connection: Connection,
  projectId: ProjectId,
  units: readonly UnitToWeigh[],
): Promise<CountedAnswer[]> {
  const rows = await connection.$queryRaw<AnswerRow[]>`
    SELECT j."id" AS "judgementId", j."unitId", j."coderId" AS "coder", j."answer", j."stage"::text AS "stage",
      j."coderRating" AS "rating"
    FROM "Judgement" j
    WHERE j."projectId" = ${projectId}::uuid AND j."unitId" = ANY (${units.map(({ id }) => id)}::uuid[])
      AND (${annotationCounts} OR ${insteadCounts})
    ORDER BY j."coderId", j."id"`;
  const unitOf = new Map<string, UnitToWeigh>(units.map((unit) => [unit.id, unit]));
  return rows.flatMap(({ unitId, coder, ...row }) => {
    const unit = unitOf.get(unitId);
    if (unit === undefined) return [];
    return [
      {
        ...row,
        unitId: unit.id,
        itemId: unit.itemId,
        key: unit.key,
        unit: unit.content,
        coder: memberIdSchema.parse(coder),
      },
    ];
  });
}

/** How many annotators passed units of some sections over, in time and uninformed, where their last word is that. */
export async function countSkips(
  connection: Connection,
  projectId: ProjectId,
  sectionIds: readonly SectionId[],
): Promise<ReadonlyMap<UnitId, number>> {
  const rows = await connection.$queryRaw<{ unitId: string; skips: number }[]>`
    SELECT j."unitId", count(*)::int AS "skips" FROM "Judgement" j
    WHERE j."projectId" = ${projectId}::uuid AND j."sectionId" = ANY (${[...sectionIds]}::uuid[]) AND ${skipCounts}
    GROUP BY j."unitId"`;
  return new Map(rows.map(({ unitId, skips }) => [unitIdSchema.parse(unitId), skips]));
}

/** What validators of some units said in time and stand by. */
export async function listValidations(
  connection: Connection,
  projectId: ProjectId,
  units: readonly UnitToWeigh[],
): Promise<CountedValidation[]> {
  const rows = await connection.$queryRaw<
    {
      unitId: string;
      judgementId: string;
      coder: string;
      verdict: CountedValidation['verdict'];
      rating: number | null;
    }[]
  >`
    SELECT v."unitId", r."judgementId", v."coderId" AS "coder", v."verdict"::text AS "verdict", v."coderRating" AS "rating"
    FROM "Validation" v
    JOIN "ShownReading" r ON r."projectId" = v."projectId" AND r."id" = v."shownReadingId"
    WHERE v."projectId" = ${projectId}::uuid AND v."unitId" = ANY (${units.map(({ id }) => id)}::uuid[])
      AND ${verdictCounts}
    ORDER BY v."id"`;
  return rows.map((row) => ({
    ...row,
    unitId: unitIdSchema.parse(row.unitId),
    coder: memberIdSchema.parse(row.coder),
  }));
}

/** An outcome by votes, beside the adjudicator's decision on the unit where one stands. */
export interface DecidedOutcome extends Outcome {
  readonly sectionId: string;
  readonly decisionId: string | null;
  /** Keys of the readings that the decision chose or kept. None also where it is for what nobody answered. */
  readonly kept: readonly string[];
}

/** Holds the outcomes of a task until the transaction ends, so that two who derive them take turns. */
export async function lockOutcomes(connection: Connection, taskId: TaskId): Promise<void> {
  await connection.$executeRaw`SELECT pg_advisory_xact_lock(hashtextextended(${taskId}::text, 2))`;
}

/** Sections with outcomes that share an item with this one, itself left out: its answers bear on theirs. */
export async function listSectionsBeside(
  connection: Connection,
  projectId: ProjectId,
  sectionId: SectionId,
): Promise<SectionId[]> {
  const rows = await connection.$queryRaw<{ id: string }[]>`
    SELECT DISTINCT u."sectionId" AS "id" FROM "Unit" u
    JOIN "UnitOutcome" o ON o."projectId" = u."projectId" AND o."unitId" = u."id"
    WHERE u."projectId" = ${projectId}::uuid AND u."sectionId" <> ${sectionId}::uuid AND (u."taskId", u."itemId") IN (
      SELECT h."taskId", h."itemId" FROM "Unit" h WHERE h."projectId" = ${projectId}::uuid
        AND h."sectionId" = ${sectionId}::uuid)`;
  return rows.map(({ id }) => sectionIdSchema.parse(id));
}

export async function listSectionsWithOutcomes(
  connection: Connection,
  projectId: ProjectId,
  taskId: TaskId,
): Promise<SectionId[]> {
  const rows = await connection.unitOutcome.findMany({
    where: { projectId, taskId },
    distinct: ['sectionId'],
    select: { sectionId: true },
  });
  return rows.map(({ sectionId }) => sectionIdSchema.parse(sectionId));
}

export async function replaceOutcomes(
  connection: Connection,
  projectId: ProjectId,
  taskId: TaskId,
  outcomes: readonly DecidedOutcome[],
): Promise<void> {
  const sections = [...new Set(outcomes.map(({ sectionId }) => sectionId))];
  await connection.unitOutcome.deleteMany({ where: { projectId, sectionId: { in: sections } } });
  await connection.unitOutcome.createMany({
    data: outcomes.map(({ sectionId, unitId, state, uncertainty, readings, decisionId, kept }) => ({
      ...{ projectId, taskId, sectionId, unitId, state, uncertainty, adjudicationId: decisionId },
      kept: [...kept],
      // Answers come from the database, where they were JSON.
      readings: JSON.parse(JSON.stringify(readings)) as never,
    })),
  });
}

export interface ReadingToShow {
  readonly id: string;
  readonly unitId: UnitId;
  readonly judgementId: string;
  readonly position: number;
}

export async function insertShownReadings(
  connection: Connection,
  key: { readonly projectId: ProjectId; readonly taskId: TaskId; readonly sectionId: SectionId },
  round: number,
  shown: readonly ReadingToShow[],
): Promise<void> {
  await connection.shownReading.createMany({ data: shown.map((reading) => ({ ...key, round, ...reading })) });
}

export async function moveSection(
  connection: Connection,
  projectId: ProjectId,
  sectionId: SectionId,
  stage: LockedSection['stage'],
  moreValidators: number,
): Promise<void> {
  await connection.section.update({
    where: { projectId_id: { projectId, id: sectionId } },
    data: { stage, validatorsWanted: { increment: moreValidators } },
  });
}
