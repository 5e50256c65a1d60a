import { collectionIdSchema, importIdSchema, importSchema } from '@casebook/contracts';
import type { CollectionId, Import, ImportId, ProjectId, Refusal } from '@casebook/contracts';
import type { Connection } from '../database/client.ts';
import { READING_MINUTES } from './limits.ts';

export interface ImportKey {
  readonly projectId: string;
  readonly importId: string;
}

const NO_COUNTS: Import['counts'] = {
  items: 0,
  known: 0,
  tokens: 0,
  markables: 0,
  chains: 0,
  gold: 0,
  ratings: 0,
  refused: 0,
};

const SHOWN_REFUSALS = 100;
const countsSchema = importSchema.shape.counts;
const previewSchema = importSchema.shape.preview;
const remarksSchema = importSchema.shape.remarks;

export async function insertImport(
  connection: Connection,
  row: {
    projectId: ProjectId;
    id: ImportId;
    collectionId: CollectionId;
    fileName: string;
    createdBy: string;
  },
): Promise<void> {
  await connection.import.create({ data: { ...row, counts: NO_COUNTS, preview: [], remarks: [] } });
}

export async function updateImport(
  connection: Connection,
  { projectId, importId }: ImportKey,
  change: Partial<{
    fileHash: Uint8Array<ArrayBuffer>;
    bytes: bigint;
    state: Import['state'];
    format: string | null;
    counts: Import['counts'];
    preview: Import['preview'];
    remarks: readonly string[];
    progress: number;
    failure: string;
  }>,
): Promise<void> {
  const { remarks, ...rest } = change;
  await connection.import.update({
    where: { projectId_id: { projectId, id: importId } },
    data: { ...rest, ...(remarks === undefined ? {} : { remarks: [...remarks] }) },
  });
}

/** Says how far an import is, where that can be seen while it is being worked on. */
export async function updateProgress(
  connection: Connection,
  key: ImportKey,
  progress: number,
): Promise<void> {
  await updateImport(connection, key, { progress: Math.min(1, Math.max(0, progress)) });
}

/** Moves an import from one state to another; false where it was in another by then. */
export async function changeState(
  connection: Connection,
  { projectId, importId }: ImportKey,
  from: readonly Import['state'][],
  to: Import['state'],
): Promise<boolean> {
  const { count } = await connection.import.updateMany({
    where: { projectId, id: importId, state: { in: [...from] } },
    data: { state: to, progress: 0 },
  });
  return count > 0;
}

/** Imports of a collection, newest first (at most 50), or one of them. */
export async function listImports(
  connection: Connection,
  projectId: ProjectId,
  collectionId: CollectionId,
  only?: ImportId,
): Promise<Import[]> {
  const rows = await connection.import.findMany({
    where: { projectId, collectionId, ...(only === undefined ? {} : { id: only }) },
    include: { refusals: { orderBy: { position: 'asc' }, take: SHOWN_REFUSALS } },
    orderBy: { id: 'desc' },
    take: 50,
  });
  return rows.map((row) => ({
    id: importIdSchema.parse(row.id),
    collectionId: collectionIdSchema.parse(row.collectionId),
    fileName: row.fileName,
    bytes: Number(row.bytes),
    state: row.state,
    format: row.format,
    counts: countsSchema.parse(row.counts),
    progress: row.progress,
    preview: previewSchema.parse(row.preview),
    refusals: row.refusals.map(({ file, line, column, reason, expected }) => ({
      file,
      line,
      column,
      reason,
      expected,
    })),
    remarks: remarksSchema.parse(row.remarks),
    failure: row.failure,
    createdAt: row.createdAt.toISOString(),
  }));
}

/** When the same bytes were committed to the same collection before; null if never. */
export async function findSameFile(
  connection: Connection,
  projectId: ProjectId,
  collectionId: CollectionId,
  fileHash: Uint8Array<ArrayBuffer>,
): Promise<Date | null> {
  const row = await connection.import.findFirst({
    where: { projectId, collectionId, fileHash, state: 'committed' },
    orderBy: { id: 'desc' },
    select: { createdAt: true },
  });
  return row?.createdAt ?? null;
}

