import { importSchema } from '@casebook/contracts';
import type { Import } from '@casebook/contracts';
import type { Connection } from '../../database/client.ts';
import type { ImportKey } from '../repository.ts';
import type { UnderstoodItem } from '../understood-item.ts';

/** An item on its way into `StagedItem`; positions rise within a file and tell the line. */
export interface StagedRow extends UnderstoodItem {
  readonly position: number;
}

export async function stageItems(
  connection: Connection,
  { projectId, importId }: ImportKey,
  rows: readonly StagedRow[],
): Promise<void> {
  if (rows.length === 0) return;
  await connection.$executeRaw`
    INSERT INTO "StagedItem" ("projectId", "importId", "position", "key", "name", "summary", "content", "contentHash")
    SELECT ${projectId}::uuid, ${importId}::uuid, r.position, r.key, r.name, r.summary, r.content::jsonb, decode(r.hash, 'hex')
    FROM unnest(
      ${rows.map((row) => row.position)}::int[], ${rows.map((row) => row.key)}::text[],
      ${rows.map((row) => row.name)}::text[], ${rows.map((row) => row.summary)}::text[],
      ${rows.map((row) => row.content)}::text[], ${rows.map((row) => row.contentHash)}::text[]
    ) AS r(position, key, name, summary, content, hash)`;
}

/** Makes whatever else adds to a collection wait; the position behind its last item. */
export async function lockCollection(
  connection: Connection,
  projectId: string,
  collectionId: string,
): Promise<number> {
  await connection.$queryRaw`
    SELECT 1 FROM "Collection" WHERE "projectId" = ${projectId}::uuid AND "id" = ${collectionId}::uuid FOR NO KEY UPDATE`;
  const rows = await connection.$queryRaw<{ next: number }[]>`
    SELECT coalesce(max("position") + 1, 0)::int AS "next" FROM "Item"
    WHERE "projectId" = ${projectId}::uuid AND "collectionId" = ${collectionId}::uuid`;
  return rows[0]?.next ?? 0;
}

/** Of staged items that are the same in key and content keeps the first; how many went. */
export async function dropRepeated(
  connection: Connection,
  { projectId, importId }: ImportKey,
): Promise<number> {
  return connection.$executeRaw`
    DELETE FROM "StagedItem" s USING (
      SELECT "position", row_number() OVER (PARTITION BY "key", "contentHash" ORDER BY "position") AS "nth"
      FROM "StagedItem" WHERE "projectId" = ${projectId}::uuid AND "importId" = ${importId}::uuid
    ) d
    WHERE s."projectId" = ${projectId}::uuid AND s."importId" = ${importId}::uuid AND s."position" = d."position" AND d."nth" > 1`;
}

/** Tells staged items with the same key apart by a number, the first keeping its key; how many got one. */
export async function numberRepeated(
  connection: Connection,
  { projectId, importId }: ImportKey,
): Promise<number> {
  return connection.$executeRaw`
    UPDATE "StagedItem" s SET "key" = s."key" || ' ' || d."nth" FROM (
      SELECT "position", row_number() OVER (PARTITION BY "key" ORDER BY "position") AS "nth"
      FROM "StagedItem" WHERE "projectId" = ${projectId}::uuid AND "importId" = ${importId}::uuid
    ) d
    WHERE s."projectId" = ${projectId}::uuid AND s."importId" = ${importId}::uuid AND s."position" = d."position" AND d."nth" > 1`;
}

