import { adjudicationIdSchema, sectionIdSchema, taskIdSchema } from '@casebook/contracts';
import type { ProjectId, SectionId, TaskId, UnitId } from '@casebook/contracts';
import { z } from 'zod';
import { Prisma } from '../database/client.ts';
import type { Connection } from '../database/client.ts';

export async function findTaskType(
  connection: Connection,
  projectId: ProjectId,
  taskId: TaskId,
): Promise<string | undefined> {
  const task = await connection.task.findUnique({
    where: { projectId_id: { projectId, id: taskId } },
    select: { type: true },
  });
  return task?.type;
}

export interface UnitToDecide {
  readonly taskId: TaskId;
  readonly sectionId: SectionId;
  readonly itemId: string;
  readonly reading: number;
  readonly content: unknown;
}

export async function findUnit(
  connection: Connection,
  projectId: ProjectId,
  unitId: UnitId,
): Promise<UnitToDecide | undefined> {
  const unit = await connection.unit.findUnique({
    where: { projectId_id: { projectId, id: unitId } },
    select: { taskId: true, sectionId: true, itemId: true, reading: true, content: true },
  });
  if (unit === null) return undefined;
  const { taskId, sectionId, ...rest } = unit;
  return { ...rest, taskId: taskIdSchema.parse(taskId), sectionId: sectionIdSchema.parse(sectionId) };
}

/** How many of these keys are units of the same item before the one in question. */
export async function countEarlier(
  connection: Connection,
  projectId: ProjectId,
  unit: UnitToDecide,
  keys: readonly string[],
): Promise<number> {
  const { taskId, itemId, reading } = unit;
  return connection.unit.count({
    where: { projectId, taskId, itemId, key: { in: [...keys] }, reading: { lt: reading } },
  });
}

const goldSchema = z.object({
  answer: z.unknown(),
  source: z.string(),
  createdAt: z.string(),
  /** Decisions from before it was kept hold none. */
  explanation: z.string().nullable().default(null),
});
/** Gold as it was before an adjudicator set his own in its place. */
export type EarlierGold = z.infer<typeof goldSchema>;

const keptSchema = z.array(z.object({ answer: z.unknown(), weight: z.number().nullable() }));

export interface StoredAdjudication {
  readonly id: z.infer<typeof adjudicationIdSchema>;
  readonly kind: 'decide' | 'keep-several' | 'send-back' | 'reopen';
  readonly answers: z.infer<typeof keptSchema>;
  readonly reason: string | null;
  readonly userId: string;
  readonly asGold: boolean;
  readonly goldBefore: EarlierGold | null;
  readonly at: Date;
}

const KINDS = {
  decide: 'decide',
  keep_several: 'keep-several',
  send_back: 'send-back',
  reopen: 'reopen',
} as const;

/** What was done with a unit so far, the last first. */
export async function listAdjudications(
  connection: Connection,
  projectId: ProjectId,
  unitId: UnitId,
): Promise<StoredAdjudication[]> {
  const rows = await connection.adjudication.findMany({
    where: { projectId, unitId },
    orderBy: [{ at: 'desc' }, { id: 'desc' }],
  });
  return rows.map(({ id, kind, answers, reason, userId, asGold, goldBefore, at }) => ({
    ...{ reason, userId, asGold, at },
    id: adjudicationIdSchema.parse(id),
    kind: KINDS[kind],
    answers: keptSchema.parse(answers),
    goldBefore: goldSchema.nullable().parse(goldBefore),
  }));
}

export async function insertAdjudication(
  connection: Connection,
  row: Omit<StoredAdjudication, 'at'> & {
    readonly projectId: ProjectId;
    readonly taskId: TaskId;
    readonly sectionId: SectionId;
    readonly unitId: UnitId;
    readonly supersedesId: string | null;
  },
): Promise<void> {
  const { kind, answers, goldBefore, ...rest } = row;
  await connection.adjudication.create({
    data: {
      ...rest,
      kind: kind === 'keep-several' ? 'keep_several' : kind === 'send-back' ? 'send_back' : kind,
      answers: asJson(answers),
      goldBefore: goldBefore === null ? Prisma.DbNull : asJson(goldBefore),
    },
  });
}

