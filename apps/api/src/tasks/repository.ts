import { taskIdSchema, taskSchema } from '@casebook/contracts';
import type { MakeTask, ProjectId, SecondLookRule, Task, TaskId, TaskState } from '@casebook/contracts';
import type { Connection } from '../database/client.ts';
import { replaced } from '../judgements/replaced.ts';
import { verdictCounts } from '../readings/counted.ts';

const protocolSchema = taskSchema.shape.protocol;
const codersSchema = taskSchema.shape.coders;

interface Row {
  readonly id: string;
  readonly name: string;
  readonly type: string;
  readonly collectionId: string;
  readonly collectionName: string;
  readonly phase: Task['phase'];
  readonly state: TaskState;
  readonly wanted: number;
  readonly order: Task['order'];
  readonly seed: bigint;
  readonly namedOnly: boolean;
  readonly named: unknown;
  readonly protocol: unknown;
  readonly contractVersion: number;
  readonly trainingTaskId: string | null;
  readonly hiddenGoldRate: number;
  readonly trainingLength: number;
  readonly secondLook: unknown;
  readonly createdAt: Date;
  readonly planned: boolean;
  readonly planFailure: string | null;
  readonly sections: number;
  readonly units: number;
  readonly complete: number;
  readonly judgements: number;
  readonly validations: number;
  readonly stages: Task['counts']['stages'];
}

/** A project's tasks, oldest first; `only` leaves one of them. */
export async function listTasks(
  connection: Connection,
  projectId: ProjectId,
  only?: TaskId,
): Promise<Task[]> {
  const rows = await connection.$queryRaw<Row[]>`
    SELECT t."id", t."name", t."type", t."collectionId", c."name" AS "collectionName", t."phase"::text AS "phase",
      t."state"::text AS "state", t."wanted", t."order"::text AS "order", t."seed", t."namedOnly", t."protocol",
      t."contractVersion", t."trainingTaskId", t."hiddenGoldRate",
      CASE WHEN t."secondLookOf" IS NULL THEN NULL ELSE jsonb_build_object('of', t."secondLookOf", 'rule', t."secondLookRule",
        'ofName', (SELECT f."name" FROM "Task" f WHERE f."projectId" = t."projectId" AND f."id" = t."secondLookOf"),
        'chosen', (SELECT count(*) FROM "SecondLookUnit" a WHERE a."projectId" = t."projectId" AND a."taskId" = t."id"))
        END AS "secondLook",
      t."trainingLength", t."createdAt", t."planned", t."planFailure", s."sections", s."units", s."complete", s."stages",
      (SELECT count(*)::int FROM "Validation" v WHERE v."projectId" = t."projectId" AND v."taskId" = t."id"
        AND ${verdictCounts}) AS "validations",
      (SELECT count(*)::int FROM "Judgement" j WHERE j."projectId" = t."projectId" AND j."taskId" = t."id"
        AND j."stage" = 'annotation' AND j."act" <> 'withdrawal' AND NOT j."extra" AND NOT j."informed"
        AND NOT ${replaced}) AS "judgements",
      (SELECT coalesce(jsonb_agg(jsonb_build_object(
          'memberId', k."memberId",
          'deadline', to_char(k."deadline" AT TIME ZONE 'UTC', 'YYYY-MM-DD"T"HH24:MI:SS.MS"Z"')
        ) ORDER BY k."memberId"), '[]')
        FROM "TaskCoder" k WHERE k."projectId" = t."projectId" AND k."taskId" = t."id") AS "named"
    FROM "Task" t
    JOIN "Collection" c ON c."projectId" = t."projectId" AND c."id" = t."collectionId"
    CROSS JOIN LATERAL (
      SELECT count(*)::int AS "sections", coalesce(sum(x."units"), 0)::int AS "units",
        (count(*) FILTER (WHERE x."finished" >= x."wanted"))::int AS "complete",
        jsonb_build_object(
          'annotation', count(*) FILTER (WHERE x."stage" = 'annotation'),
          'validation', count(*) FILTER (WHERE x."stage" = 'validation'),
          'adjudication', count(*) FILTER (WHERE x."stage" = 'adjudication'),
          'closed', count(*) FILTER (WHERE x."stage" = 'closed')) AS "stages"
      FROM "Section" x WHERE x."projectId" = t."projectId" AND x."taskId" = t."id"
    ) s
    WHERE t."projectId" = ${projectId}::uuid AND (${only ?? null}::uuid IS NULL OR t."id" = ${only ?? null}::uuid)
    ORDER BY t."createdAt", t."id"`;
  return rows.map(taskOf);
}

