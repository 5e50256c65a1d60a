import { answerFileSchema, itemContentSchema, itemIdSchema, outsideCoderSchema } from '@casebook/contracts';
import type {
  AnswerFile,
  AnswerFileId,
  AnswerReport,
  ItemId,
  OutsideCoder,
  OutsideKind,
  ProjectId,
  TaskId,
} from '@casebook/contracts';
import type { PlannedItem } from '@casebook/task-types/server';
import { uuidv7 } from 'uuidv7';
import type { Connection } from '../database/client.ts';

/** An answer on its way into `OutsideJudgement`. */
export interface StagedAnswer {
  readonly coder: string;
  readonly unitId: string;
  readonly answer: unknown;
  readonly comment: string | null;
  readonly givenAt: string | null;
  readonly elapsedMs: number | null;
  readonly rating: number | null;
}

const SHOWN = 50;

export async function listFiles(
  connection: Connection,
  projectId: ProjectId,
  taskId: TaskId,
  only?: AnswerFileId,
): Promise<AnswerFile[]> {
  const rows = await connection.answerFile.findMany({
    where: { projectId, taskId, ...(only === undefined ? {} : { id: only }) },
    select: {
      id: true,
      taskId: true,
      fileName: true,
      bytes: true,
      kind: true,
      state: true,
      format: true,
      report: true,
      createdAt: true,
      committedAt: true,
    },
    orderBy: { id: 'desc' },
    take: SHOWN,
  });
  return rows.map((row) =>
    answerFileSchema.parse({
      ...row,
      bytes: Number(row.bytes),
      createdAt: row.createdAt.toISOString(),
      committedAt: row.committedAt?.toISOString() ?? null,
    }),
  );
}

export async function insertFile(
  connection: Connection,
  row: {
    projectId: ProjectId;
    id: AnswerFileId;
    taskId: TaskId;
    fileName: string;
    fileHash: Uint8Array<ArrayBuffer>;
    bytes: number;
    kind: OutsideKind;
    format: string;
    report: AnswerReport;
    staged: readonly StagedAnswer[];
    createdBy: string;
  },
): Promise<void> {
  await connection.$executeRaw`
    INSERT INTO "AnswerFile" ("projectId", "id", "taskId", "fileName", "fileHash", "bytes", "kind", "format", "report",
      "staged", "createdBy")
    VALUES (${row.projectId}::uuid, ${row.id}::uuid, ${row.taskId}::uuid, ${row.fileName}, ${row.fileHash}, ${row.bytes}::bigint,
      ${row.kind}::"OutsideKind", ${row.format}, ${JSON.stringify(row.report)}::jsonb, ${JSON.stringify(row.staged)}::jsonb,
      ${row.createdBy}::uuid)`;
}

/** Makes whoever else decides on files of the task wait. */
export async function lockTask(connection: Connection, projectId: ProjectId, taskId: TaskId): Promise<void> {
  await connection.$queryRaw`
    SELECT pg_advisory_xact_lock(hashtextextended('answer files of ' || ${`${projectId}/${taskId}`}, 0))::text`;
}

/** When the same file was added to the task as the same kind of coder's, and counts; null where it does not. */
export async function findSameCommitted(
  connection: Connection,
  projectId: ProjectId,
  taskId: TaskId,
  kind: OutsideKind,
  fileHash: Uint8Array<ArrayBuffer>,
): Promise<Date | null> {
  const found = await connection.answerFile.findFirst({
    where: { projectId, taskId, kind, fileHash, state: 'committed' },
    select: { committedAt: true },
  });
  return found?.committedAt ?? null;
}

export async function findFileHash(
  connection: Connection,
  projectId: ProjectId,
  id: AnswerFileId,
): Promise<Uint8Array<ArrayBuffer>> {
  const { fileHash } = await connection.answerFile.findUniqueOrThrow({
    where: { projectId_id: { projectId, id } },
    select: { fileHash: true },
  });
  return new Uint8Array(fileHash);
}

