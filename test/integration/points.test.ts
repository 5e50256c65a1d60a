import { FIRST_SCORING_RULES, routes, submissionIdSchema } from '@casebook/contracts';
import type { Adjudicate, CaseBoard, Explanation, ScoringRules } from '@casebook/contracts';
import pg from 'pg';
import { uuidv7 } from 'uuidv7';
import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest';
import { scoreTask } from '../../apps/api/src/scoring/score-task.ts';
import { rebuildOutcomes } from '../../apps/api/src/stages/rebuild.ts';
import { firstAdmin, type TestClient } from '../support/client.ts';
import { eventually } from '../support/collections.ts';
import type { TestInstance } from '../support/instance.ts';
import { startTestInstance } from '../support/instance.ts';
import { joinAs } from '../support/people.ts';
import { ScoredLetter } from '../support/scored-letter.ts';
import { makeOpenTask } from '../support/tasks.ts';

/** Three annotate a letter; the second takes “He” for somebody new and says why. Two validate. */

let test: TestInstance;
let database: pg.Client;
let admin: TestClient;
beforeAll(async () => {
  test = await startTestInstance();
  database = new pg.Client({ connectionString: test.databaseUrl });
  await database.connect();
  admin = await firstAdmin(test);
});
afterAll(async () => {
  await database.end();
  await test.stop();
});

let turn = 0;
let letter: ScoredLetter;
beforeEach(async () => {
  turn += 1;
  letter = await ScoredLetter.open(test, admin, `points${String(turn)}-`, { people: 6, wanted: 3 });
});

/** Annotated and, where it is said whose reading is right, validated by both others. */
async function judged(right?: 'old' | 'new'): Promise<void> {
  await letter.annotate(0, 'inspector');
  await letter.annotate(1, 'new', { comment: 'A clerk is meant.' });
  await letter.annotate(2, 'inspector', { confidence: 'unsure' });
  if (right === undefined) return;
  await untilStage('validation');
  await letter.validate(3, right, 'The other one had left the room.');
  await letter.validate(4, right);
  if (right === 'new') {
    // Three against two: one more validator is wanted.
    await eventually(
      async () =>
        (
          await database.query<{ more: boolean }>(
            'SELECT "validatorsWanted" > "validatorsFinished" AS "more" FROM "Section" WHERE "id" = $1',
            [letter.sectionId],
          )
        ).rows[0]?.more,
      (more) => more === true,
    );
    await letter.validate(5, right);
  }
  await untilStage('closed');
  await eventually(
    () => boardOf(3),
    ({ points }) => points > 70,
  );
}

async function untilStage(stage: string): Promise<void> {
  await eventually(
    async () =>
      (
        await database.query<{ stage: string }>('SELECT "stage" FROM "Section" WHERE "id" = $1', [
          letter.sectionId,
        ])
      ).rows[0]?.stage,
    (now) => now === stage,
  );
}

async function boardOf(index: number): Promise<CaseBoard> {
  const boards = await letter.person(index).must(routes.cases);
  const found = boards.find(({ projectId }) => projectId === letter.projectId);
  if (found === undefined) throw new Error('there is no case board of the project');
  return found;
}

const explanation = (client: TestClient) =>
  client.call(routes.explanation, {
    params: { projectId: letter.projectId, sectionId: letter.sectionId },
  });

async function explained(index: number): Promise<Explanation> {
  return letter.person(index).must(routes.explanation, {
    params: { projectId: letter.projectId, sectionId: letter.sectionId },
  });
}

/** All awards of the letter's task, without what differs each time they are derived. */
async function awards(): Promise<readonly unknown[]> {
  const { rows } = await database.query<Record<string, unknown>>(
    `SELECT "sectionId", "memberId", "stage", "unitId", "kind", "points", "ruleVersion", "reason", "earnedAt"
     FROM "Award" WHERE "taskId" = $1 ORDER BY "sectionId", "memberId", "stage", "kind", "unitId"`,
    [letter.taskId],
  );
  return rows;
}

