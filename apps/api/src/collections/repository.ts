import { collectionIdSchema, itemContentSchema, itemIdSchema } from '@casebook/contracts';
import type { Collection, CollectionId, CollectionKind, Item, ItemRow, ProjectId } from '@casebook/contracts';
import type { Connection } from '../database/client.ts';

/** Kinds as Prisma's client spells them, since its enums hold no hyphen. */
const STORED = { documents: 'documents', 'word-pairs': 'word_pairs' } as const;

interface Row {
  readonly id: string;
  readonly name: string;
  readonly kind: CollectionKind;
  readonly version: number;
  readonly items: number;
  readonly hasGold: boolean;
  readonly openReviews: number;
  readonly createdAt: Date;
}

/** A project's collections, oldest first; `only` leaves one of them. */
export async function listCollections(
  connection: Connection,
  projectId: ProjectId,
  only?: CollectionId,
): Promise<Collection[]> {
  const rows = await connection.$queryRaw<Row[]>`
    SELECT c."id", c."name", c."kind"::text AS "kind", c."version", c."createdAt",
      (SELECT count(*)::int FROM "Item" i WHERE i."projectId" = c."projectId" AND i."collectionId" = c."id") AS "items",
      EXISTS (SELECT 1 FROM "Item" i
        JOIN "ItemVersion" v ON v."projectId" = i."projectId" AND v."itemId" = i."id" AND v."version" = i."version"
        WHERE i."projectId" = c."projectId" AND i."collectionId" = c."id" AND v."bringsGold") AS "hasGold",
      (SELECT count(*)::int FROM "PhraseReview" r JOIN "Item" i ON i."projectId" = r."projectId" AND i."id" = r."itemId"
        WHERE i."projectId" = c."projectId" AND i."collectionId" = c."id"
          AND r."state" IN ('waiting', 'open')) AS "openReviews"
    FROM "Collection" c
    WHERE c."projectId" = ${projectId}::uuid AND (${only ?? null}::uuid IS NULL OR c."id" = ${only ?? null}::uuid)
    ORDER BY c."createdAt", c."id"`;
  return rows.map((row) => ({
    ...row,
    id: collectionIdSchema.parse(row.id),
    createdAt: row.createdAt.toISOString(),
  }));
}

export async function insertCollection(
  connection: Connection,
  projectId: ProjectId,
  collection: { id: CollectionId; name: string; kind: CollectionKind },
): Promise<void> {
  await connection.collection.create({
    data: { projectId, ...collection, kind: STORED[collection.kind] },
  });
}

/** Items behind a position, in order; at most `limit`. */
export async function listItems(
  connection: Connection,
  projectId: ProjectId,
  collectionId: CollectionId,
  after: number,
  limit: number,
): Promise<ItemRow[]> {
  const rows = await connection.item.findMany({
    where: { projectId, collectionId, position: { gt: after } },
    select: { id: true, name: true, position: true, version: true, summary: true },
    orderBy: { position: 'asc' },
    take: limit,
  });
  return rows.map((row) => ({ ...row, id: itemIdSchema.parse(row.id) }));
}

/** An item with the content of its newest version. */
export async function findItem(
  connection: Connection,
  projectId: ProjectId,
  collectionId: CollectionId,
  id: string,
): Promise<Item | undefined> {
  const item = await connection.item.findFirst({
    where: { projectId, collectionId, id },
    select: { id: true, name: true, position: true, version: true, summary: true },
  });
  if (item === null) return undefined;
  const version = await connection.itemVersion.findUniqueOrThrow({
    where: { projectId_itemId_version: { projectId, itemId: id, version: item.version } },
    select: { content: true },
  });
  return {
    ...item,
    id: itemIdSchema.parse(item.id),
    content: itemContentSchema.parse(version.content),
  };
}
