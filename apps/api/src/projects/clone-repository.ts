import type { ProjectId } from '@casebook/contracts';
import { uuidv7 } from 'uuidv7';
import type { Connection } from '../database/client.ts';

/** Copies what a project is set up with; none of its people, judgements and decisions. */
export async function insertCopy(
  connection: Connection,
  from: ProjectId,
  to: ProjectId,
  name: string,
): Promise<void> {
  await connection.$executeRaw`
    INSERT INTO "Project" ("projectId", "name", "description", "passMark", "board")
    SELECT ${to}::uuid, ${name}, "description", "passMark", "board" FROM "Project" WHERE "projectId" = ${from}::uuid`;
  await connection.$executeRaw`
    INSERT INTO "Guideline" ("projectId", "version", "markdown", "author")
    SELECT ${to}::uuid, 1, "markdown", "author" FROM "Guideline" WHERE "projectId" = ${from}::uuid
    ORDER BY "version" DESC LIMIT 1`;
  // Version 1 is what every project begins with, and is not stored.
  await connection.$executeRaw`
    INSERT INTO "ScoringRule" ("projectId", "version", "rules", "author")
    SELECT ${to}::uuid, 2, "rules", "author" FROM "ScoringRule" WHERE "projectId" = ${from}::uuid
    ORDER BY "version" DESC LIMIT 1`;
}

/** Copies the collections, each item in its newest version; the new ids by the old ones. */
export async function copyCollections(
  connection: Connection,
  from: ProjectId,
  to: ProjectId,
): Promise<ReadonlyMap<string, string>> {
  const copies = new Map<string, string>();
  const collections = await connection.collection.findMany({
    where: { projectId: from },
    orderBy: [{ createdAt: 'asc' }, { id: 'asc' }],
  });
  for (const { id, name, kind, version } of collections) {
    const copy = uuidv7();
    copies.set(id, copy);
    await connection.collection.create({
      data: { projectId: to, id: copy, name, kind, version: Math.min(version, 1) },
    });
    // Materialised, so that an item and its version are given the same fresh id.
    await connection.$executeRaw`
      WITH source AS MATERIALIZED (
        SELECT i.*, make_uuidv7() AS "fresh" FROM "Item" i
        WHERE i."projectId" = ${from}::uuid AND i."collectionId" = ${id}::uuid
      ), items AS (
        INSERT INTO "Item" ("projectId", "id", "collectionId", "position", "key", "name", "version", "summary")
        SELECT ${to}::uuid, "fresh", ${copy}::uuid, "position", "key", "name", 1, "summary" FROM source
      )
      INSERT INTO "ItemVersion" ("projectId", "itemId", "version", "content", "contentHash")
      SELECT ${to}::uuid, source."fresh", 1, v."content", v."contentHash"
      FROM source JOIN "ItemVersion" v
        ON v."projectId" = source."projectId" AND v."itemId" = source."id" AND v."version" = source."version"`;
  }
  return copies;
}

/** Copies the tasks as drafts that are not planned yet, open to whoever comes; their new ids. */
export async function copyTasks(
  connection: Connection,
  from: ProjectId,
  to: ProjectId,
  collections: ReadonlyMap<string, string>,
): Promise<readonly string[]> {
  // What was chosen for a second look is chosen from judgements, of which there are none.
  const tasks = await connection.task.findMany({
    where: { projectId: from, secondLookOf: null, state: { not: 'archived' } },
    orderBy: [{ createdAt: 'asc' }, { id: 'asc' }],
  });
  const copies = new Map(tasks.map(({ id }) => [id, uuidv7()]));
  for (const task of tasks) {
    const collectionId = collections.get(task.collectionId);
    const copy = copies.get(task.id);
    if (collectionId === undefined || copy === undefined) throw new Error('a task stands over no collection');
    await connection.task.create({
      data: {
        projectId: to,
        id: copy,
        collectionId,
        name: task.name,
        type: task.type,
        contractVersion: task.contractVersion,
        phase: task.phase,
        wanted: task.wanted,
        order: task.order,
        seed: task.seed,
        namedOnly: false,
        protocol: task.protocol ?? {},
        trainingTaskId: task.trainingTaskId === null ? null : (copies.get(task.trainingTaskId) ?? null),
        hiddenGoldRate: task.hiddenGoldRate,
        trainingLength: task.trainingLength,
      },
    });
  }
  return [...copies.values()];
}
