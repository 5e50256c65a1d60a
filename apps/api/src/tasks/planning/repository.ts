import { itemContentSchema, itemIdSchema, makeTaskSchema } from '@casebook/contracts';
import type { CollectionKind, MakeTask } from '@casebook/contracts';
import type { PlannedItem } from '@casebook/task-types/server';
import { Prisma } from '../../database/client.ts';
import type { Connection } from '../../database/client.ts';

export interface TaskKey {
  readonly projectId: string;
  readonly taskId: string;
}

/** Waits for a worker that is at a task, which may be the last statement of a process that is dead already. */
export async function awaitPlanner(connection: Connection, { taskId }: TaskKey): Promise<void> {
  await connection.$executeRaw`SELECT pg_advisory_xact_lock(hashtextextended(${taskId}, 0))`;
}

/** Keeps every other worker off a task until the transaction ends; false where one is at it already. */
export async function tryLockPlanning(connection: Connection, { taskId }: TaskKey): Promise<boolean> {
  const rows = await connection.$queryRaw<{ locked: boolean }[]>`
    SELECT pg_try_advisory_xact_lock(hashtextextended(${taskId}, 0)) AS "locked"`;
  return rows[0]?.locked ?? false;
}

export interface UnplannedTask {
  readonly type: string;
  readonly collectionId: string;
  readonly kind: CollectionKind;
  readonly wanted: number;
  readonly order: MakeTask['order'];
  readonly seed: number;
  readonly protocol: MakeTask['protocol'];
  /** The task whose chosen units are asked again; null where the whole collection is asked. */
  readonly secondLookOf: string | null;
}

/** A task that still is to be planned; undefined where there is none, or it is planned, or can't be. */
export async function findUnplanned(
  connection: Connection,
  { projectId, taskId }: TaskKey,
): Promise<UnplannedTask | undefined> {
  const task = await connection.task.findFirst({
    where: { projectId, id: taskId, planned: false, planFailure: null },
    include: { collection: { select: { kind: true } } },
  });
  if (task === null) return undefined;
  const { type, collectionId, wanted, order, seed, protocol, collection, secondLookOf } = task;
  return {
    type,
    collectionId,
    kind: collection.kind === 'word_pairs' ? 'word-pairs' : 'documents',
    wanted,
    order,
    seed: Number(seed),
    protocol: makeTaskSchema.shape.protocol.parse(protocol),
    secondLookOf,
  };
}

/** How many items are read at once: documents are large, pairs are small. */
const PAGE: Readonly<Record<CollectionKind, number>> = { documents: 8, 'word-pairs': 2_000 };

/** The rows of a cursor of this transaction, page by page; closes it. */
async function* eachFetched<Row>(
  transaction: Connection,
  cursor: 'items_to_plan' | 'items_with_units',
  size: number,
): AsyncGenerator<Row> {
  const fetch = Prisma.raw(`FETCH ${String(size)} FROM ${cursor}`);
  for (;;) {
    const rows = await transaction.$queryRaw<Row[]>(fetch);
    yield* rows;
    if (rows.length < size) break;
  }
  await transaction.$executeRaw(Prisma.raw(`CLOSE ${cursor}`));
}

/**
 * The items that a task asks about, in the order of their collection, as their newest versions have them: all of them,
 * or for a second look those with a chosen unit. Memory holds a page.
 */
export async function* eachItem(
  transaction: Connection,
  { projectId, taskId }: TaskKey,
  task: Pick<UnplannedTask, 'collectionId' | 'kind' | 'secondLookOf'>,
): AsyncGenerator<PlannedItem> {
  await transaction.$executeRaw`
    DECLARE items_to_plan NO SCROLL CURSOR FOR
    SELECT i."id", i."name", v."content"
    FROM "Item" i
    JOIN "ItemVersion" v ON v."projectId" = i."projectId" AND v."itemId" = i."id" AND v."version" = i."version"
    WHERE i."projectId" = ${projectId}::uuid AND i."collectionId" = ${task.collectionId}::uuid
      AND (${task.secondLookOf === null} OR i."id" IN (
        SELECT u."itemId" FROM "SecondLookUnit" l
        JOIN "Unit" u ON u."projectId" = l."projectId" AND u."id" = l."unitId"
        WHERE l."projectId" = ${projectId}::uuid AND l."taskId" = ${taskId}::uuid))
    ORDER BY i."position"`;
  const rows = eachFetched<{ id: string; name: string; content: unknown }>(
    transaction,
    'items_to_plan',
    PAGE[task.kind],
  );
  for await (const { id, name, content } of rows) {
    yield { id: itemIdSchema.parse(id), name, content: itemContentSchema.parse(content) };
  }
}

/** The same items with the ids of the units that a task has of them, by key. */
export async function* eachItemWithUnits(
  transaction: Connection,
  { projectId, taskId }: TaskKey,
  collection: { readonly collectionId: string; readonly kind: CollectionKind },
): AsyncGenerator<{ item: PlannedItem; units: ReadonlyMap<string, string> }> {
  await transaction.$executeRaw`
    DECLARE items_with_units NO SCROLL CURSOR FOR
    SELECT i."id", i."name", v."content", (
      SELECT jsonb_object_agg(u."key", u."id") FROM "Unit" u
      WHERE u."projectId" = ${projectId}::uuid AND u."taskId" = ${taskId}::uuid AND u."itemId" = i."id") AS "units"
    FROM "Item" i
    JOIN "ItemVersion" v ON v."projectId" = i."projectId" AND v."itemId" = i."id" AND v."version" = i."version"
    WHERE i."projectId" = ${projectId}::uuid AND i."collectionId" = ${collection.collectionId}::uuid`;
  const rows = eachFetched<{
    id: string;
    name: string;
    content: unknown;
    units: Readonly<Record<string, string>> | null;
  }>(transaction, 'items_with_units', PAGE[collection.kind]);
  for await (const { id, name, content, units } of rows) {
    const item = { id: itemIdSchema.parse(id), name, content: itemContentSchema.parse(content) };
    yield { item, units: new Map(Object.entries(units ?? {})) };
  }
}