describe('before a section is closed', () => {
  it('a coder has points for what he handed in, whatever others do', async () => {
    await letter.annotate(0, 'inspector');
    const first = await eventually(
      () => boardOf(0),
      ({ points }) => points > 0,
    );
    expect([first.points, first.rank]).toEqual([100, 'Passer-by']);
    expect(first.files).toMatchObject([{ state: 'handed-in', judged: 5, of: 5, points: 100 }]);
    await letter.annotate(1, 'new');
    await letter.annotate(2, 'inspector');
    await untilStage('validation');
    await eventually(
      () => boardOf(2),
      ({ points }) => points > 0,
    );
    expect(await boardOf(0)).toEqual(first);
  });

  it('what he withdraws after handing it in brings no points any more', async () => {
    const { projectId } = letter;
    const { taskId } = await makeOpenTask(admin, projectId, 'similarity-rating', { wanted: 1 });
    const rater = letter.person(5);
    const claimed = await rater.must(routes.claim, { params: { projectId, taskId } });
    if (claimed.kind !== 'lease') throw new Error(claimed.reason);
    const { units, id: leaseId } = claimed.lease;
    const submissions = units.map(() => submissionIdSchema.parse(uuidv7()));
    for (const [place, { id: unitId }] of units.entries()) {
      const act = { kind: 'answer' as const, answer: { kind: 'rating', value: place } };
      await rater.must(routes.submit, {
        params: { projectId, taskId },
        body: { submissionId: submissions[place] ?? (uuidv7() as never), unitId, act, elapsedMs: 10 },
      });
    }
    await rater.must(routes.finishLease, { params: { projectId, leaseId } });
    const points = async () => (await boardOf(5)).points;
    await eventually(points, (now) => now > 0);
    expect(await points()).toBe(units.length * 10 + 50);
    await rater.must(routes.submit, {
      params: { projectId, taskId },
      body: {
        submissionId: submissionIdSchema.parse(uuidv7()),
        unitId: units[0]?.id ?? (uuidv7() as never),
        act: { kind: 'withdrawal' },
        supersedes: submissions[0],
        elapsedMs: 10,
      },
    });
    await scoreTask(test.instance.services, { projectId, taskId });
    expect(await points()).toBe((units.length - 1) * 10 + 50);
  });

  it('nothing is explained, to nobody', async () => {
    await judged();
    await untilStage('validation');
    for (const index of [0, 1, 2, 3]) {
      expect(await explanation(letter.person(index))).toMatchObject({ status: 404 });
    }
    expect(await explanation(admin)).toMatchObject({ status: 404 });
  });
});

