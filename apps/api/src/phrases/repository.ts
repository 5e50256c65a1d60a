import {
  documentContentSchema,
  itemIdSchema,
  phraseReviewRowSchema,
  phraseRuleSchema,
  reviewedPhraseSchema,
} from '@casebook/contracts';
import type {
  CollectionId,
  ItemId,
  ItemRow,
  PhraseReviewRow,
  PhraseReviewState,
  PhraseRule,
  ProjectId,
  ReviewedPhrase,
} from '@casebook/contracts';
import type { DocumentContent } from '@casebook/contracts';
import { z } from 'zod';
import type { Connection } from '../database/client.ts';

export interface CollectionKey {
  readonly projectId: string;
  readonly collectionId: string;
}

const SHOWN = 500;

/** Documents of a collection that have neither markables nor a review, by the language they name; '' where none. */
export async function countBare(
  connection: Connection,
  { projectId, collectionId }: CollectionKey,
): Promise<{ language: string; documents: number }[]> {
  return connection.$queryRaw<{ language: string; documents: number }[]>`
    SELECT coalesce(v."content" #>> '{document,language}', '') AS "language", count(*)::int AS "documents"
    FROM "Item" i
    JOIN "ItemVersion" v ON v."projectId" = i."projectId" AND v."itemId" = i."id" AND v."version" = i."version"
    LEFT JOIN "PhraseReview" r ON r."projectId" = i."projectId" AND r."itemId" = i."id"
    WHERE i."projectId" = ${projectId}::uuid AND i."collectionId" = ${collectionId}::uuid
      AND v."content" #> '{document,mentions}' = '[]' AND (r."itemId" IS NULL OR r."state" = 'failed')
    GROUP BY 1 ORDER BY 1`;
}

/** Reviews of a collection, those that wait for somebody first. */
export async function listReviews(
  connection: Connection,
  { projectId, collectionId }: CollectionKey,
): Promise<PhraseReviewRow[]> {
  const rows = await connection.$queryRaw<unknown[]>`
    SELECT i."id" AS "itemId", i."name", r."state"::text AS "state", jsonb_array_length(r."phrases") AS "phrases",
      jsonb_array_length(jsonb_path_query_array(r."phrases", '$[*] ? (@.verdict == "open")')) AS "open", r."unreviewed"
    FROM "PhraseReview" r
    JOIN "Item" i ON i."projectId" = r."projectId" AND i."id" = r."itemId"
    WHERE r."projectId" = ${projectId}::uuid AND i."collectionId" = ${collectionId}::uuid
    ORDER BY r."state" = 'confirmed', i."position" LIMIT ${SHOWN}`;
  return z.array(phraseReviewRowSchema).parse(rows);
}

/** Puts every document down for proposals that is in English, or names no language, and has no markables; how many. */
export async function insertWaiting(
  connection: Connection,
  { projectId, collectionId }: CollectionKey,
  rules: readonly PhraseRule[],
  createdBy: string,
): Promise<number> {
  return connection.$executeRaw`
    INSERT INTO "PhraseReview" ("projectId", "itemId", "itemVersion", "rules", "createdBy")
    SELECT i."projectId", i."id", i."version", ${rules}::text[], ${createdBy}::uuid
    FROM "Item" i
    JOIN "ItemVersion" v ON v."projectId" = i."projectId" AND v."itemId" = i."id" AND v."version" = i."version"
    WHERE i."projectId" = ${projectId}::uuid AND i."collectionId" = ${collectionId}::uuid
      AND v."content" #> '{document,mentions}' = '[]'
      AND coalesce(v."content" #>> '{document,language}', 'en') ~* '^en($|[-_])'
    ON CONFLICT ("projectId", "itemId") DO UPDATE
      SET "state" = 'waiting', "rules" = excluded."rules", "createdBy" = excluded."createdBy", "createdAt" = now()
      WHERE "PhraseReview"."state" = 'failed'`;
}

/** Collections in which documents wait for proposals. */
export async function listWaiting(connection: Connection): Promise<CollectionKey[]> {
  return connection.$queryRaw<CollectionKey[]>`
    SELECT DISTINCT i."projectId", i."collectionId"
    FROM "PhraseReview" r
    JOIN "Item" i ON i."projectId" = r."projectId" AND i."id" = r."itemId"
    WHERE r."state" = 'waiting'`;
}

/** The next document that waits, kept from everybody else until the transaction ends; undefined where none is left. */
export async function lockWaiting(
  connection: Connection,
  { projectId, collectionId }: CollectionKey,
): Promise<{ itemId: string; rules: readonly PhraseRule[]; document: DocumentContent } | undefined> {
  const [row] = await connection.$queryRaw<{ itemId: string; rules: unknown; document: unknown }[]>`
    SELECT r."itemId", r."rules", v."content" -> 'document' AS "document"
    FROM "PhraseReview" r
    JOIN "Item" i ON i."projectId" = r."projectId" AND i."id" = r."itemId"
    JOIN "ItemVersion" v ON v."projectId" = r."projectId" AND v."itemId" = r."itemId" AND v."version" = r."itemVersion"
    WHERE r."projectId" = ${projectId}::uuid AND i."collectionId" = ${collectionId}::uuid AND r."state" = 'waiting'
    ORDER BY i."position" LIMIT 1 FOR UPDATE OF r SKIP LOCKED`;
  if (row === undefined) return undefined;
  return {
    itemId: row.itemId,
    rules: z.array(phraseRuleSchema).parse(row.rules),
    document: documentContentSchema.parse(row.document),
  };
}