export interface SectionToInsert {
  readonly id: string;
  readonly position: number;
  readonly name: string;
  readonly units: number;
}

export interface UnitToInsert {
  readonly id: string;
  readonly sectionId: string;
  readonly position: number;
  readonly itemId: string;
  readonly key: string;
  readonly reading: number;
  /** JSON. */
  readonly content: string;
  readonly label: string;
}

export async function insertSections(
  connection: Connection,
  { projectId, taskId }: TaskKey,
  wanted: number,
  sections: readonly SectionToInsert[],
): Promise<void> {
  await connection.section.createMany({
    data: sections.map((section) => ({ projectId, taskId, wanted, ...section })),
  });
}

/** Units take the version that their item has now. */
export async function insertUnits(
  connection: Connection,
  { projectId, taskId }: TaskKey,
  units: readonly UnitToInsert[],
): Promise<void> {
  await connection.$executeRaw`
    INSERT INTO "Unit" (
      "projectId", "id", "taskId", "sectionId", "position", "itemId", "itemVersion", "key", "reading", "content", "label")
    SELECT ${projectId}::uuid, r.id, ${taskId}::uuid, r.section, r.position, r.item, i."version", r.key, r.reading,
      r.content::jsonb, r.label
    FROM unnest(
      ${units.map((unit) => unit.id)}::uuid[], ${units.map((unit) => unit.sectionId)}::uuid[],
      ${units.map((unit) => unit.position)}::int[], ${units.map((unit) => unit.itemId)}::uuid[],
      ${units.map((unit) => unit.key)}::text[], ${units.map((unit) => unit.reading)}::int[],
      ${units.map((unit) => unit.content)}::text[], ${units.map((unit) => unit.label)}::text[]
    ) AS r(id, section, position, item, key, reading, content, label)
    JOIN "Item" i ON i."projectId" = ${projectId}::uuid AND i."id" = r.item`;
}

export interface GoldToInsert {
  readonly unitId: string;
  /** JSON. */
  readonly answer: string;
}

export async function insertGold(
  connection: Connection,
  projectId: string,
  gold: readonly GoldToInsert[],
): Promise<void> {
  if (gold.length === 0) return;
  await connection.$executeRaw`
    INSERT INTO "Gold" ("projectId", "unitId", "answer", "source")
    SELECT ${projectId}::uuid, r.unit, r.answer::jsonb, 'import'
    FROM unnest(${gold.map((one) => one.unitId)}::uuid[], ${gold.map((one) => one.answer)}::text[]) AS r(unit, answer)`;
}

/**
 * Keeps every section of a second look for those of its coders who judged something of its items in the first, and for
 * those who judged nothing there at all; it wants as many as it is kept for.
 */
export async function keepSections(
  connection: Connection,
  { projectId, taskId }: TaskKey,
  firstLook: string,
): Promise<void> {
  await connection.$executeRaw`
    WITH judged AS (
      SELECT DISTINCT j."coderId", u."itemId"
      FROM "Judgement" j JOIN "Unit" u ON u."projectId" = j."projectId" AND u."id" = j."unitId"
      WHERE j."projectId" = ${projectId}::uuid AND j."taskId" = ${firstLook}::uuid AND j."stage" = 'annotation'
    )
    INSERT INTO "SectionCoder" ("projectId", "sectionId", "memberId")
    SELECT DISTINCT u."projectId", u."sectionId", c."memberId"
    FROM "TaskCoder" c
    JOIN "Unit" u ON u."projectId" = c."projectId" AND u."taskId" = c."taskId"
    WHERE c."projectId" = ${projectId}::uuid AND c."taskId" = ${taskId}::uuid AND (
      EXISTS (SELECT 1 FROM judged d WHERE d."coderId" = c."memberId" AND d."itemId" = u."itemId")
      OR NOT EXISTS (SELECT 1 FROM judged d WHERE d."coderId" = c."memberId"))`;
  await connection.$executeRaw`
    UPDATE "Section" s SET "wanted" = (SELECT count(*)::int FROM "SectionCoder" k
      WHERE k."projectId" = s."projectId" AND k."sectionId" = s."id")
    WHERE s."projectId" = ${projectId}::uuid AND s."taskId" = ${taskId}::uuid`;
}

export async function markPlanned(connection: Connection, { projectId, taskId }: TaskKey): Promise<void> {
  await connection.task.update({
    where: { projectId_id: { projectId, id: taskId } },
    data: { planned: true },
  });
}

/** Writes down why a task can't be planned, unless it was by then. */
export async function markFailed(
  connection: Connection,
  { projectId, taskId }: TaskKey,
  planFailure: string,
): Promise<void> {
  await connection.task.updateMany({
    where: { projectId, id: taskId, planned: false },
    data: { planFailure },
  });
}

/** Tasks that may have lost the process that planned them. */
export async function listUnplanned(connection: Connection): Promise<TaskKey[]> {
  const rows = await connection.task.findMany({
    where: { planned: false, planFailure: null },
    select: { projectId: true, id: true },
    orderBy: { id: 'asc' },
  });
  return rows.map(({ projectId, id }) => ({ projectId, taskId: id }));
}

/** Tells the planner of a task's worth of new rows, which it would else read one by one. */
export async function analyzeUnits(connection: Connection): Promise<void> {
  await connection.$executeRaw`ANALYZE "Unit", "Section", "Gold"`;
}