describe('once it is closed', () => {
  it('support, being right alone and saying why bring points', async () => {
    await judged('new');
    const kinds = async (index: number) => {
      const { units } = await explained(index);
      return units
        .find(({ label }) => label === 'He')
        ?.awards.map(({ reason }) => reason.kind)
        .sort();
    };
    expect(await kinds(1)).toEqual(['explained', 'minority', 'support']);
    expect(await kinds(0)).toEqual(['support']);
    expect(await kinds(3)).toEqual(['explained', 'support']);
    expect(await kinds(4)).toEqual(['support']);
    const points = await Promise.all([0, 1, 2].map(async (index) => (await boardOf(index)).points));
    expect(points[1]).toBeGreaterThan(points[0] ?? 0);
    // What was unsure and wrong keeps more than what was sure and wrong.
    expect(points[2]).toBeGreaterThan(points[0] ?? 0);
  });

  it('each answer is explained by numbers, and nobody is named', async () => {
    await judged('old');
    const told = await explained(0);
    const he = told.units[3];
    expect(he).toMatchObject({ state: 'settled', annotators: 3, validators: 2, skipped: null });
    expect(
      he?.readings.map(({ own, upheld, annotators, agreed, disagreed }) => [
        own,
        upheld,
        annotators,
        agreed,
        disagreed,
      ]),
    ).toEqual([
      [true, true, 2, 2, 0],
      [false, false, 1, 0, 2],
    ]);
    expect(he?.readings[0]?.words).toMatch(/^the same as “/u);
    expect(told.units.map(({ state }) => state)).toEqual(['agreed', 'agreed', 'agreed', 'settled', 'agreed']);
    const { rows } = await database.query<{ id: string; name: string }>(
      `SELECT m."id", u."name" FROM "Member" m JOIN "User" u ON u."id" = m."userId" WHERE m."projectId" = $1`,
      [letter.projectId],
    );
    for (const { id, name } of rows) {
      expect(JSON.stringify(told)).not.toContain(id);
      expect(JSON.stringify(told)).not.toContain(name);
    }
    expect(JSON.stringify(told)).not.toContain('gold');
    expect(told.points).toBe((await boardOf(0)).points);
  });

  it('is explained to whoever judged there, and to nobody else', async () => {
    await judged('old');
    const outsider = await joinAs(
      test,
      admin,
      letter.projectId,
      `late${String(turn)}@example.org`,
      'annotator',
    );
    expect(await explanation(outsider)).toMatchObject({ status: 404 });
    expect(await explanation(admin)).toMatchObject({ status: 404 });
    expect((await explained(3)).units.map(({ stage }) => stage)).toEqual(['validation']);
  });

  it('what is changed is informed and changes no points', async () => {
    await judged('old');
    const before = await awards();
    const { lease } = letter;
    const own = await letter.person(0).must(routes.lease, {
      params: { projectId: letter.projectId, leaseId: lease?.id ?? uuidv7() },
    });
    const he = own.judgements.find(({ unitId }) => unitId === lease?.units[3]?.id);
    await letter.person(0).must(routes.submit, {
      params: { projectId: letter.projectId, taskId: letter.taskId },
      body: {
        submissionId: submissionIdSchema.parse(uuidv7()),
        unitId: he?.unitId ?? (uuidv7() as never),
        act: { kind: 'answer', answer: { kind: 'new' } },
        supersedes: he?.submissionId,
        elapsedMs: 10,
      },
    });
    const { rows } = await database.query<{ informed: boolean }>(
      `SELECT "informed" FROM "Judgement" WHERE "unitId" = $1 ORDER BY "id" DESC LIMIT 1`,
      [he?.unitId],
    );
    expect(rows).toEqual([{ informed: true }]);
    await database.query('DELETE FROM "SectionScore" WHERE "taskId" = $1', [letter.taskId]);
    await scoreTask(test.instance.services, letter);
    expect(await awards()).toEqual(before);
  });

  it('is still informed where the section is with its coders again', async () => {
    await judged('old');
    await database.query(`UPDATE "Section" SET "stage" = 'annotation' WHERE "id" = $1`, [letter.sectionId]);
    const { lease } = letter;
    const own = await letter.person(0).must(routes.lease, {
      params: { projectId: letter.projectId, leaseId: lease?.id ?? uuidv7() },
    });
    const [first] = own.judgements;
    await letter.person(0).must(routes.submit, {
      params: { projectId: letter.projectId, taskId: letter.taskId },
      body: {
        submissionId: submissionIdSchema.parse(uuidv7()),
        unitId: first?.unitId ?? (uuidv7() as never),
        act: { kind: 'answer', answer: { kind: 'non-referring' } },
        supersedes: first?.submissionId,
        elapsedMs: 10,
      },
    });
    const { rows } = await database.query<{ informed: boolean }>(
      `SELECT "informed" FROM "Judgement" WHERE "unitId" = $1 ORDER BY "id" DESC LIMIT 1`,
      [first?.unitId],
    );
    expect(rows).toEqual([{ informed: true }]);
    expect(await explanation(letter.person(0))).toMatchObject({ status: 404 });
  });

  it('points are the same when they are derived anew', async () => {
    await judged('new');
    const before = await awards();
    expect(before.length).toBeGreaterThan(20);
    await database.query('DELETE FROM "Award" WHERE "taskId" = $1', [letter.taskId]);
    await database.query('DELETE FROM "SectionScore" WHERE "taskId" = $1', [letter.taskId]);
    await scoreTask(test.instance.services, letter);
    expect(await awards()).toEqual(before);
    await scoreTask(test.instance.services, letter);
    expect(await awards()).toEqual(before);
  });
});

