import { itemContentSchema, itemIdSchema, makeTaskSchema } from '@casebook/contracts';
import type { CollectionKind, MakeTask } from '@casebook/contracts';
import type { PlannedItem } from '@casebook/task-types/server';
import type { Connection } from '../../database/client.ts';

export interface TaskKey {
  readonly projectId: string;
  readonly taskId: string;
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
  const { type, collectionId, wanted, order, seed, protocol, collection } = task;
  return {
    type,
    collectionId,
    kind: collection.kind === 'word_pairs' ? 'word-pairs' : 'documents',
    wanted,
    order,
    seed: Number(seed),
    protocol: makeTaskSchema.shape.protocol.parse(protocol),
  };
}

/** How many items are read at once: documents are large, pairs are small. */
const PAGE: Readonly<Record<CollectionKind, number>> = { documents: 8, 'word-pairs': 2_000 };

/** The items of a collection in its order, as their newest versions have them; memory holds a page. */
export async function* eachItem(
  connection: Connection,
  projectId: string,
  collection: { readonly collectionId: string; readonly kind: CollectionKind },
): AsyncGenerator<PlannedItem> {
  for (let after = -1; ;) {
    const rows = await connection.$queryRaw<
      { id: string; name: string; position: number; content: unknown }[]
    >`
      SELECT i."id", i."name", i."position", v."content"
      FROM "Item" i
      JOIN "ItemVersion" v ON v."projectId" = i."projectId" AND v."itemId" = i."id" AND v."version" = i."version"
      WHERE i."projectId" = ${projectId}::uuid AND i."collectionId" = ${collection.collectionId}::uuid AND i."position" > ${after}
      ORDER BY i."position" LIMIT ${PAGE[collection.kind]}`;
    for (const { id, name, content } of rows) {
      yield { id: itemIdSchema.parse(id), name, content: itemContentSchema.parse(content) };
    }
    const last = rows.at(-1);
    if (last === undefined) return;
    after = last.position;
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

/** Some items of a collection, in no order; memory holds a page. */
export async function* itemsOf(
  connection: Connection,
  projectId: string,
  kind: CollectionKind,
  ids: readonly string[],
): AsyncGenerator<PlannedItem> {
  for (let from = 0; from < ids.length; from += PAGE[kind]) {
    const rows = await connection.$queryRaw<{ id: string; name: string; content: unknown }[]>`
      SELECT i."id", i."name", v."content"
      FROM unnest(${ids.slice(from, from + PAGE[kind])}::uuid[]) AS r(id)
      JOIN "Item" i ON i."projectId" = ${projectId}::uuid AND i."id" = r.id
      JOIN "ItemVersion" v ON v."projectId" = i."projectId" AND v."itemId" = i."id" AND v."version" = i."version"`;
    for (const { id, name, content } of rows) {
      yield { id: itemIdSchema.parse(id), name, content: itemContentSchema.parse(content) };
    }
  }
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
