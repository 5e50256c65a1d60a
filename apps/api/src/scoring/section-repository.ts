import {
  FIRST_SCORING_RULES,
  memberIdSchema,
  scoringRulesSchema,
  sectionIdSchema,
  unitIdSchema,
} from '@casebook/contracts';
import type { ProjectId, SectionId, TaskId, WorkStage } from '@casebook/contracts';
import type { Award, HandIn, RulesInForce, ScoredAct } from '@casebook/task-types/server';
import { uuidv7 } from 'uuidv7';
import { Prisma } from '../database/client.ts';
import type { Connection } from '../database/client.ts';
import { replaced } from '../judgements/replaced.ts';
import { verdictCounts } from '../readings/counted.ts';
import { storedReadingsSchema } from '../stages/stored-readings.ts';
import { listDecisions } from './decision-repository.ts';
import type { OutcomeToScore } from './resolved.ts';

export type Stage = 'annotation' | 'validation' | 'adjudication' | 'closed';

/** A section with what its awards depend on beside judgements. */
interface SectionAtHand {
  readonly stage: Stage;
  readonly finished: number;
  readonly validatorsFinished: number;
  /** How many judgements superseded others: rows are only ever added, so that every change raises it. */
  readonly changes: number;
}

/** How often answers of the section `s` of a statement were changed or withdrawn. */
const changes = Prisma.sql`(SELECT count(*)::int FROM "Judgement" c WHERE c."projectId" = s."projectId"
  AND c."taskId" = s."taskId" AND c."sectionId" = s."id" AND c."supersedesId" IS NOT NULL)`;

/** A section that stays as it is, and is scored by no other transaction, until this one ends. */
export async function holdSection(
  connection: Connection,
  projectId: ProjectId,
  sectionId: SectionId,
): Promise<SectionAtHand | undefined> {
  const rows = await connection.$queryRaw<SectionAtHand[]>`
    SELECT s."stage"::text AS "stage", s."finished", s."validatorsFinished", ${changes} AS "changes"
    FROM "Section" s WHERE s."projectId" = ${projectId}::uuid AND s."id" = ${sectionId}::uuid FOR UPDATE`;
  return rows[0];
}

/** Every version of the rules, with the moment from which it holds. */
export async function listRulesInForce(
  connection: Connection,
  projectId: ProjectId,
): Promise<RulesInForce[]> {
  const rows = await connection.scoringRule.findMany({ where: { projectId }, orderBy: { version: 'asc' } });
  return [
    { version: 1, since: Number.NEGATIVE_INFINITY, rules: FIRST_SCORING_RULES },
    ...rows.map(({ version, createdAt, rules }) => ({
      version,
      since: createdAt.getTime(),
      rules: scoringRulesSchema.parse(rules),
    })),
  ];
}

export async function listHandIns(
  connection: Connection,
  projectId: ProjectId,
  sectionId: SectionId,
): Promise<HandIn[]> {
  const rows = await connection.$queryRaw<{ coder: string; stage: WorkStage; at: Date }[]>`
    SELECT l."memberId" AS "coder", 'annotation' AS "stage", l."finishedAt" AS "at" FROM "Lease" l
    WHERE l."projectId" = ${projectId}::uuid AND l."sectionId" = ${sectionId}::uuid
      AND l."state" = 'finished' AND l."finishedAt" IS NOT NULL
    UNION ALL
    SELECT l."memberId", 'validation', l."finishedAt" FROM "ValidationLease" l
    WHERE l."projectId" = ${projectId}::uuid AND l."sectionId" = ${sectionId}::uuid
      AND l."state" = 'finished' AND l."finishedAt" IS NOT NULL
    ORDER BY "at", "coder"`;
  return rows.map(({ coder, stage, at }) => ({
    coder: memberIdSchema.parse(coder),
    stage,
    at: at.getTime(),
  }));
}

/** What counts of what coders did in a section: units judged in time and uninformed, readings validated in time. */
export async function listActs(
  connection: Connection,
  projectId: ProjectId,
  sectionId: SectionId,
): Promise<ScoredAct[]> {
  const rows = await connection.$queryRaw<
    (Omit<ScoredAct, 'coder' | 'unitId'> & { readonly coder: string; readonly unitId: string })[]
  >`
    SELECT j."coderId" AS "coder", j."unitId", 'annotation' AS "stage", j."confidence"::text AS "confidence",
      j."comment" IS NOT NULL AS "commented"
    FROM "Judgement" j
    WHERE j."projectId" = ${projectId}::uuid AND j."sectionId" = ${sectionId}::uuid AND j."stage" = 'annotation'
      AND j."act" <> 'withdrawal' AND NOT j."extra" AND NOT j."informed" AND NOT ${replaced}
    UNION ALL
    SELECT v."coderId", v."unitId", 'validation', NULL, v."verdict" = 'disagree' AND v."comment" IS NOT NULL
    FROM "Validation" v
    WHERE v."projectId" = ${projectId}::uuid AND v."sectionId" = ${sectionId}::uuid AND ${verdictCounts}`;
  return rows.map((row) => ({
    ...row,
    coder: memberIdSchema.parse(row.coder),
    unitId: unitIdSchema.parse(row.unitId),
  }));
}