export async function openReview(
  connection: Connection,
  projectId: string,
  itemId: string,
  chunker: string,
  phrases: readonly ReviewedPhrase[],
): Promise<void> {
  await connection.$executeRaw`
    UPDATE "PhraseReview" SET "state" = 'open', "chunker" = ${chunker}, "phrases" = ${JSON.stringify(phrases)}::jsonb
    WHERE "projectId" = ${projectId}::uuid AND "itemId" = ${itemId}::uuid`;
}

export async function markFailed(connection: Connection, projectId: string, itemId: string): Promise<void> {
  await connection.phraseReview.update({
    where: { projectId_itemId: { projectId, itemId } },
    data: { state: 'failed' },
  });
}

export interface StoredReview {
  readonly itemId: ItemId;
  readonly name: string;
  readonly itemVersion: number;
  readonly newestVersion: number;
  readonly state: PhraseReviewState;
  readonly document: DocumentContent;
  readonly phrases: readonly ReviewedPhrase[];
  readonly revision: number;
  readonly chunker: string;
  readonly createdAt: Date;
}

/** A review with its document; `lock` keeps it from changing until the transaction ends. */
export async function findReview(
  connection: Connection,
  projectId: ProjectId,
  collectionId: CollectionId,
  itemId: ItemId,
  lock = false,
): Promise<StoredReview | undefined> {
  if (lock)
    await connection.$queryRaw`
      SELECT 1 FROM "PhraseReview" WHERE "projectId" = ${projectId}::uuid AND "itemId" = ${itemId}::uuid FOR UPDATE`;
  const review = await connection.phraseReview.findFirst({
    where: { projectId, itemId, item: { collectionId } },
    include: { item: { select: { name: true, version: true } } },
  });
  if (review === null) return undefined;
  const { content } = await connection.itemVersion.findUniqueOrThrow({
    where: { projectId_itemId_version: { projectId, itemId, version: review.itemVersion } },
    select: { content: true },
  });
  return {
    itemId: itemIdSchema.parse(review.itemId),
    name: review.item.name,
    itemVersion: review.itemVersion,
    newestVersion: review.item.version,
    state: review.state,
    document: z.object({ document: documentContentSchema }).parse(content).document,
    phrases: z.array(reviewedPhraseSchema).parse(review.phrases),
    revision: review.revision,
    chunker: review.chunker,
    createdAt: review.createdAt,
  };
}

export async function updatePhrases(
  connection: Connection,
  projectId: ProjectId,
  itemId: ItemId,
  phrases: readonly ReviewedPhrase[],
): Promise<number> {
  const rows = await connection.$queryRaw<{ revision: number }[]>`
    UPDATE "PhraseReview" SET "phrases" = ${JSON.stringify(phrases)}::jsonb, "revision" = "revision" + 1
    WHERE "projectId" = ${projectId}::uuid AND "itemId" = ${itemId}::uuid
    RETURNING "revision"`;
  const [row] = rows;
  if (row === undefined) throw new Error('a locked review is there');
  return row.revision;
}

/** Gives a document its next version, and its collection too. */
export async function insertVersion(
  connection: Connection,
  projectId: ProjectId,
  collectionId: CollectionId,
  item: { id: ItemId; version: number; summary: string },
  content: { readonly text: string; readonly hash: string },
): Promise<ItemRow> {
  await connection.$executeRaw`
    INSERT INTO "ItemVersion" ("projectId", "itemId", "version", "content", "contentHash")
    VALUES (${projectId}::uuid, ${item.id}::uuid, ${item.version}, ${content.text}::jsonb, decode(${content.hash}, 'hex'))`;
  await connection.collection.update({
    where: { projectId_id: { projectId, id: collectionId } },
    data: { version: { increment: 1 } },
  });
  const row = await connection.item.update({
    where: { projectId_id: { projectId, id: item.id } },
    data: { version: item.version, summary: item.summary },
    select: { name: true, position: true, version: true, summary: true },
  });
  return { id: item.id, ...row };
}

export async function confirmReview(
  connection: Connection,
  projectId: ProjectId,
  itemId: ItemId,
  unreviewed: number,
  decidedBy: string,
): Promise<void> {
  await connection.phraseReview.update({
    where: { projectId_itemId: { projectId, itemId } },
    data: { state: 'confirmed', unreviewed, decidedBy, decidedAt: new Date() },
  });
}

export async function deleteReview(
  connection: Connection,
  projectId: ProjectId,
  itemId: ItemId,
): Promise<void> {
  await connection.phraseReview.delete({ where: { projectId_itemId: { projectId, itemId } } });
}
