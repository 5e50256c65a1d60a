import {
  memberIdSchema,
  submissionIdSchema,
  taskIdSchema,
  unitIdSchema,
  itemIdSchema,
} from '@casebook/contracts';
import type {
  MemberId,
  ProjectId,
  SubmissionId,
  TaskId,
  Training,
  TrainingRound,
  UnitId,
  UserId,
} from '@casebook/contracts';
import type { CodedUnit } from '@casebook/task-types/server';
import type { Connection } from '../database/client.ts';
import { replaced } from '../judgements/replaced.ts';
import type { GoldUnit } from './grading.ts';

export interface TrainingTask {
  readonly name: string;
  readonly type: string;
  readonly protocol: unknown;
  readonly open: boolean;
  readonly passMark: number;
  readonly trainingLength: number;
}

/** A task of the phase `training`; undefined where there is none. */
export async function findTrainingTask(
  connection: Connection,
  projectId: ProjectId,
  taskId: TaskId,
): Promise<TrainingTask | undefined> {
  const task = await connection.task.findFirst({
    where: { projectId, id: taskId, phase: 'training', planned: true },
    select: {
      ...{ name: true, type: true, protocol: true, state: true, trainingLength: true },
      project: { select: { passMark: true } },
    },
  });
  if (task === null) return undefined;
  const { state, project, ...rest } = task;
  return { ...rest, open: state === 'open', passMark: project.passMark };
}

/** Whether a member may be trained: an annotator of the project, and named where only named coders work. */
export async function mayTrain(
  connection: Connection,
  projectId: ProjectId,
  taskId: TaskId,
  memberId: MemberId,
): Promise<boolean> {
  const rows = await connection.$queryRaw<{ may: boolean }[]>`
    SELECT m."role" = 'annotator' AND (NOT t."namedOnly" OR EXISTS (SELECT 1 FROM "TaskCoder" c
      WHERE c."projectId" = t."projectId" AND c."taskId" = t."id" AND c."memberId" = m."id")) AS "may"
    FROM "Task" t JOIN "Member" m ON m."projectId" = t."projectId" AND m."id" = ${memberId}::uuid
    WHERE t."projectId" = ${projectId}::uuid AND t."id" = ${taskId}::uuid`;
  return rows[0]?.may ?? false;
}

export interface UnitOfTraining extends GoldUnit {
  readonly itemVersion: number;
  readonly explanation: string | null;
}

/** All units of the items that some units stand in, in reading order. */
export async function listUnitsAround(
  connection: Connection,
  projectId: ProjectId,
  unitIds: readonly UnitId[],
): Promise<UnitOfTraining[]> {
  const rows = await connection.$queryRaw<
    (Omit<UnitOfTraining, 'id' | 'itemId'> & { id: string; itemId: string })[]
  >`
    SELECT u."id", u."itemId", u."itemVersion", u."key", u."content", g."answer" AS "gold", g."explanation"
    FROM "Unit" u
    JOIN "Item" i ON i."projectId" = u."projectId" AND i."id" = u."itemId"
    LEFT JOIN "Gold" g ON g."projectId" = u."projectId" AND g."unitId" = u."id"
    WHERE u."projectId" = ${projectId}::uuid AND (u."taskId", u."itemId") IN (
      SELECT h."taskId", h."itemId" FROM "Unit" h
      WHERE h."projectId" = ${projectId}::uuid AND h."id" = ANY (${unitIds}::uuid[]))
    ORDER BY i."position", u."reading"`;
  return rows.map((row) => ({
    ...row,
    id: unitIdSchema.parse(row.id),
    itemId: itemIdSchema.parse(row.itemId),
  }));
}

/** The units of a task that have gold, in reading order. */
export async function listCandidates(
  connection: Connection,
  projectId: ProjectId,
  taskId: TaskId,
): Promise<{ readonly id: UnitId; readonly itemId: string; readonly gold: unknown }[]> {
  const rows = await connection.$queryRaw<{ id: string; itemId: string; gold: unknown }[]>`
    SELECT u."id", u."itemId", g."answer" AS "gold" FROM "Unit" u
    JOIN "Item" i ON i."projectId" = u."projectId" AND i."id" = u."itemId"
    JOIN "Gold" g ON g."projectId" = u."projectId" AND g."unitId" = u."id"
    WHERE u."projectId" = ${projectId}::uuid AND u."taskId" = ${taskId}::uuid
    ORDER BY i."position", u."reading"`;
  return rows.map((row) => ({ ...row, id: unitIdSchema.parse(row.id) }));
}

interface RoundKey {
  readonly projectId: ProjectId;
  readonly taskId: TaskId;
  readonly coderId: MemberId;
  readonly round: number;
}

/** What a time through training asks; undefined where that is not drawn yet. */
export async function findDraw(connection: Connection, key: RoundKey): Promise<UnitId[] | undefined> {
  const row = await connection.trainingDraw.findUnique({
    where: { projectId_taskId_coderId_round: key },
    select: { unitIds: true },
  });
  return row?.unitIds.map((id) => unitIdSchema.parse(id));
}