describe('once the bench has decided', () => {
  const he = () => letter.lease?.units[3]?.id ?? (uuidv7() as never);
  /** “He” by votes is the inspector; what the bench makes of it, and what is told of it. */
  const act = (body: Adjudicate) =>
    admin.must(routes.adjudicate, { params: { projectId: letter.projectId, unitId: he() }, body });
  const told = async (index: number) => (await explained(index)).units.find(({ label }) => label === 'He');
  const untilTold = (index: number, kinds: readonly string[]) =>
    eventually(
      () => told(index),
      (unit) =>
        JSON.stringify(unit?.awards.map(({ reason }) => reason.kind).sort()) === JSON.stringify(kinds),
    );
  const NEW = { kind: 'decide', answer: { kind: 'new' }, asGold: false } as const;

  it('points follow the decision, with its reason, and go back with it', async () => {
    await judged('old');
    const before = await Promise.all([0, 1, 2, 3, 4].map(async (index) => (await boardOf(index)).points));
    const { id } = await act({ ...NEW, reason: 'A clerk came in.', supersedes: null });
    const dissenter = await untilTold(1, ['explained', 'minority', 'support']);
    expect(dissenter).toMatchObject({
      state: 'decided',
      decision: { kind: 'decide', words: ['new: not named before'], reason: 'A clerk came in.' },
    });
    expect(dissenter?.awards.map(({ points }) => points).sort()).toEqual([100, 30, 50].sort());
    // Sure and wrong keeps nothing, unsure and wrong 30; the validator who argued against “new” has lost that too.
    expect((await told(0))?.awards).toMatchObject([{ points: 0, reason: { probability: 0 } }]);
    expect((await told(2))?.awards).toMatchObject([{ points: 30 }]);
    expect((await told(3))?.awards.map(({ reason }) => reason.kind)).toEqual(['support']);
    expect(JSON.stringify(await explained(1))).not.toContain('Ada');

    const rows = await awards();
    await database.query('DELETE FROM "Award" WHERE "taskId" = $1', [letter.taskId]);
    await database.query('DELETE FROM "SectionScore" WHERE "taskId" = $1', [letter.taskId]);
    await database.query(`UPDATE "UnitOutcome" SET "kept" = '{}' WHERE "taskId" = $1`, [letter.taskId]);
    await rebuildOutcomes(test.instance.services, letter);
    await scoreTask(test.instance.services, letter);
    expect(await awards()).toEqual(rows);

    await act({ kind: 'reopen', supersedes: id });
    await untilTold(1, ['support']);
    expect((await told(1))?.decision).toBeNull();
    await eventually(
      () => Promise.all([0, 1, 2, 3, 4].map(async (index) => (await boardOf(index)).points)),
      (points) => JSON.stringify(points) === JSON.stringify(before),
    );
  });

  it('whoever read it otherwise may contest it once, and is told the answer', async () => {
    const ofHe = async (index: number) => {
      const { contest, mayContest } = (await told(index)) ?? {};
      return { contest, mayContest };
    };
    const contest = (index: number) =>
      letter.person(index).call(routes.contestUnit, {
        params: { projectId: letter.projectId, unitId: he() },
        body: { reason: 'The clerk answers in the next line.' },
      });
    await judged('old');
    expect(await ofHe(0)).toEqual({ contest: null, mayContest: false });
    expect(await ofHe(3)).toEqual({ contest: null, mayContest: false });
    expect(await ofHe(1)).toEqual({ contest: null, mayContest: true });
    expect(await contest(0)).toMatchObject({ status: 409 });
    expect(await contest(1)).toMatchObject({ status: 201 });
    const reason = 'The clerk answers in the next line.';
    expect(await ofHe(1)).toMatchObject({ contest: { reason, answer: null }, mayContest: false });
    expect(await ofHe(0)).toEqual({ contest: null, mayContest: false });
    await act({ ...NEW, reason: 'So he does.', supersedes: null });
    expect(await ofHe(1)).toMatchObject({
      contest: { answer: { kind: 'decide', words: ['new: not named before'], reason: 'So he does.' } },
      mayContest: false,
    });
    expect(await ofHe(0)).toEqual({ contest: null, mayContest: true });
  });

  it('a validator may contest it too where what he agreed with has fallen', async () => {
    const contest = (index: number) =>
      letter.person(index).call(routes.contestUnit, {
        params: { projectId: letter.projectId, unitId: he() },
        body: { reason: 'He has just been named.' },
      });
    await judged('old');
    expect(await contest(3)).toMatchObject({ status: 409 });
    await act({ ...NEW, supersedes: null });
    expect(await told(3)).toMatchObject({ contest: null, mayContest: true });
    expect(await contest(3)).toMatchObject({ status: 201 });
    expect(await told(3)).toMatchObject({ contest: { answer: null }, mayContest: false });
  });

  it('each reading that is kept is right, and what nobody read makes all wrong', async () => {
    await judged('old');
    const readings = (await told(0))?.readings.map(({ answer }) => ({ answer })) ?? [];
    const { id } = await act({ kind: 'keep-several', answers: readings, supersedes: null });
    const own = await untilTold(1, ['explained', 'minority', 'support']);
    expect(own?.decision?.words).toHaveLength(2);
    const support = async (index: number) =>
      (await told(index))?.awards.find(({ reason }) => reason.kind === 'support')?.points;
    expect([await support(0), await support(1), await support(2)]).toEqual([100, 100, 90]);
    await act({ ...NEW, answer: { kind: 'non-referring' }, supersedes: id });
    await untilTold(1, ['support']);
    expect([await support(0), await support(1), await support(2)]).toEqual([0, 0, 30]);
    expect((await told(0))?.readings.map(({ upheld }) => upheld)).toEqual([false, false]);
  });
});