/** What has become of the units of a section, and when it was last looked at. */
export async function listOutcomes(
  connection: Connection,
  projectId: ProjectId,
  sectionId: SectionId,
): Promise<{ readonly outcomes: OutcomeToScore[]; readonly at: Date | null }> {
  const rows = await connection.unitOutcome.findMany({
    where: { projectId, sectionId },
    orderBy: [{ computedAt: 'desc' }, { unitId: 'asc' }],
  });
  const decisions = await listDecisions(connection, projectId, sectionId);
  return {
    at: rows[0]?.computedAt ?? null,
    outcomes: rows.map(({ unitId: id, state, uncertainty, readings }) => {
      const unitId = unitIdSchema.parse(id);
      return {
        ...{ unitId, state, uncertainty },
        readings: storedReadingsSchema.parse(readings),
        decision: decisions.get(unitId) ?? null,
      };
    }),
  };
}

/** Puts what was earned in a section in the place of what stood there. */
export async function replaceAwards(
  connection: Connection,
  place: { readonly projectId: ProjectId; readonly taskId: TaskId; readonly sectionId: SectionId },
  awards: readonly Award[],
  seen: SectionAtHand & { readonly outcomesAt: Date | null },
): Promise<void> {
  const { projectId, sectionId } = place;
  await connection.award.deleteMany({ where: { projectId, sectionId } });
  await connection.award.createMany({
    data: awards.map(({ coder, at, reason, ...award }) => ({
      ...{ ...place, id: uuidv7(), memberId: coder, ...award },
      kind: reason.kind === 'handed-in' ? 'handed_in' : reason.kind,
      reason,
      earnedAt: new Date(at),
    })),
  });
  await connection.sectionScore.upsert({
    where: { projectId_sectionId: { projectId, sectionId } },
    create: { ...place, ...seen },
    update: seen,
  });
}

/** Sections of a task of which anything has become since they were scored. A look without a lock. */
export async function listSectionsToScore(
  connection: Connection,
  projectId: ProjectId,
  taskId: TaskId,
): Promise<SectionId[]> {
  const rows = await connection.$queryRaw<{ id: string }[]>`
    SELECT s."id" FROM "Section" s
    LEFT JOIN "SectionScore" x ON x."projectId" = s."projectId" AND x."sectionId" = s."id"
    LEFT JOIN (SELECT o."sectionId", max(o."computedAt") AS "at" FROM "UnitOutcome" o
      WHERE o."projectId" = ${projectId}::uuid AND o."taskId" = ${taskId}::uuid GROUP BY o."sectionId"
    ) newest ON newest."sectionId" = s."id" AND s."stage" IN ('adjudication', 'closed')
    WHERE s."projectId" = ${projectId}::uuid AND s."taskId" = ${taskId}::uuid
      AND (s."finished" > 0 OR s."validatorsFinished" > 0)
      AND (s."finished", s."validatorsFinished", s."stage", ${changes}, newest."at")
        IS DISTINCT FROM (x."finished", x."validatorsFinished", x."stage", x."changes", x."outcomesAt")
    ORDER BY s."position"`;
  return rows.map(({ id }) => sectionIdSchema.parse(id));
}

/** The tasks of such sections, archived ones left out. */
export function listTasksToScore(
  connection: Connection,
): Promise<readonly { readonly projectId: string; readonly taskId: string }[]> {
  return connection.$queryRaw`
    SELECT DISTINCT s."projectId", s."taskId" FROM "Section" s
    JOIN "Task" t ON t."projectId" = s."projectId" AND t."id" = s."taskId" AND t."state" <> 'archived'
    LEFT JOIN "SectionScore" x ON x."projectId" = s."projectId" AND x."sectionId" = s."id"
    LEFT JOIN (SELECT o."projectId", o."sectionId", max(o."computedAt") AS "at" FROM "UnitOutcome" o
      GROUP BY o."projectId", o."sectionId"
    ) newest ON newest."projectId" = s."projectId" AND newest."sectionId" = s."id"
      AND s."stage" IN ('adjudication', 'closed')
    WHERE (s."finished" > 0 OR s."validatorsFinished" > 0)
      AND (s."finished", s."validatorsFinished", s."stage", ${changes}, newest."at")
        IS DISTINCT FROM (x."finished", x."validatorsFinished", x."stage", x."changes", x."outcomesAt")`;
}