/** Writes refusals down in their order; `from` is how many stand there already. */
export async function insertRefusals(
  connection: Connection,
  { projectId, importId }: ImportKey,
  refusals: readonly Refusal[],
  from: number,
): Promise<void> {
  if (refusals.length === 0) return;
  await connection.importRefusal.createMany({
    data: refusals.map((refusal, index) => ({ projectId, importId, position: from + index, ...refusal })),
  });
}

/** Forgets all about an upload of which nothing is worth keeping. */
export async function deleteImport(
  connection: Connection,
  { projectId, importId }: ImportKey,
): Promise<void> {
  await connection.import.delete({ where: { projectId_id: { projectId, id: importId } } });
}

/** Every refusal of an import that was kept, in the order of the file, batch by batch. */
export async function* eachRefusal(
  connection: Connection,
  { projectId, importId }: ImportKey,
): AsyncGenerator<readonly Refusal[]> {
  for (let after = -1; ;) {
    const rows = await connection.importRefusal.findMany({
      where: { projectId, importId, position: { gt: after } },
      orderBy: { position: 'asc' },
      take: 1_000,
    });
    const last = rows.at(-1);
    if (last === undefined) return;
    yield rows;
    after = last.position;
  }
}

/** Gives up uploads whose process ended while it read them. */
export async function failAbandoned(connection: Connection): Promise<void> {
  await connection.$executeRaw`
    WITH abandoned AS (
      UPDATE "Import" SET "state" = 'failed', "failure" = 'The upload was cut off before it was read; upload the file again.'
      WHERE "state" = 'reading' AND "createdAt" < now() - make_interval(mins => ${READING_MINUTES}::int)
      RETURNING "projectId", "id"
    )
    DELETE FROM "StagedItem" s USING abandoned a WHERE s."projectId" = a."projectId" AND s."importId" = a."id"`;
}

/** Gives an import up that can't be committed, unless it was by then. */
export async function markFailed(
  connection: Connection,
  { projectId, importId }: ImportKey,
  failure: string,
): Promise<void> {
  await connection.import.updateMany({
    where: { projectId, id: importId, state: 'committing' },
    data: { state: 'failed', failure },
  });
}

/** Imports that are to be committed and may have lost the process that did it. */
export async function listCommitting(connection: Connection): Promise<ImportKey[]> {
  const rows = await connection.import.findMany({
    where: { state: 'committing' },
    select: { projectId: true, id: true },
    orderBy: { id: 'asc' },
  });
  return rows.map(({ projectId, id }) => ({ projectId, importId: id }));
}

/**
 * Keeps every other worker off an import until the transaction ends. Waits for one that is at it, which may be the
 * last statement of a process that is dead already.
 */
export async function lockImport(connection: Connection, { importId }: ImportKey): Promise<void> {
  await connection.$executeRaw`SELECT pg_advisory_xact_lock(hashtextextended(${importId}, 0))`;
}

/** An import that waits to be committed. */
export interface CommittingImport {
  readonly collectionId: string;
  readonly fileName: string;
  readonly refused: number;
  readonly remarks: readonly string[];
}

/** What an import is to be committed into; undefined unless it is waiting for that. */
export async function findCommitting(
  connection: Connection,
  { projectId, importId }: ImportKey,
): Promise<CommittingImport | undefined> {
  const row = await connection.import.findFirst({
    where: { projectId, id: importId, state: 'committing' },
    select: { collectionId: true, fileName: true, counts: true, remarks: true },
  });
  if (row === null) return undefined;
  const { collectionId, fileName, counts, remarks } = row;
  return {
    collectionId,
    fileName,
    refused: countsSchema.parse(counts).refused,
    remarks: remarksSchema.parse(remarks),
  };
}