describe('scoring rules', () => {
  it('hold for what is earned from their writing on', async () => {
    await letter.annotate(0, 'inspector');
    await eventually(
      () => boardOf(0),
      ({ points }) => points > 0,
    );
    const rules = { ...FIRST_SCORING_RULES, coverage: { annotated: 1, validated: 1, handedIn: 2 } };
    const params = { projectId: letter.projectId };
    const written = await admin.must(routes.writeScoringRules, {
      params,
      body: { rules, note: 'Less for mere work.' },
    });
    expect(written.versions.map(({ version, note }) => [version, note])).toEqual([
      [2, 'Less for mere work.'],
      [1, null],
    ]);
    await letter.annotate(1, 'new');
    expect(
      (
        await eventually(
          () => boardOf(1),
          ({ points }) => points > 0,
        )
      ).points,
    ).toBe(7);
    expect((await boardOf(0)).points).toBe(100);
    expect(await letter.person(0).must(routes.scoring, { params })).toMatchObject({
      versions: [{ version: 2 }, {}],
    });
    expect(
      await admin.call(routes.writeScoringRules, { params, body: { rules: { ...rules, minority: 0 } } }),
    ).toMatchObject({ status: 400 });
  });
});

describe('a preview of scoring rules', () => {
  it('is what the points on the board would have been by them, and writes nothing', async () => {
    await judged('new');
    const params = { projectId: letter.projectId };
    const before = await awards();
    const preview = (rules: ScoringRules) =>
      admin.must(routes.previewScoringRules, { params, body: { rules } });
    const same = await preview(FIRST_SCORING_RULES);
    const board = await admin.must(routes.board, { params, query: { period: 'all' } });
    expect(same.rows.map(({ name, now, then }) => [name, then.place, then.points, now.points])).toEqual(
      board.rows.map(({ name, place, points }) => [name, place, points, points]),
    );
    const rules = {
      ...FIRST_SCORING_RULES,
      minority: 500,
      coverage: { annotated: 0, validated: 0, handedIn: 0 },
    };
    const other = await preview(rules);
    expect(other.rows[0]?.name).toMatch(/1$/u);
    await letter
      .person(0)
      .call(routes.previewScoringRules, { params, body: { rules } })
      .then(({ status }) => {
        expect(status).toBe(404);
      });
    expect(await awards()).toEqual(before);
    expect((await admin.must(routes.scoring, { params })).versions).toHaveLength(1);

    // As if they had been in force: the same as deriving all points by them.
    await admin.must(routes.writeScoringRules, { params, body: { rules } });
    await database.query(`UPDATE "Lease" SET "finishedAt" = now() WHERE "taskId" = $1`, [letter.taskId]);
    await database.query(`UPDATE "ValidationLease" SET "finishedAt" = now() WHERE "taskId" = $1`, [
      letter.taskId,
    ]);
    await database.query('DELETE FROM "SectionScore" WHERE "taskId" = $1', [letter.taskId]);
    await scoreTask(test.instance.services, letter);
    const derived = await admin.must(routes.board, { params, query: { period: 'all' } });
    expect(other.rows.map(({ name, then }) => [name, then.points, then.place])).toEqual(
      derived.rows.map(({ name, points, place }) => [name, points, place]),
    );
  });
});

