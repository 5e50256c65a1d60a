import type { ProjectId } from '@casebook/contracts';
import type { Connection } from '../database/client.ts';
import { outsideName } from '../outside/counted.ts';

/** Units by id: the words they are known by, and the item they stand in. */
export async function listPlacesOfUnits(
  connection: Connection,
  projectId: ProjectId,
  unitIds: readonly string[],
): Promise<
  ReadonlyMap<string, { readonly label: string; readonly place: string; readonly content: unknown }>
> {
  const rows = await connection.$queryRaw<{ id: string; label: string; place: string; content: unknown }[]>`
    SELECT u."id", u."label", i."name" AS "place", u."content"
    FROM "Unit" u JOIN "Item" i ON i."projectId" = u."projectId" AND i."id" = u."itemId"
    WHERE u."projectId" = ${projectId}::uuid AND u."id" = ANY (${[...unitIds]}::uuid[])`;
  return new Map(rows.map(({ id, ...unit }) => [id, unit]));
}

/** The names of coders by id, members and others. */
export async function listCoderNames(
  connection: Connection,
  projectId: ProjectId,
  coderIds: readonly string[],
): Promise<ReadonlyMap<string, string>> {
  const rows = await connection.$queryRaw<{ id: string; name: string }[]>`
    SELECT m."id", u."name" FROM "Member" m JOIN "User" u ON u."id" = m."userId"
    WHERE m."projectId" = ${projectId}::uuid AND m."id" = ANY (${[...coderIds]}::uuid[])
    UNION ALL
    SELECT c."id", ${outsideName} FROM "OutsideCoder" c
    WHERE c."projectId" = ${projectId}::uuid AND c."id" = ANY (${[...coderIds]}::uuid[])`;
  return new Map(rows.map(({ id, name }) => [id, name]));
}
