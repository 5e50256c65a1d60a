import { createHash, randomBytes } from 'node:crypto';
import type { MemberId, ProjectId, TaskId, UserId } from '@casebook/contracts';
import { memberIdSchema, projectIdSchema, taskIdSchema, userIdSchema } from '@casebook/contracts';
import pg from 'pg';
import { uuidv7 } from 'uuidv7';

interface PlantedCoder {
  readonly userId: UserId;
  readonly memberId: MemberId;
  /** A session cookie, as a browser would send it. */
  readonly cookie: string;
}

export interface PlantedTask {
  readonly projectId: ProjectId;
  readonly taskId: TaskId;
  readonly coders: readonly PlantedCoder[];
}

export interface Planting {
  readonly units: number;
  readonly blockSize: number;
  readonly wanted: number;
  readonly coders: number;
}

const PROTOCOL = {
  question: 'How similar is what they mean?',
  scale: { low: 0, high: 6, lowLabel: 'not at all', highLabel: 'the same', hint: '' },
  blockSize: 20,
};

/** Coders with accounts and sessions, members of a project. */
async function plantCoders(client: pg.ClientBase, projectId: string, count: number): Promise<PlantedCoder[]> {
  const coders: PlantedCoder[] = [];
  for (let index = 0; index < count; index += 1) {
    const userId = uuidv7();
    const memberId = uuidv7();
    const secret = randomBytes(32).toString('base64url');
    await client.query('INSERT INTO "User" ("id", "email", "name", "passwordHash") VALUES ($1, $2, $3, $4)', [
      userId,
      `coder-${userId}@example.org`,
      `Coder ${String(index + 1)}`,
      'no password opens this',
    ]);
    await client.query(
      `INSERT INTO "Session" ("secretHash", "userId", "expiresAt") VALUES ($1, $2, now() + interval '1 day')`,
      [createHash('sha256').update(secret).digest(), userId],
    );
    await client.query(
      `INSERT INTO "Member" ("projectId", "id", "userId", "role") VALUES ($1, $2, $3, 'annotator')`,
      [projectId, memberId, userId],
    );
    coders.push({
      userId: userIdSchema.parse(userId),
      memberId: memberIdSchema.parse(memberId),
      cookie: `casebook=${secret}`,
    });
  }
  return coders;
}

/** An open similarity task over invented pairs, written straight into the database: large ones in seconds. */
export async function plantTask(databaseUrl: string, planting: Planting): Promise<PlantedTask> {
  const client = new pg.Client({ connectionString: databaseUrl });
  await client.connect();
  try {
    await client.query('BEGIN');
    const projectId = uuidv7();
    const collectionId = uuidv7();
    const taskId = uuidv7();
    await client.query('INSERT INTO "Project" ("projectId", "name") VALUES ($1, $2)', [projectId, 'Planted']);
    const coders = await plantCoders(client, projectId, planting.coders);
    await client.query(
      `INSERT INTO "Collection" ("projectId", "id", "name", "kind") VALUES ($1, $2, 'Pairs', 'word-pairs')`,
      [projectId, collectionId],
    );
    await client.query(
      `INSERT INTO "Task" ("projectId", "id", "collectionId", "name", "type", "contractVersion", "phase", "state", "wanted",
         "order", "seed", "namedOnly", "protocol", "planned")
       VALUES ($1, $2, $3, 'Ratings', 'similarity-rating', 1, 'production', 'open', $4, 'reading', 1, false, $5, true)`,
      [
        projectId,
        taskId,
        collectionId,
        planting.wanted,
        JSON.stringify({ ...PROTOCOL, blockSize: planting.blockSize }),
      ],
    );
    await client.query(
      `INSERT INTO "Item" ("projectId", "id", "collectionId", "position", "key", "name", "version", "summary")
       SELECT $1, uuidv7(), $2, n, 'pair ' || n, 'left' || n || ' – right' || n, 1, '' FROM generate_series(0, $3::int - 1) n`,
      [projectId, collectionId, planting.units],
    );
    await client.query(
      `INSERT INTO "ItemVersion" ("projectId", "itemId", "version", "content", "contentHash")
       SELECT "projectId", "id", 1, jsonb_build_object('kind', 'word-pair', 'pair',
         jsonb_build_object('word1', 'left' || "position", 'word2', 'right' || "position")), sha256("key"::bytea)
       FROM "Item" WHERE "projectId" = $1`,
      [projectId],
    );
    await client.query(
      `INSERT INTO "Section" ("projectId", "id", "taskId", "position", "name", "units", "wanted")
       SELECT $1, uuidv7(), $2, s, 'Block ' || (s + 1), least($4::int, $3::int - s * $4::int), $5
       FROM generate_series(0, ($3::int - 1) / $4::int) s`,
      [projectId, taskId, planting.units, planting.blockSize, planting.wanted],
    );
    await client.query(
      `INSERT INTO "Unit" ("projectId", "id", "taskId", "sectionId", "position", "itemId", "itemVersion", "key", "reading", "content", "label")
       SELECT i."projectId", uuidv7(), $2, s."id", i."position" % $3::int, i."id", 1, 'pair', 0,
         jsonb_build_object('word1', 'left' || i."position", 'word2', 'right' || i."position"), i."name"
       FROM "Item" i JOIN "Section" s ON s."projectId" = i."projectId" AND s."position" = i."position" / $3::int
       WHERE i."projectId" = $1`,
      [projectId, taskId, planting.blockSize],
    );
    await client.query('COMMIT');
    await client.query('ANALYZE');
    return { projectId: projectIdSchema.parse(projectId), taskId: taskIdSchema.parse(taskId), coders };
  } finally {
    await client.end();
  }
}

/**
 * Lets every coder answer every unit of a planted task, written straight into the database in the order of their
 * arrival: ratings that agree more often than not, some with a comment. Ids are as the service makes them.
 *
 * @returns how many there are.
 */
export async function plantJudgements(databaseUrl: string, task: PlantedTask): Promise<number> {
  const client = new pg.Client({ connectionString: databaseUrl });
  await client.connect();
  try {
    const { rowCount } = await client.query(
      `INSERT INTO "Judgement" ("projectId", "id", "submissionId", "taskId", "sectionId", "unitId", "coderId", "act",
         "answer", "comment", "submissionHash", "contractVersion", "itemVersion", "elapsedMs", "extra", "receivedAt")
       SELECT u."projectId", uuidv7(), uuidv7(), u."taskId", u."sectionId", u."id", m."id", 'answer',
         jsonb_build_object('value', (i."position" * 5 + CASE WHEN (i."position" + m."place" * 7) % 10 < 3 THEN m."place" ELSE 0 END) % 7),
         CASE WHEN (i."position" + m."place") % 50 = 0 THEN 'not sure about “' || u."label" || '”' END,
         sha256(u."id"::text::bytea), 1, 1, 1500 + (i."position" * 37 + m."place" * 101) % 9000, false, clock_timestamp()
       FROM "Unit" u
       JOIN "Item" i ON i."projectId" = u."projectId" AND i."id" = u."itemId"
       CROSS JOIN unnest($3::uuid[]) WITH ORDINALITY AS m("id", "place")
       WHERE u."projectId" = $1 AND u."taskId" = $2
       ORDER BY m."place", i."position"`,
      [task.projectId, task.taskId, task.coders.map(({ memberId }) => memberId)],
    );
    await client.query('ANALYZE');
    return rowCount ?? 0;
  } finally {
    await client.end();
  }
}