describe('the board', () => {
  const params = () => ({ projectId: letter.projectId });
  const board = (client: TestClient, period = 'all') =>
    client.must(routes.board, { params: params(), query: { period } });
  const set = (setting: 'open' | 'private' | 'off') =>
    admin.must(routes.changeBoard, { params: params(), body: { board: setting } });
  const places = async (client: TestClient) =>
    (await board(client)).rows.map(({ place, name }) => [place, name.replace(/^.*-/u, '')]);

  it('counts a section only once nobody works on it', async () => {
    await set('open');
    await judged();
    await untilStage('validation');
    await eventually(
      () => boardOf(2),
      ({ points }) => points > 0,
    );
    expect((await board(letter.person(0))).rows).toEqual([]);
    expect((await board(admin)).rows).toEqual([]);
  });

  it('is open, private or off; managers see all', async () => {
    await judged('new');
    const all = [
      [1, '1'],
      [2, '2'],
      [3, '0'],
      [4, '3'],
      [5, '4'],
      [5, '5'],
    ];
    await set('open');
    expect(await places(letter.person(0))).toEqual(all);
    await set('private');
    expect(await places(letter.person(0))).toEqual([[null, '0']]);
    expect(await places(admin)).toEqual(all);
    await set('off');
    expect(await board(letter.person(0))).toMatchObject({ setting: 'off', rows: [], months: [] });
    expect(await places(admin)).toEqual(all);
  });

  it('never shows others whoever stays off it, and leaves the gap', async () => {
    await judged('new');
    await set('open');
    const answer = await letter
      .person(2)
      .must(routes.stayOffBoard, { params: params(), body: { staysOff: true } });
    expect(answer.staysOff).toBe(true);
    expect(await places(letter.person(0))).toEqual([
      [1, '1'],
      [3, '0'],
      [4, '3'],
      [5, '4'],
      [5, '5'],
    ]);
    expect((await board(letter.person(2))).rows.filter(({ own }) => own)).toMatchObject([
      { place: 2, staysOff: true },
    ]);
    expect((await board(admin)).rows.filter(({ staysOff }) => staysOff)).toHaveLength(1);
  });

  it('is of all time or of a month', async () => {
    await judged('old');
    await set('open');
    const { months } = await board(letter.person(0));
    expect(months).toHaveLength(1);
    expect((await board(letter.person(0), months[0])).rows).toHaveLength(5);
    expect((await board(letter.person(0), '2001-01')).rows).toEqual([]);
  });
});