export async function insertDraw(
  connection: Connection,
  key: RoundKey,
  { unitIds, seed }: { readonly unitIds: readonly UnitId[]; readonly seed: number },
): Promise<void> {
  await connection.trainingDraw.create({ data: { ...key, unitIds: [...unitIds], seed: BigInt(seed) } });
}

export async function listTrainingItems(
  connection: Connection,
  projectId: ProjectId,
  units: readonly UnitOfTraining[],
): Promise<Training['items']> {
  const versions = new Map(units.map(({ itemId, itemVersion }) => [itemId as string, itemVersion]));
  const rows = await connection.itemVersion.findMany({
    where: { projectId, OR: [...versions].map(([itemId, version]) => ({ itemId, version })) },
    select: { itemId: true, version: true, content: true, item: { select: { name: true, position: true } } },
    orderBy: { item: { position: 'asc' } },
  });
  return rows.map(({ itemId, version, content, item }) => ({
    id: itemIdSchema.parse(itemId),
    version,
    name: item.name,
    content: content as Training['items'][number]['content'],
  }));
}

export interface StoredAnswer {
  readonly submissionId: SubmissionId;
  readonly unitId: UnitId;
  readonly round: number;
  readonly answer: unknown;
  readonly right: boolean;
}

/** One coder's answers in training, in the order given. */
export async function listTrainingAnswers(
  connection: Connection,
  projectId: ProjectId,
  taskId: TaskId,
  coderId: MemberId,
): Promise<StoredAnswer[]> {
  const rows = await connection.trainingAnswer.findMany({
    where: { projectId, taskId, coderId },
    select: { submissionId: true, unitId: true, round: true, answer: true, right: true },
    orderBy: [{ receivedAt: 'asc' }, { id: 'asc' }],
  });
  return rows.map((row) => ({
    ...row,
    submissionId: submissionIdSchema.parse(row.submissionId),
    unitId: unitIdSchema.parse(row.unitId),
  }));
}

export async function listTrainingRounds(
  connection: Connection,
  projectId: ProjectId,
  taskId: TaskId,
  coderId: MemberId,
): Promise<TrainingRound[]> {
  return connection.trainingRound.findMany({
    where: { projectId, taskId, coderId },
    select: { round: true, asked: true, right: true, passed: true },
    orderBy: { round: 'asc' },
  });
}

/**
 * Whether a coder may go through a training for this time: until he has passed, and afterwards by a manager's leave,
 * since gold is told after every answer.
 */
export async function mayGoThrough(connection: Connection, key: RoundKey): Promise<boolean> {
  const { projectId, taskId, coderId } = key;
  const passed = await connection.trainingRound.count({
    where: { projectId, taskId, coderId, passed: true },
  });
  return passed === 0 || (await connection.trainingAllowance.count({ where: key })) > 0;
}

export async function insertAllowance(
  connection: Connection,
  key: RoundKey,
  allowedBy: UserId,
): Promise<void> {
  await connection.trainingAllowance.create({ data: { ...key, allowedBy } });
}

/** One at a time for a coder: an answer is counted with those before it. */
export async function lockTraining(connection: Connection, taskId: TaskId, coderId: MemberId): Promise<void> {
  await connection.$executeRaw`SELECT pg_advisory_xact_lock(hashtextextended(${`training ${taskId} ${coderId}`}, 0))`;
}

export async function insertTrainingAnswer(
  connection: Connection,
  row: {
    readonly projectId: ProjectId;
    readonly taskId: TaskId;
    readonly coderId: MemberId;
    readonly id: string;
    readonly submissionId: string;
    readonly unitId: UnitId;
    readonly round: number;
    readonly answer: unknown;
    readonly right: boolean;
    readonly elapsedMs: number;
  },
): Promise<void> {
  // The answer was parsed by its contract, and is JSON.
  await connection.trainingAnswer.create({ data: { ...row, answer: row.answer as never } });
}

export async function insertTrainingRound(
  connection: Connection,
  key: { readonly projectId: ProjectId; readonly taskId: TaskId; readonly coderId: MemberId },
  round: TrainingRound & { readonly passMark: number },
): Promise<void> {
  await connection.trainingRound.create({ data: { ...key, ...round } });
}

/** False where the unit has no gold. */
export async function updateExplanation(
  connection: Connection,
  projectId: ProjectId,
  unitId: UnitId,
  explanation: string | null,
): Promise<boolean> {
  const { count } = await connection.gold.updateMany({ where: { projectId, unitId }, data: { explanation } });
  return count > 0;
}

export interface RatedTask {
  readonly type: string;
  readonly protocol: unknown;
  readonly seed: number;
  readonly hiddenGoldRate: number;
  readonly trainingTaskId: string | null;
}

export async function findRatedTask(
  connection: Connection,
  projectId: string,
  taskId: string,
): Promise<RatedTask | undefined> {
  const task = await connection.task.findUnique({
    where: { projectId_id: { projectId, id: taskId } },
    select: { type: true, protocol: true, seed: true, hiddenGoldRate: true, trainingTaskId: true },
  });
  return task === null ? undefined : { ...task, seed: Number(task.seed) };
}