/** What was read as JSON or parsed by a contract, as Prisma takes it. */
function asJson(value: unknown): Prisma.InputJsonValue {
  return JSON.parse(JSON.stringify(value)) as Prisma.InputJsonValue;
}

export async function findGold(
  connection: Connection,
  projectId: ProjectId,
  unitId: UnitId,
): Promise<EarlierGold | null> {
  const gold = await connection.gold.findUnique({ where: { projectId_unitId: { projectId, unitId } } });
  if (gold === null) return null;
  const { answer, source, createdAt, explanation } = gold;
  return { answer, source, createdAt: createdAt.toISOString(), explanation };
}

/** Puts gold, with its own explanation, in the place of what is there; null takes it away. */
export async function replaceGold(
  connection: Connection,
  projectId: ProjectId,
  unitId: UnitId,
  gold: EarlierGold | null,
): Promise<void> {
  if (gold === null) {
    await connection.gold.deleteMany({ where: { projectId, unitId } });
    return;
  }
  const { answer, source, createdAt, explanation } = gold;
  const row = { answer: asJson(answer), source, createdAt: new Date(createdAt), explanation };
  await connection.gold.upsert({
    where: { projectId_unitId: { projectId, unitId } },
    create: { projectId, unitId, ...row },
    update: row,
  });
}

/** Moves a section between the adjudicator and the archive; one that is with its coders stays there. */
export async function settleSection(
  connection: Connection,
  projectId: ProjectId,
  sectionId: string,
  from: readonly ('adjudication' | 'closed')[],
  to: 'adjudication' | 'closed',
): Promise<void> {
  await connection.section.updateMany({
    where: { projectId, id: sectionId, stage: { in: [...from] } },
    data: { stage: to },
  });
}

/** Coders who may still annotate a section: of the task, and with neither a part in it nor a validation behind them. */
export async function countAnnotatorsLeft(
  connection: Connection,
  projectId: ProjectId,
  sectionId: SectionId,
): Promise<number> {
  const rows = await connection.$queryRaw<{ left: number }[]>`
    SELECT count(*)::int AS "left"
    FROM "Section" s
    JOIN "Task" t ON t."projectId" = s."projectId" AND t."id" = s."taskId"
    JOIN "Member" m ON m."projectId" = s."projectId" AND m."role" = 'annotator' AND m."disabledAt" IS NULL
    JOIN "User" u ON u."id" = m."userId" AND u."disabledAt" IS NULL
    WHERE s."projectId" = ${projectId}::uuid AND s."id" = ${sectionId}::uuid
      AND (NOT t."namedOnly" OR EXISTS (SELECT 1 FROM "TaskCoder" c
        WHERE c."projectId" = t."projectId" AND c."taskId" = t."id" AND c."memberId" = m."id"))
      AND NOT EXISTS (SELECT 1 FROM "Lease" l WHERE l."projectId" = s."projectId" AND l."sectionId" = s."id"
        AND l."memberId" = m."id" AND l."state" IN ('active', 'finished', 'reclaimed'))
      AND NOT EXISTS (SELECT 1 FROM "ValidationLease" v WHERE v."projectId" = s."projectId" AND v."sectionId" = s."id"
        AND v."memberId" = m."id")`;
  return rows[0]?.left ?? 0;
}

/** Opens a section for one more annotator. */
export async function wantOneMoreAnnotator(
  connection: Connection,
  projectId: ProjectId,
  sectionId: SectionId,
): Promise<void> {
  await connection.section.update({
    where: { projectId_id: { projectId, id: sectionId } },
    data: { stage: 'annotation', wanted: { increment: 1 } },
  });
}

/** The place in a round behind its last reading shown. */
export async function nextPositionInRound(
  connection: Connection,
  projectId: ProjectId,
  sectionId: SectionId,
  round: number,
): Promise<number> {
  const last = await connection.shownReading.aggregate({
    where: { projectId, sectionId, round },
    _max: { position: true },
  });
  return (last._max.position ?? -1) + 1;
}
