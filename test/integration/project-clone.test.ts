import { spawnSync } from 'node:child_process';
import { fileURLToPath } from 'node:url';
import { FIRST_SCORING_RULES, projectIdSchema, routes } from '@casebook/contracts';
import type { ProjectId } from '@casebook/contracts';
import { afterAll, beforeAll, expect, it } from 'vitest';
import { z } from 'zod';
import { seedSample } from '../../apps/api/src/sample/seed.ts';
import type { TestClient } from '../support/client.ts';
import { firstAdmin } from '../support/client.ts';
import { startTestInstance } from '../support/instance.ts';
import type { TestInstance } from '../support/instance.ts';
import { byRating, findSample, join, judge } from '../support/judged-sample.ts';
import type { Sample } from '../support/judged-sample.ts';

const MAIN = fileURLToPath(new URL('../../apps/cli/src/main.ts', import.meta.url));

const MINORITY = FIRST_SCORING_RULES.minority + 3;

let test: TestInstance;
let admin: TestClient;
let sample: Sample;
beforeAll(async () => {
  test = await startTestInstance({ worker: false });
  await seedSample(test.instance.services);
  admin = await firstAdmin(test);
  sample = await findSample(admin);
  const { projectId, similarity } = sample;
  for (const minority of [MINORITY - 1, MINORITY])
    await admin.must(routes.writeScoringRules, {
      params: { projectId },
      body: { rules: { ...FIRST_SCORING_RULES, minority }, note: 'As it should be.' },
    });
  await judge(await join(admin, projectId, 'Cleo'), projectId, similarity, 8, byRating(0));
});
afterAll(async () => {
  await test.stop();
});

function clone(...args: readonly string[]): { status: number | null; out: string; err: string } {
  const { status, stdout, stderr } = spawnSync(process.execPath, [MAIN, 'project', 'clone', ...args], {
    env: { ...process.env, DATABASE_URL: test.databaseUrl },
  });
  return { status, out: String(stdout), err: String(stderr) };
}

/** What every task asks, in the order in which it asks. */
async function asked(projectId: ProjectId): Promise<unknown> {
  return test.instance.services.database.prisma.$queryRaw`
    SELECT t."name", t."type", t."protocol", t."seed"::int AS "seed", t."wanted", s."position" AS "section", u."position",
      u."key", u."label", i."name" AS "item", i."key" AS "itemKey"
    FROM "Task" t JOIN "Section" s ON s."projectId" = t."projectId" AND s."taskId" = t."id"
    JOIN "Unit" u ON u."projectId" = s."projectId" AND u."sectionId" = s."id"
    JOIN "Item" i ON i."projectId" = u."projectId" AND i."id" = u."itemId"
    WHERE t."projectId" = ${projectId}::uuid ORDER BY t."createdAt", s."position", u."position"`;
}

it('asks the same as the other, of nobody yet, and leaves the other as it was', async () => {
  const { projectId } = sample;
  const before = await admin.must(routes.project, { params: { projectId } });
  const done = clone(projectId, 'Once more', '--json');
  expect([done.status, done.err]).toEqual([0, '']);
  const made = z.object({ projectId: projectIdSchema, tasks: z.number() }).parse(JSON.parse(done.out));
  const params = { projectId: made.projectId };
  const copy = await admin.must(routes.project, { params });
  expect(copy).toMatchObject({
    ...{ name: 'Once more', description: before.description, passMark: before.passMark },
    counts: { members: 0, judgements: 0, collections: before.counts.collections, tasks: before.counts.tasks },
  });
  expect(await asked(made.projectId)).toEqual(await asked(projectId));
  expect(await admin.must(routes.tasks, { params })).toMatchObject(
    Array.from({ length: made.tasks }, () => ({ state: 'draft', planned: true })),
  );
  const [own, others] = await Promise.all(
    [params, { projectId }].map((of) => admin.must(routes.guidelines, { params: of })),
  );
  expect(own?.at(-1)?.markdown).toBe(others?.at(-1)?.markdown);
  const { versions } = await admin.must(routes.scoring, { params });
  expect(versions.map(({ version, rules }) => [version, rules.minority])).toEqual([
    [2, MINORITY],
    [1, FIRST_SCORING_RULES.minority],
  ]);
  expect(await admin.must(routes.project, { params: { projectId } })).toEqual(before);
});

it.each([
  ['a project that is not there', ['Nothing', 'Copy'], 'Not exactly one project is called Nothing'],
  ['a name that is none', ['The Saltmarsh Row sample', ' '], 'can’t be a name'],
])('says in a sentence: %s', (_, args, sentence) => {
  const ended = clone(...args);
  expect(ended.status).toBe(1);
  expect(ended.err).toContain(sentence);
});
