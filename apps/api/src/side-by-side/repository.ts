import { itemIdSchema, memberIdSchema, unitIdSchema } from '@casebook/contracts';
import type { ItemId, ProjectId, Side, SideId, TaskId, UnitId } from '@casebook/contracts';
import { z } from 'zod';
import { Prisma } from '../database/client.ts';
import type { Connection } from '../database/client.ts';
import { reference } from '../judgements/reference.ts';
import { replaced } from '../judgements/replaced.ts';
import { outsideCounts, outsideFrom, outsideName } from '../outside/counted.ts';

/** Whether the judgement `j` of a statement counts, as it does for agreement. */
const counts = Prisma.sql`j."stage" = 'annotation' AND j."act" = 'answer' AND NOT j."extra" AND NOT j."informed"
  AND NOT ${replaced} AND EXISTS (
    SELECT 1 FROM "Lease" l WHERE l."projectId" = j."projectId" AND l."sectionId" = j."sectionId"
      AND l."memberId" = j."coderId" AND l."state" IN ('active', 'finished'))`;

export async function typeOfTask(
  connection: Connection,
  projectId: ProjectId,
  taskId: TaskId,
): Promise<string | undefined> {
  const task = await connection.task.findUnique({
    where: { projectId_id: { projectId, id: taskId } },
    select: { type: true },
  });
  return task?.type;
}

export interface AnnotatedDocument {
  readonly itemId: ItemId;
  readonly name: string;
  readonly position: number;
  readonly coders: number;
}

const annotatedSchema = z.array(
  z.object({ itemId: itemIdSchema, name: z.string(), position: z.int(), coders: z.int() }),
);

export async function listDocuments(
  connection: Connection,
  projectId: ProjectId,
  taskId: TaskId,
  after: number,
  limit: number,
): Promise<AnnotatedDocument[]> {
  const rows = await connection.$queryRaw<unknown[]>`
    SELECT i."id" AS "itemId", i."name", i."position"::int AS "position", count(DISTINCT g."coderId")::int AS "coders"
    FROM (
      SELECT j."unitId", j."coderId" FROM "Judgement" j
      WHERE j."projectId" = ${projectId}::uuid AND j."taskId" = ${taskId}::uuid AND ${counts}
      UNION ALL
      SELECT o."unitId", o."coderId" FROM ${outsideFrom}
      WHERE o."projectId" = ${projectId}::uuid AND o."taskId" = ${taskId}::uuid AND ${outsideCounts}
    ) g
    JOIN "Unit" u ON u."projectId" = ${projectId}::uuid AND u."id" = g."unitId"
    JOIN "Item" i ON i."projectId" = u."projectId" AND i."id" = u."itemId"
    WHERE i."position" > ${after}::int
    GROUP BY i."id", i."name", i."position"
    ORDER BY i."position" LIMIT ${limit}::int`;
  return annotatedSchema.parse(rows);
}

const documentSchema = z.array(z.object({ id: itemIdSchema, name: z.string(), content: z.unknown() }));

/** An item of a task, in the version that its units were cut from. */
export async function findDocument(
  connection: Connection,
  projectId: ProjectId,
  taskId: TaskId,
  itemId: ItemId,
): Promise<{ readonly id: ItemId; readonly name: string; readonly content: unknown } | undefined> {
  const rows = await connection.$queryRaw<unknown[]>`
    SELECT i."id", i."name", v."content"
    FROM "Unit" u
    JOIN "Item" i ON i."projectId" = u."projectId" AND i."id" = u."itemId"
    JOIN "ItemVersion" v ON v."projectId" = u."projectId" AND v."itemId" = u."itemId" AND v."version" = u."itemVersion"
    WHERE u."projectId" = ${projectId}::uuid AND u."taskId" = ${taskId}::uuid AND u."itemId" = ${itemId}::uuid
    LIMIT 1`;
  return documentSchema.parse(rows)[0];
}

