import { routes } from '@casebook/contracts';
import pg from 'pg';
import { afterAll, beforeAll, expect, it } from 'vitest';
import { unpackFiles } from '../../apps/api/src/releases/archive.ts';
import { makeRelease } from '../../apps/api/src/releases/make-release.ts';
import { verifyRelease } from '../../apps/api/src/releases/verify-release.ts';
import { scoreTask } from '../../apps/api/src/scoring/score-task.ts';
import { firstAdmin, type TestClient } from '../support/client.ts';
import { eventually } from '../support/collections.ts';
import type { TestInstance } from '../support/instance.ts';
import { startTestInstance } from '../support/instance.ts';
import { ScoredLetter } from '../support/scored-letter.ts';

/** Three annotate a letter and three validate; the reading of one is upheld. */
let test: TestInstance;
let database: pg.Client;
let admin: TestClient;
let letter: ScoredLetter;
beforeAll(async () => {
  test = await startTestInstance();
  database = new pg.Client({ connectionString: test.databaseUrl });
  await database.connect();
  admin = await firstAdmin(test);
  letter = await ScoredLetter.open(test, admin, 'released-', { people: 6, wanted: 3 });
  await letter.annotate(0, 'inspector');
  await letter.annotate(1, 'new', { comment: 'A clerk is meant.' });
  await letter.annotate(2, 'inspector', { confidence: 'unsure' });
  await until('"stage" = \'validation\'');
  await letter.validate(3, 'new', 'The other one had left the room.');
  await letter.validate(4, 'new');
  await until('"validatorsWanted" > "validatorsFinished"');
  await letter.validate(5, 'new');
  await until('"stage" = \'closed\'');
}, 180_000);
afterAll(async () => {
  await database.end();
  await test.stop();
});

async function until(condition: string): Promise<void> {
  await eventually(
    async () =>
      (
        await database.query<{ met: boolean }>(
          `SELECT ${condition} AS "met" FROM "Section" WHERE "id" = $1`,
          [letter.sectionId],
        )
      ).rows[0]?.met,
    (met) => met === true,
  );
}

interface PublishedOutcome {
  readonly state: string;
  readonly uncertainty: number;
  readonly kept: readonly string[] | null;
  readonly readings: readonly { readonly probability: number; readonly annotators: readonly string[] }[];
}
interface PublishedAward {
  readonly stage: string;
  readonly points: number;
  readonly reason: unknown;
}

const lines = (bytes: Buffer | undefined): unknown[] =>
  (bytes?.toString() ?? '')
    .split('\n')
    .slice(0, -1)
    .map((line) => JSON.parse(line) as unknown);

const textsOf = (values: readonly unknown[]): string[] => values.map((value) => JSON.stringify(value)).sort();

/** Holds what a release of now states against what the service has stored. */
async function compare(): Promise<{ readonly states: readonly string[]; readonly awards: number }> {
  await scoreTask(test.instance.services, letter.place);
  const made = await makeRelease(test.databaseUrl, {
    ...{ project: letter.projectId, number: 1, secret: 'a secret that nobody can guess' },
  });
  const bytes = made?.bytes ?? Buffer.alloc(0);
  expect(await verifyRelease(bytes, { root: made?.root })).toMatchObject({ origin: 'proved', faults: [] });
  const files = await unpackFiles(bytes);

  const outcomes = (lines(files.get('figures/outcomes.jsonl')) as PublishedOutcome[]).filter(
    ({ readings }) => readings.length > 0,
  );
  const stored = await database.query<PublishedOutcome>(
    `SELECT o."state"::text AS "state", o."uncertainty", o."readings", o."kept" FROM "UnitOutcome" o JOIN "Unit" u ON u."id" = o."unitId"
     WHERE o."taskId" = $1 AND jsonb_array_length(o."readings") > 0 ORDER BY u."reading"`,
    [letter.taskId],
  );
  const told = ({ state, uncertainty, readings, kept }: PublishedOutcome): unknown => ({
    ...{ state, uncertainty, kept: kept?.length ?? 0 },
    readings: readings.map(({ probability, annotators }) => [probability, annotators.length]),
  });
  expect(outcomes.map(told)).toEqual(stored.rows.map(told));

  const points = lines(files.get('figures/points.jsonl')) as PublishedAward[];
  const awards = await database.query<PublishedAward>(
    'SELECT "stage"::text AS "stage", "points", "reason" FROM "Award" WHERE "taskId" = $1',
    [letter.taskId],
  );
  const plain = ({ stage, points: earned, reason }: PublishedAward): unknown => [
    ...[stage, earned],
    Object.entries(reason as object).sort(),
  ];
  expect(textsOf(points.map(plain))).toEqual(textsOf(awards.rows.map(plain)));
  return { states: outcomes.map(({ state }) => state), awards: points.length };
}

it('a release states the outcomes and points that the service has stored', async () => {
  const { states, awards } = await compare();
  expect(states).toHaveLength(5);
  expect(states).toContain('settled');
  expect(awards).toBeGreaterThan(20);
});

it('and those of an adjudicator who decided otherwise', async () => {
  const [, , inspector, he] = letter.lease?.units ?? [];
  if (inspector === undefined || he === undefined) throw new Error('the letter has fewer phrases');
  const answer = { kind: 'old', antecedents: [inspector.key] };
  const params = { projectId: letter.projectId, unitId: he.id };
  await admin.must(routes.adjudicate, {
    params,
    body: { kind: 'decide', answer, asGold: false, supersedes: null },
  });
  await eventually(
    async () =>
      (
        await database.query(
          'SELECT 1 FROM "UnitOutcome" WHERE "unitId" = $1 AND "adjudicationId" IS NOT NULL',
          [he.id],
        )
      ).rows.length,
    (decided) => decided === 1,
  );
  expect((await compare()).awards).toBeGreaterThan(20);
});