/** Of staged items with the same key keeps the first and refuses the others; how many. */
export async function refuseRepeated(
  connection: Connection,
  { projectId, importId }: ImportKey,
  fileName: string,
): Promise<number> {
  return connection.$executeRaw`
    WITH gone AS (
      DELETE FROM "StagedItem" s USING (
        SELECT "position", row_number() OVER same AS "nth", first_value("position") OVER same AS "firstLine"
        FROM "StagedItem" WHERE "projectId" = ${projectId}::uuid AND "importId" = ${importId}::uuid
        WINDOW same AS (PARTITION BY "key" ORDER BY "position")
      ) d
      WHERE s."projectId" = ${projectId}::uuid AND s."importId" = ${importId}::uuid AND s."position" = d."position" AND d."nth" > 1
      RETURNING s."position", s."name", d."firstLine"
    )
    INSERT INTO "ImportRefusal" ("projectId", "importId", "position", "file", "line", "column", "reason", "expected")
    SELECT ${projectId}::uuid, ${importId}::uuid, b."next" + row_number() OVER (ORDER BY g."position"), ${fileName}, g."position", 1,
      format('“%s” stands on line %s already, with other content', g."name", g."firstLine"), 'every name once'
    FROM gone g, (
      SELECT coalesce(max(r."position"), -1) AS "next" FROM "ImportRefusal" r
      WHERE r."projectId" = ${projectId}::uuid AND r."importId" = ${importId}::uuid
    ) b`;
}

/**
 * Refuses staged items whose key stands in the collection with other content; how many. An item that was imported
 * like this, and has been given markables since, is no other.
 */
export async function refuseConflicts(
  connection: Connection,
  { projectId, importId }: ImportKey,
  collectionId: string,
  fileName: string,
): Promise<number> {
  return connection.$executeRaw`
    WITH gone AS (
      DELETE FROM "StagedItem" s
      USING "Item" i
      WHERE s."projectId" = ${projectId}::uuid AND s."importId" = ${importId}::uuid
        AND i."projectId" = s."projectId" AND i."collectionId" = ${collectionId}::uuid AND i."key" = s."key"
        AND NOT EXISTS (SELECT 1 FROM "ItemVersion" v WHERE v."projectId" = i."projectId" AND v."itemId" = i."id"
          AND v."contentHash" = s."contentHash")
      RETURNING s."position", s."name"
    )
    INSERT INTO "ImportRefusal" ("projectId", "importId", "position", "file", "line", "column", "reason", "expected")
    SELECT ${projectId}::uuid, ${importId}::uuid, b."next" + row_number() OVER (ORDER BY g."position"), ${fileName}, g."position", 1,
      format('“%s” is in the collection already, with other content', g."name"),
      'items that are new, or just as they are in the collection'
    FROM gone g, (
      SELECT coalesce(max(r."position"), -1) AS "next" FROM "ImportRefusal" r
      WHERE r."projectId" = ${projectId}::uuid AND r."importId" = ${importId}::uuid
    ) b`;
}

/** Counts what is staged; refusals are the caller's to count. */
export async function countStaged(
  connection: Connection,
  { projectId, importId }: ImportKey,
  collectionId: string,
): Promise<Omit<Import['counts'], 'refused'>> {
  const rows = await connection.$queryRaw<Omit<Import['counts'], 'refused'>[]>`
    SELECT count(*)::int AS "items", count(i."id")::int AS "known",
      coalesce(sum(jsonb_array_length(s."content" #> '{document,tokens}')), 0)::int AS "tokens",
      coalesce(sum(jsonb_array_length(s."content" #> '{document,mentions}')), 0)::int AS "markables",
      coalesce(sum(jsonb_array_length(s."content" #> '{document,chains}')), 0)::int AS "chains",
      count(s."content" #> '{pair,gold}')::int AS "gold",
      coalesce(sum(jsonb_array_length(jsonb_path_query_array(s."content" #> '{pair,ratings}', '$[*] ? (@ != null)'))), 0)::int AS "ratings"
    FROM "StagedItem" s
    LEFT JOIN "Item" i ON i."projectId" = s."projectId" AND i."collectionId" = ${collectionId}::uuid AND i."key" = s."key"
    WHERE s."projectId" = ${projectId}::uuid AND s."importId" = ${importId}::uuid`;
  const [counts] = rows;
  if (counts === undefined) throw new Error('an aggregate has one row');
  return counts;
}