function taskOf({ sections, units, complete, judgements, validations, stages, ...rest }: Row): Task {
  const { namedOnly, named, ...row } = rest;
  return {
    ...row,
    id: taskIdSchema.parse(row.id),
    collectionId: taskSchema.shape.collectionId.parse(row.collectionId),
    seed: Number(row.seed),
    coders: codersSchema.parse(namedOnly ? { kind: 'named', named } : { kind: 'whoever-comes' }),
    protocol: protocolSchema.parse(row.protocol),
    trainingTaskId: taskSchema.shape.trainingTaskId.parse(row.trainingTaskId),
    secondLook: taskSchema.shape.secondLook.parse(row.secondLook),
    createdAt: row.createdAt.toISOString(),
    counts: { sections, units, complete, judgements, validations, stages },
  };
}

export interface NewTask {
  readonly id: TaskId;
  readonly projectId: ProjectId;
  readonly collectionId: string;
  readonly name: string;
  readonly type: string;
  readonly contractVersion: number;
  readonly phase: MakeTask['phase'];
  readonly wanted: number;
  readonly order: MakeTask['order'];
  readonly seed: number;
  readonly protocol: MakeTask['protocol'];
  readonly trainingTaskId: TaskId | null;
  readonly hiddenGoldRate: number;
  readonly trainingLength: number;
  /** Null where whoever comes may take a section. */
  readonly named: readonly { readonly memberId: string; readonly deadline: string | null }[] | null;
  /** Absent for a first look. */
  readonly secondLook?: { readonly of: TaskId; readonly rule: SecondLookRule };
}

export async function insertTask(connection: Connection, task: NewTask): Promise<void> {
  const { named, seed, secondLook, ...row } = task;
  const again =
    secondLook === undefined ? {} : { secondLookOf: secondLook.of, secondLookRule: secondLook.rule };
  await connection.task.create({ data: { ...row, ...again, seed: BigInt(seed), namedOnly: named !== null } });
  if (named === null) return;
  await connection.taskCoder.createMany({
    data: named.map(({ memberId, deadline }) => ({
      projectId: task.projectId,
      taskId: task.id,
      memberId,
      deadline: deadline === null ? null : new Date(deadline),
    })),
  });
}

/** Which of some members are of the project and not disabled. */
export async function findActiveMembers(
  connection: Connection,
  projectId: ProjectId,
  memberIds: readonly string[],
): Promise<ReadonlySet<string>> {
  const rows = await connection.member.findMany({
    where: { projectId, id: { in: [...memberIds] }, disabledAt: null, user: { disabledAt: null } },
    select: { id: true },
  });
  return new Set(rows.map(({ id }) => id));
}

/** Whether a task of a type trains coders. */
export async function isTraining(
  connection: Connection,
  projectId: ProjectId,
  taskId: TaskId,
  type: string,
): Promise<boolean> {
  return (await connection.task.count({ where: { projectId, id: taskId, type, phase: 'training' } })) > 0;
}

interface LockedTask {
  readonly name: string;
  readonly phase: Task['phase'];
  readonly state: TaskState;
  readonly planned: boolean;
  readonly planFailure: string | null;
  readonly namedOnly: boolean;
}

/** The task's state, with its row held until the transaction ends; undefined where there is no such task. */
export async function lockTask(
  connection: Connection,
  projectId: ProjectId,
  taskId: TaskId,
): Promise<LockedTask | undefined> {
  const rows = await connection.$queryRaw<LockedTask[]>`
    SELECT "name", "phase"::text AS "phase", "state"::text AS "state", "planned", "planFailure", "namedOnly" FROM "Task"
    WHERE "projectId" = ${projectId}::uuid AND "id" = ${taskId}::uuid FOR NO KEY UPDATE`;
  return rows[0];
}

export async function hasUnits(
  connection: Connection,
  projectId: ProjectId,
  taskId: TaskId,
): Promise<boolean> {
  return (
    (await connection.section.findFirst({ where: { projectId, taskId }, select: { id: true } })) !== null
  );
}

/** Whether anything that is asked has gold. */
export async function hasGoldToTrain(
  connection: Connection,
  projectId: ProjectId,
  taskId: TaskId,
): Promise<boolean> {
  const withGold = { projectId, taskId, gold: { isNot: null } };
  return (await connection.unit.findFirst({ where: withGold, select: { id: true } })) !== null;
}

export async function updateState(
  connection: Connection,
  projectId: ProjectId,
  taskId: TaskId,
  state: TaskState,
): Promise<void> {
  await connection.task.update({ where: { projectId_id: { projectId, id: taskId } }, data: { state } });
}

const UNITS_AT_A_TIME = 2_000;

/** What each unit of a task asks, in the order of their ids. */
export async function* eachUnitContent(
  connection: Connection,
  projectId: ProjectId,
  taskId: TaskId,
): AsyncGenerator {
  for (let after: string | undefined; ;) {
    const rows = await connection.unit.findMany({
      where: { projectId, taskId, ...(after === undefined ? {} : { id: { gt: after } }) },
      select: { id: true, content: true },
      orderBy: { id: 'asc' },
      take: UNITS_AT_A_TIME,
    });
    for (const { content } of rows) yield content;
    after = rows.at(-1)?.id;
    if (rows.length < UNITS_AT_A_TIME) return;
  }
}
