import { request } from 'node:http';
import { fileURLToPath } from 'node:url';
import { importSchema, routes } from '@casebook/contracts';
import type { CollectionId, Import, ImportId, ProjectId } from '@casebook/contracts';
import pg from 'pg';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { ApiProcess } from '../support/api-process.ts';
import { firstAdmin, TestClient } from '../support/client.ts';
import { eventually, makeCollection, mustUpload } from '../support/collections.ts';
import type { TestDatabase } from '../support/database.ts';
import { startTestDatabase } from '../support/database.ts';
import { startTestInstance } from '../support/instance.ts';
import { makeProject } from '../support/people.ts';

const PROGRAM = [fileURLToPath(new URL('./working-api.ts', import.meta.url))];
const PAIRS = 60_000;

let server: TestDatabase;
let database: pg.Client;
let api: ApiProcess;
let manager: TestClient;
let projectId: ProjectId;
beforeAll(async () => {
  server = await startTestDatabase();
  const first = await startTestInstance({ databaseUrl: server.url, worker: false });
  const admin = await firstAdmin(first);
  projectId = await makeProject(admin);
  await first.stop();
  database = new pg.Client({ connectionString: server.url });
  await database.connect();
  api = await ApiProcess.start(server.url, PROGRAM);
  manager = new TestClient(api.address);
  manager.cookie = admin.cookie;
}, 240_000);
afterAll(async () => {
  await api.kill();
  await database.end();
  await server.stop();
});

async function count(table: 'Item' | 'StagedItem', column: 'collectionId' | 'importId', id: string) {
  const { rows } = await database.query<{ count: number }>(
    `SELECT count(*)::int AS "count" FROM "${table}" WHERE "${column}" = $1`,
    [id],
  );
  return rows[0]?.count;
}

function stateOf(collectionId: CollectionId, importId: ImportId): Promise<Import> {
  return manager.must(routes.import, { params: { projectId, collectionId, importId } });
}

function table(): string {
  const rows = Array.from({ length: PAIRS }, (_, index) => `left${index},right${index},${index % 10}\n`);
  return `word1,word2,gold\n${rows.join('')}`;
}

describe('a process killed while it commits an import', () => {
  it('leaves nothing of it; the next one does it wholly, and the same file again adds nothing', async () => {
    const collectionId = await makeCollection(manager, projectId, 'word-pairs');
    const { id } = await mustUpload(manager, projectId, collectionId, 'many.csv', table());
    await manager.must(routes.commitImport, { params: { projectId, collectionId, importId: id } });
    const cut = await eventually(
      () => stateOf(collectionId, id),
      ({ progress, state }) => progress > 0 || state === 'committed',
    );
    await api.kill();
    expect(cut.state).toBe('committing');
    expect(await count('Item', 'collectionId', collectionId)).toBe(0);
    expect(await count('StagedItem', 'importId', id)).toBe(PAIRS);

    await api.restart();
    const done = await eventually(
      () => stateOf(collectionId, id),
      ({ state }) => state !== 'committing',
    );
    expect(importSchema.parse(done)).toMatchObject({
      state: 'committed',
      counts: { items: PAIRS, refused: 0 },
    });
    expect(await count('Item', 'collectionId', collectionId)).toBe(PAIRS);
    expect(await count('StagedItem', 'importId', id)).toBe(0);

    const again = await mustUpload(manager, projectId, collectionId, 'many.csv', table());
    expect(again.counts).toMatchObject({ items: PAIRS, known: PAIRS, refused: 0 });
    expect(again.remarks).toContain('All of this is in the collection already; it adds nothing.');
  });
});

describe('a process killed while it reads an upload', () => {
  it('leaves an import that the next one gives up, with nothing staged', async () => {
    const collectionId = await makeCollection(manager, projectId, 'word-pairs');
    const sent = request(`${api.address}/api/v1/projects/${projectId}/collections/${collectionId}/imports`, {
      method: 'POST',
      headers: { cookie: manager.cookie ?? '', 'content-type': 'multipart/form-data; boundary=x' },
    });
    sent.on('error', () => undefined);
    sent.write('--x\r\ncontent-disposition: form-data; name="file"; filename="half.csv"\r\n\r\n');
    sent.write(table());
    const [half] = await eventually(
      () => manager.must(routes.imports, { params: { projectId, collectionId } }),
      (imports) => imports.length > 0,
    );
    if (half === undefined) throw new Error('an import was expected');
    await eventually(
      () => count('StagedItem', 'importId', half.id),
      (staged) => staged !== undefined && staged > 0,
    );
    await api.kill();
    expect((await count('StagedItem', 'importId', half.id)) ?? 0).toBeGreaterThan(0);
    // As if the quarter of an hour had passed after which nothing can be reading any more.
    await database.query(`UPDATE "Import" SET "createdAt" = now() - interval '16 minutes' WHERE "id" = $1`, [
      half.id,
    ]);
    await api.restart();
    const failed = await eventually(
      () => stateOf(collectionId, half.id),
      ({ state }) => state !== 'reading',
    );
    expect(failed.state).toBe('failed');
    expect(failed.failure).toContain('cut off');
    expect(await count('StagedItem', 'importId', half.id)).toBe(0);
    expect(await count('Item', 'collectionId', collectionId)).toBe(0);
  });
});