/** Tasks whose coders were trained by this one. */
export async function listTasksTrainedBy(
  connection: Connection,
  projectId: ProjectId,
  taskId: TaskId,
): Promise<string[]> {
  const tasks = await connection.task.findMany({
    where: { projectId, trainingTaskId: taskId },
    select: { id: true },
  });
  return tasks.map(({ id }) => id);
}

/** Open tasks that ask one coder for this training. */
export async function listTasksOpened(
  connection: Connection,
  projectId: ProjectId,
  trainingTaskId: TaskId,
  coderId: MemberId,
): Promise<Training['opens']> {
  const tasks = await connection.task.findMany({
    where: {
      ...{ projectId, trainingTaskId, state: 'open' },
      OR: [{ namedOnly: false }, { coders: { some: { memberId: coderId } } }],
    },
    select: { id: true, name: true },
    orderBy: { createdAt: 'asc' },
  });
  return tasks.map(({ id, name }) => ({ taskId: taskIdSchema.parse(id), taskName: name }));
}

/** How many units each coder was trained on, and of how many the first answer, before gold was shown, was right. */
export async function listFirstAnswers(
  connection: Connection,
  projectId: string,
  trainingTaskId: string,
): Promise<readonly { readonly coderId: string; readonly asked: number; readonly right: number }[]> {
  return connection.$queryRaw`
    SELECT f."coderId", count(*)::int AS "asked", (count(*) FILTER (WHERE f."right"))::int AS "right"
    FROM (
      SELECT DISTINCT ON (a."coderId", a."unitId") a."coderId", a."right" FROM "TrainingAnswer" a
      WHERE a."projectId" = ${projectId}::uuid AND a."taskId" = ${trainingTaskId}::uuid
      ORDER BY a."coderId", a."unitId", a."round"
    ) f GROUP BY f."coderId"`;
}

/** The units of every item that has gold, with their gold, in reading order. */
export async function listUnitsWithGold(
  connection: Connection,
  projectId: string,
  taskId: string,
): Promise<GoldUnit[]> {
  const rows = await connection.$queryRaw<
    (Omit<GoldUnit, 'id' | 'itemId'> & { id: string; itemId: string })[]
  >`
    SELECT u."id", u."itemId", u."key", u."content", g."answer" AS "gold"
    FROM "Unit" u LEFT JOIN "Gold" g ON g."projectId" = u."projectId" AND g."unitId" = u."id" AND g."source" <> 'adjudication'
    WHERE u."projectId" = ${projectId}::uuid AND u."taskId" = ${taskId}::uuid AND EXISTS (
      SELECT 1 FROM "Unit" o JOIN "Gold" k ON k."projectId" = o."projectId" AND k."unitId" = o."id"
      WHERE o."projectId" = u."projectId" AND o."taskId" = u."taskId" AND o."itemId" = u."itemId")
    ORDER BY u."itemId", u."reading"`;
  return rows.map((row) => ({
    ...row,
    id: unitIdSchema.parse(row.id),
    itemId: itemIdSchema.parse(row.itemId),
  }));
}

interface CountedCoding extends CodedUnit<unknown, unknown> {
  readonly receivedAt: Date;
}

/** What annotators answered of some units in time and stand by. */
export async function listCountedCodings(
  connection: Connection,
  projectId: string,
  units: readonly GoldUnit[],
): Promise<CountedCoding[]> {
  const rows = await connection.$queryRaw<
    { unitId: string; coder: string; answer: unknown; receivedAt: Date }[]
  >`
    SELECT j."unitId", j."coderId" AS "coder", j."answer", j."receivedAt" FROM "Judgement" j
    WHERE j."projectId" = ${projectId}::uuid AND j."unitId" = ANY (${units.map(({ id }) => id)}::uuid[])
      AND j."stage" = 'annotation' AND j."act" = 'answer' AND NOT j."extra" AND NOT j."informed" AND NOT ${replaced}
    ORDER BY j."coderId", j."id"`;
  const unitOf = new Map<string, GoldUnit>(units.map((unit) => [unit.id, unit]));
  return rows.flatMap(({ unitId, coder, answer, receivedAt }) => {
    const unit = unitOf.get(unitId);
    if (unit === undefined) return [];
    const { id, itemId, key, content } = unit;
    return [
      { unitId: id, itemId, key, unit: content, coder: memberIdSchema.parse(coder), answer, receivedAt },
    ];
  });
}

export async function replaceRatings(
  connection: Connection,
  projectId: string,
  taskId: string,
  ratings: readonly { readonly coderId: string; readonly asked: number; readonly right: number }[],
): Promise<void> {
  await connection.coderRating.deleteMany({ where: { projectId, taskId } });
  await connection.coderRating.createMany({
    data: ratings.map((rating) => ({ projectId, taskId, ...rating })),
  });
}
