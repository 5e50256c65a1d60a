import { itemContentSchema, itemIdSchema, memberIdSchema, unitIdSchema } from '@casebook/contracts';
import type { CollectionKind, ItemContent, ItemId, MemberId, ProjectId, TaskId } from '@casebook/contracts';
import type { PlannedItem } from '@casebook/task-types/server';
import type { ClientBase } from 'pg';
import { KEPT_ANSWERS, REFERENCE } from '../judgements/reference.ts';
import { OUTSIDE_NAME } from '../outside/counted.ts';
import { readVotes } from '../readings/read-votes.ts';
import type { Votes } from '../readings/read-votes.ts';
import type { UnitToRead } from '../readings/readings-of-item.ts';
import { eachRow } from './each-row.ts';

/** Begins to read as of one moment, for downloads that take several statements. */
export async function beginSnapshot(client: ClientBase): Promise<void> {
  await client.query('BEGIN ISOLATION LEVEL REPEATABLE READ READ ONLY');
}

/** A unit as it is taken out, its place in words and numbers beside it. */
export interface UnitRow {
  readonly id: string;
  readonly taskId: string;
  readonly sectionId: string;
  readonly section: number;
  readonly position: number;
  readonly itemId: string;
  readonly itemName: string;
  readonly itemVersion: number;
  readonly key: string;
  readonly reading: number;
  readonly label: string;
  readonly content: unknown;
  readonly gold: unknown;
}

/** The units of a task, section after section, in the order of judging. */
export function eachUnit(client: ClientBase, projectId: ProjectId, taskId: TaskId): AsyncGenerator<UnitRow> {
  return eachRow(
    client,
    `SELECT u."id", u."taskId", u."sectionId", s."position" AS "section", u."position", u."itemId", i."name" AS "itemName",
      u."itemVersion", u."key", u."reading", u."label", u."content", g."answer" AS "gold"
    FROM "Section" s
    JOIN "Unit" u ON u."projectId" = s."projectId" AND u."sectionId" = s."id"
    JOIN "Item" i ON i."projectId" = u."projectId" AND i."id" = u."itemId"
    LEFT JOIN "Gold" g ON g."projectId" = u."projectId" AND g."unitId" = u."id"
    WHERE s."projectId" = $1 AND s."taskId" = $2 ORDER BY s."position", u."position"`,
    [projectId, taskId],
    500,
  );
}

export interface ItemRow {
  readonly id: string;
  readonly key: string;
  readonly name: string;
  readonly position: number;
  readonly version: number;
  readonly content: ItemContent;
}

/** Documents are large, pairs are small. */
const BATCH: Readonly<Record<CollectionKind, number>> = { documents: 8, 'word-pairs': 500 };

/** The items of a collection in its order, as their newest versions have them. */
export function eachItem(
  client: ClientBase,
  projectId: ProjectId,
  collection: { readonly id: string; readonly kind: CollectionKind },
): AsyncGenerator<ItemRow> {
  return eachRow(
    client,
    `SELECT i."id", i."key", i."name", i."position", i."version", v."content"
    FROM "Item" i
    JOIN "ItemVersion" v ON v."projectId" = i."projectId" AND v."itemId" = i."id" AND v."version" = i."version"
    WHERE i."projectId" = $1 AND i."collectionId" = $2 ORDER BY i."position"`,
    [projectId, collection.id],
    BATCH[collection.kind],
  );
}

/** The names of all who are or were members of a project, and of its outside coders. */
export async function findNames(
  client: ClientBase,
  projectId: ProjectId,
): Promise<ReadonlyMap<MemberId, string>> {
  const { rows } = await client.query<{ id: string; name: string }>(
    `SELECT m."id", u."name" FROM "Member" m JOIN "User" u ON u."id" = m."userId" WHERE m."projectId" = $1
    UNION ALL SELECT c."id", ${OUTSIDE_NAME} FROM "OutsideCoder" c WHERE c."projectId" = $1`,
    [projectId],
  );
  return new Map(rows.map(({ id, name }) => [memberIdSchema.parse(id), name]));
}

/** An item of a task with its units in reading order, and all votes that count on them. */
export interface JudgedItem extends Votes {
  readonly item: PlannedItem;
  readonly units: readonly UnitToRead[];
}

/** The items that a task has units of, in the order of their collection; memory holds a page. */
export async function* eachJudgedItem(
  client: ClientBase,
  projectId: ProjectId,
  task: { readonly id: TaskId; readonly collectionId: string; readonly kind: CollectionKind },
): AsyncGenerator<JudgedItem> {
  for (let after = -1; ;) {
    const { rows } = await client.query<{ id: string; name: string; position: number; content: unknown }>(
      `SELECT i."id", i."name", i."position", v."content"
      FROM "Item" i
      JOIN LATERAL (
        SELECT u."itemVersion" FROM "Unit" u
        WHERE u."projectId" = i."projectId" AND u."taskId" = $2 AND u."itemId" = i."id" LIMIT 1
      ) u ON true
      JOIN "ItemVersion" v ON v."projectId" = i."projectId" AND v."itemId" = i."id" AND v."version" = u."itemVersion"
      WHERE i."projectId" = $1 AND i."collectionId" = $3 AND i."position" > $4 ORDER BY i."position" LIMIT $5`,
      [projectId, task.id, task.collectionId, after, BATCH[task.kind]],
    );
    const last = rows.at(-1);
    if (last === undefined) return;
    const ids = rows.map(({ id }) => id);
    const all = await unitsOf(client, projectId, task.id, ids);
    const votes = await readVotes(client, projectId, { units: all.map(({ id }) => id) }, all);
    const units = Map.groupBy(all, ({ itemId }) => itemId);
    const answers = Map.groupBy(votes.answers, ({ itemId }) => itemId);
    for (const { id, name, content } of rows) {
      const item = { id: itemIdSchema.parse(id), name, content: itemContentSchema.parse(content) };
      const ofItem = units.get(item.id) ?? [];
      const own = new Set(ofItem.map((unit) => unit.id));
      yield {
        item,
        units: ofItem,
        answers: answers.get(item.id) ?? [],
        skips: votes.skips,
        validations: votes.validations.filter(({ unitId }) => own.has(unitId)),
      };
    }
    after = last.position;
  }
}

async function unitsOf(
  client: ClientBase,
  projectId: ProjectId,
  taskId: TaskId,
  itemIds: readonly string[],
): Promise<(UnitToRead & { readonly itemId: ItemId })[]> {
  const { rows } = await client.query<{
    id: string;
    itemId: string;
    key: string;
    content: unknown;
    reference: unknown;
    kept: unknown[] | null;
  }>(
    `SELECT u."id", u."itemId", u."key", u."content", ${REFERENCE} AS "reference", ${KEPT_ANSWERS} AS "kept"
    FROM "Unit" u
    WHERE u."projectId" = $1 AND u."taskId" = $2 AND u."itemId" = ANY ($3::uuid[])
    ORDER BY u."reading", u."id"`,
    [projectId, taskId, itemIds],
  );
  return rows.map(({ id, itemId, ...unit }) => ({
    ...unit,
    id: unitIdSchema.parse(id),
    itemId: itemIdSchema.parse(itemId),
  }));
}
