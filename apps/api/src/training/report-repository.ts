import { memberIdSchema, taskSchema, unitIdSchema } from '@casebook/contracts';
import type { MemberId, ProjectId, TaskId, UnitId } from '@casebook/contracts';
import type { Connection } from '../database/client.ts';

/** Whether a project holds a task, and whether it trains coders. */
export async function findPhase(
  connection: Connection,
  projectId: ProjectId,
  taskId: TaskId,
): Promise<'training' | 'other' | undefined> {
  const task = await connection.task.findFirst({ where: { projectId, id: taskId }, select: { phase: true } });
  if (task === null) return undefined;
  return task.phase === taskSchema.shape.phase.enum.training ? 'training' : 'other';
}

/** The names of members, by id. */
export async function listNames(
  connection: Connection,
  projectId: ProjectId,
): Promise<ReadonlyMap<MemberId, string>> {
  const rows = await connection.member.findMany({
    where: { projectId },
    select: { id: true, user: { select: { name: true } } },
  });
  return new Map(rows.map(({ id, user }) => [memberIdSchema.parse(id), user.name]));
}

interface FinishedRound {
  readonly coder: MemberId;
  readonly round: number;
  readonly asked: number;
  readonly right: number;
  readonly passMark: number;
  readonly passed: boolean;
  readonly finishedAt: Date;
  /** Whether its coder is through with the training by it. */
  readonly last: boolean;
}

/** Every finished time through a training, coder by coder. */
export async function listFinishedRounds(
  connection: Connection,
  projectId: ProjectId,
  taskId: TaskId,
): Promise<FinishedRound[]> {
  const rows = await connection.trainingRound.findMany({
    where: { projectId, taskId },
    select: {
      ...{ coderId: true, round: true, asked: true, right: true },
      ...{ passMark: true, passed: true, finishedAt: true },
    },
    orderBy: [{ coderId: 'asc' }, { round: 'asc' }],
  });
  const allowed = await connection.trainingAllowance.findMany({
    where: { projectId, taskId },
    select: { coderId: true, round: true },
  });
  return rows.map(({ coderId, ...row }) => ({
    ...row,
    coder: memberIdSchema.parse(coderId),
    last:
      rows.some((other) => other.coderId === coderId && other.passed) &&
      !rows.some((other) => other.coderId === coderId && other.round > row.round) &&
      !allowed.some((other) => other.coderId === coderId && other.round > row.round),
  }));
}

interface AskedUnit {
  readonly unitId: UnitId;
  readonly itemId: string;
  readonly label: string;
  readonly place: string;
  readonly content: unknown;
  readonly gold: unknown;
  readonly explained: boolean;
}

/** Every unit that a training has asked and that has gold, in the order of items and reading. */
export async function listAskedUnits(
  connection: Connection,
  projectId: ProjectId,
  taskId: TaskId,
): Promise<AskedUnit[]> {
  const rows = await connection.$queryRaw<(Omit<AskedUnit, 'unitId'> & { unitId: string })[]>`
    SELECT u."id" AS "unitId", u."itemId", u."label", i."name" AS "place", u."content", g."answer" AS "gold",
      g."explanation" IS NOT NULL AS "explained"
    FROM "Unit" u
    JOIN "Item" i ON i."projectId" = u."projectId" AND i."id" = u."itemId"
    JOIN "Gold" g ON g."projectId" = u."projectId" AND g."unitId" = u."id"
    WHERE u."projectId" = ${projectId}::uuid AND u."taskId" = ${taskId}::uuid AND EXISTS (
      SELECT 1 FROM "TrainingAnswer" a WHERE a."projectId" = u."projectId" AND a."unitId" = u."id")
    ORDER BY i."position", u."reading"`;
  return rows.map((row) => ({ ...row, unitId: unitIdSchema.parse(row.unitId) }));
}

interface AnswerInTraining {
  readonly unitId: UnitId;
  readonly answer: unknown;
  readonly right: boolean;
}

/** Every answer in a training, of rounds that are not finished too. */
export async function listAnswers(
  connection: Connection,
  projectId: ProjectId,
  taskId: TaskId,
): Promise<AnswerInTraining[]> {
  const rows = await connection.trainingAnswer.findMany({
    where: { projectId, taskId },
    select: { unitId: true, answer: true, right: true },
    orderBy: { id: 'asc' },
  });
  return rows.map(({ unitId, ...row }) => ({ unitId: unitIdSchema.parse(unitId), ...row }));
}

/** The labels of all units of some items of a task, by item and key: what answers point at. */
export async function listLabels(
  connection: Connection,
  projectId: ProjectId,
  taskId: TaskId,
  itemIds: readonly string[],
): Promise<ReadonlyMap<string, ReadonlyMap<string, string>>> {
  const rows = await connection.unit.findMany({
    where: { projectId, taskId, itemId: { in: [...itemIds] } },
    select: { itemId: true, key: true, label: true },
  });
  return new Map(
    [...Map.groupBy(rows, ({ itemId }) => itemId)].map(([itemId, units]) => [
      itemId,
      new Map(units.map(({ key, label }) => [key, label])),
    ]),
  );
}