/** Makes the staged answers of a file judgements of outside coders, who are made where their name is new. */
export async function addStaged(
  connection: Connection,
  projectId: ProjectId,
  taskId: TaskId,
  fileId: AnswerFileId,
  kind: OutsideKind,
): Promise<void> {
  const names = await connection.$queryRaw<{ name: string }[]>`
    SELECT DISTINCT s->>'coder' AS "name" FROM "AnswerFile" f, jsonb_array_elements(f."staged") s
    WHERE f."projectId" = ${projectId}::uuid AND f."id" = ${fileId}::uuid ORDER BY 1`;
  await connection.outsideCoder.createMany({
    data: names.map(({ name }) => ({ projectId, id: uuidv7(), kind, name })),
    skipDuplicates: true,
  });
  const [counted] = await connection.$queryRaw<{ answers: number }[]>`
    SELECT jsonb_array_length(f."staged") AS "answers" FROM "AnswerFile" f
    WHERE f."projectId" = ${projectId}::uuid AND f."id" = ${fileId}::uuid`;
  const ids = Array.from({ length: counted?.answers ?? 0 }, () => uuidv7());
  await connection.$executeRaw`
    INSERT INTO "OutsideJudgement" ("projectId", "id", "fileId", "taskId", "unitId", "coderId", "answer", "comment",
      "givenAt", "elapsedMs", "rating")
    SELECT f."projectId", (${ids}::uuid[])[s."nth"], f."id", ${taskId}::uuid, (s."value"->>'unitId')::uuid, c."id",
      s."value"->'answer', s."value"->>'comment', s."value"->>'givenAt', (s."value"->>'elapsedMs')::int,
      (s."value"->>'rating')::float8
    FROM "AnswerFile" f
    CROSS JOIN LATERAL jsonb_array_elements(f."staged") WITH ORDINALITY AS s("value", "nth")
    JOIN "OutsideCoder" c ON c."projectId" = f."projectId" AND c."kind" = f."kind" AND c."name" = s."value"->>'coder'
    WHERE f."projectId" = ${projectId}::uuid AND f."id" = ${fileId}::uuid`;
}

export async function settleFile(
  connection: Connection,
  projectId: ProjectId,
  id: AnswerFileId,
  state: 'committed' | 'discarded' | 'removed',
): Promise<void> {
  const at = state === 'committed' ? new Date() : null;
  await connection.$executeRaw`
    UPDATE "AnswerFile" SET "state" = ${state}::"AnswerFileState", "staged" = NULL,
      "committedAt" = coalesce(${at}::timestamptz, "committedAt")
    WHERE "projectId" = ${projectId}::uuid AND "id" = ${id}::uuid`;
}

export async function listCoders(connection: Connection, projectId: ProjectId): Promise<OutsideCoder[]> {
  const rows = await connection.outsideCoder.findMany({
    where: { projectId },
    select: { id: true, name: true, kind: true },
    orderBy: [{ kind: 'asc' }, { name: 'asc' }],
  });
  return rows.map((row) => outsideCoderSchema.parse(row));
}

export interface TaskItem {
  readonly id: ItemId;
  readonly key: string;
  readonly name: string;
}

/** The items that a task has units of. */
export async function listItems(
  connection: Connection,
  projectId: ProjectId,
  taskId: TaskId,
): Promise<TaskItem[]> {
  const rows = await connection.$queryRaw<{ id: string; key: string; name: string }[]>`
    SELECT i."id", i."key", i."name" FROM "Item" i
    WHERE i."projectId" = ${projectId}::uuid AND EXISTS (
      SELECT 1 FROM "Unit" u WHERE u."projectId" = i."projectId" AND u."taskId" = ${taskId}::uuid AND u."itemId" = i."id")
    ORDER BY i."position"`;
  return rows.map((row) => ({ ...row, id: itemIdSchema.parse(row.id) }));
}

export interface ItemUnit {
  readonly id: string;
  readonly key: string;
  readonly reading: number;
  readonly content: unknown;
}

/** An item as its task's units know it, with those units in reading order. */
export async function findItemWithUnits(
  connection: Connection,
  projectId: ProjectId,
  taskId: TaskId,
  item: TaskItem,
): Promise<{ readonly item: PlannedItem; readonly units: readonly ItemUnit[] }> {
  const units = await connection.unit.findMany({
    where: { projectId, taskId, itemId: item.id },
    select: { id: true, key: true, reading: true, content: true, itemVersion: true },
    orderBy: [{ reading: 'asc' }, { id: 'asc' }],
  });
  const { content } = await connection.itemVersion.findUniqueOrThrow({
    where: {
      projectId_itemId_version: { projectId, itemId: item.id, version: units[0]?.itemVersion ?? 1 },
    },
    select: { content: true },
  });
  return { item: { id: item.id, name: item.name, content: itemContentSchema.parse(content) }, units };
}