/** The first staged items, as they would be stored. */
export async function previewStaged(
  connection: Connection,
  { projectId, importId }: ImportKey,
  limit: number,
): Promise<Import['preview']> {
  const rows = await connection.stagedItem.findMany({
    where: { projectId, importId },
    select: { name: true, summary: true, content: true },
    orderBy: { position: 'asc' },
    take: limit,
  });
  return importSchema.shape.preview.parse(rows);
}

/** Where the next so many staged items end; null where none is left. */
export async function endOfChunk(
  connection: Connection,
  { projectId, importId }: ImportKey,
  after: number,
  size: number,
): Promise<{ last: number; items: number } | null> {
  const rows = await connection.$queryRaw<{ last: number | null; items: number }[]>`
    SELECT max(c."position") AS "last", count(*)::int AS "items" FROM (
      SELECT s."position" FROM "StagedItem" s
      WHERE s."projectId" = ${projectId}::uuid AND s."importId" = ${importId}::uuid AND s."position" > ${after}
      ORDER BY s."position" LIMIT ${size}
    ) c`;
  const last = rows[0]?.last ?? null;
  return last === null ? null : { last, items: rows[0]?.items ?? 0 };
}

/** Drops what the collection has already, just as it was staged. */
export async function dropKnown(
  connection: Connection,
  { projectId, importId }: ImportKey,
  collectionId: string,
): Promise<void> {
  await connection.$executeRaw`
    DELETE FROM "StagedItem" s USING "Item" i
    WHERE s."projectId" = ${projectId}::uuid AND s."importId" = ${importId}::uuid
      AND i."projectId" = s."projectId" AND i."collectionId" = ${collectionId}::uuid AND i."key" = s."key"`;
}

/**
 * Adds the staged items between two positions to the collection, at the places from `place` on, with their first
 * versions. There must be an id for each.
 */
export async function addStaged(
  connection: Connection,
  { projectId, importId }: ImportKey,
  collectionId: string,
  range: { after: number; last: number; place: number },
  ids: readonly string[],
): Promise<number> {
  return connection.$executeRaw`
    WITH fresh AS (
      SELECT s."key", s."name", s."summary", s."content", s."contentHash",
        row_number() OVER (ORDER BY s."position") AS "nth"
      FROM "StagedItem" s
      WHERE s."projectId" = ${projectId}::uuid AND s."importId" = ${importId}::uuid
        AND s."position" > ${range.after} AND s."position" <= ${range.last}
    ), named AS (
      SELECT f.*, (${ids}::uuid[])[f."nth"] AS "id" FROM fresh f
    ), added AS (
      INSERT INTO "Item" ("projectId", "id", "collectionId", "position", "key", "name", "version", "summary")
      SELECT ${projectId}::uuid, n."id", ${collectionId}::uuid, ${range.place}::int + n."nth" - 1, n."key", n."name", 1, n."summary"
      FROM named n
    )
    INSERT INTO "ItemVersion" ("projectId", "itemId", "version", "content", "contentHash", "importId")
    SELECT ${projectId}::uuid, n."id", 1, n."content", n."contentHash", ${importId}::uuid FROM named n`;
}

/**
 * Counts what is in the tables now, for the planner: with a collection's worth of rows that it knows nothing of, it
 * looks each of them up by reading all others.
 */
export async function analyzeStaged(connection: Connection): Promise<void> {
  await connection.$executeRaw`ANALYZE "StagedItem"`;
}

export async function analyzeItems(connection: Connection): Promise<void> {
  await connection.$executeRaw`ANALYZE "Item"`;
}

/** A collection that got something new is of a new version. */
export async function raiseVersion(
  connection: Connection,
  projectId: string,
  collectionId: string,
): Promise<number> {
  const { version } = await connection.collection.update({
    where: { projectId_id: { projectId, id: collectionId } },
    data: { version: { increment: 1 } },
    select: { version: true },
  });
  return version;
}

export async function deleteStaged(
  connection: Connection,
  { projectId, importId }: ImportKey,
): Promise<void> {
  await connection.$executeRaw`
    DELETE FROM "StagedItem" WHERE "projectId" = ${projectId}::uuid AND "importId" = ${importId}::uuid`;
}