const sidesSchema = z.array(
  z.object({ id: memberIdSchema, name: z.string(), kind: z.enum(['coder', 'machine']) }),
);

/** Who has annotated a document: persons by name, then machines, then what is taken for right. */
export async function listSides(
  connection: Connection,
  projectId: ProjectId,
  taskId: TaskId,
  itemId: ItemId,
): Promise<Side[]> {
  const ofItem = Prisma.sql`u."projectId" = ${projectId}::uuid AND u."taskId" = ${taskId}::uuid AND u."itemId" = ${itemId}::uuid`;
  const rows = await connection.$queryRaw<unknown[]>`
    SELECT DISTINCT j."coderId" AS "id", p."name", 'coder' AS "kind"
    FROM "Unit" u
    JOIN "Judgement" j ON j."projectId" = u."projectId" AND j."unitId" = u."id"
    JOIN "Member" m ON m."projectId" = j."projectId" AND m."id" = j."coderId"
    JOIN "User" p ON p."id" = m."userId"
    WHERE ${ofItem} AND ${counts}
    UNION
    SELECT DISTINCT o."coderId", ${outsideName}, CASE c."kind" WHEN 'machine' THEN 'machine' ELSE 'coder' END
    FROM ${outsideFrom}
    JOIN "Unit" u ON u."projectId" = o."projectId" AND u."id" = o."unitId"
    WHERE ${ofItem} AND ${outsideCounts}
    ORDER BY "kind", "name", "id"`;
  const known = await connection.$queryRaw<unknown[]>`
    SELECT 1 FROM "Unit" u WHERE ${ofItem} AND ${reference} IS NOT NULL LIMIT 1`;
  return [
    ...sidesSchema.parse(rows),
    ...(known.length === 0
      ? []
      : [{ id: 'reference', name: 'The reference', kind: 'reference' } satisfies Side]),
  ];
}

/** All units of an item, in reading order. */
export async function listUnits(
  connection: Connection,
  projectId: ProjectId,
  taskId: TaskId,
  itemId: ItemId,
): Promise<{ readonly id: UnitId; readonly key: string; readonly content: unknown }[]> {
  const units = await connection.unit.findMany({
    where: { projectId, taskId, itemId },
    orderBy: [{ reading: 'asc' }, { id: 'asc' }],
    select: { id: true, key: true, content: true },
  });
  return units.map(({ id, ...unit }) => ({ ...unit, id: unitIdSchema.parse(id) }));
}

const givenSchema = z.array(z.object({ unitId: unitIdSchema, answer: z.unknown() }));

/** What one side says of the units of an item. */
export async function answersOf(
  connection: Connection,
  projectId: ProjectId,
  taskId: TaskId,
  itemId: ItemId,
  side: SideId,
): Promise<ReadonlyMap<UnitId, unknown>> {
  const ofItem = Prisma.sql`u."projectId" = ${projectId}::uuid AND u."taskId" = ${taskId}::uuid AND u."itemId" = ${itemId}::uuid`;
  const rows =
    side === 'reference'
      ? await connection.$queryRaw<unknown[]>`
          SELECT r."unitId", r."answer"
          FROM (SELECT u."id" AS "unitId", ${reference} AS "answer" FROM "Unit" u WHERE ${ofItem}) r
          WHERE r."answer" IS NOT NULL`
      : await connection.$queryRaw<unknown[]>`
          SELECT j."unitId", j."answer"
          FROM "Unit" u
          JOIN "Judgement" j ON j."projectId" = u."projectId" AND j."unitId" = u."id"
          WHERE ${ofItem} AND j."coderId" = ${side}::uuid AND ${counts}
          UNION ALL
          SELECT o."unitId", o."answer"
          FROM ${outsideFrom}
          JOIN "Unit" u ON u."projectId" = o."projectId" AND u."id" = o."unitId"
          WHERE ${ofItem} AND o."coderId" = ${side}::uuid AND ${outsideCounts}`;
  return new Map(givenSchema.parse(rows).map(({ unitId, answer }) => [unitId, answer]));
}
