import { readFile } from 'node:fs/promises';
import type { MakeTask, ProjectId, TaskId, Training, TrainingVerdict, UnitId } from '@casebook/contracts';
import { memberIdSchema, routes, submissionIdSchema, unitIdSchema } from '@casebook/contracts';
import pg from 'pg';
import { uuidv7 } from 'uuidv7';
import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest';
import { drawTraining } from '../../apps/api/src/training/draw.ts';
import { firstAdmin, type TestClient } from '../support/client.ts';
import { CONLL, eventually, importFile, makeCollection } from '../support/collections.ts';
import type { TestInstance } from '../support/instance.ts';
import { startTestInstance } from '../support/instance.ts';
import { joinAs, makeProject, memberIdOf } from '../support/people.ts';
import { makeOpenTask, makePlannedTask, taskWish } from '../support/tasks.ts';

/** A letter of five phrases: Inspector Harrow, his letter, his, He, it. */

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

let projectId: ProjectId;
let school: TaskId;
let taskId: TaskId;
let anna: TestClient;
let turn = 0;
beforeEach(async () => {
  turn += 1;
  projectId = await makeProject(admin, `School ${String(turn)}`);
  anna = await joinAs(test, admin, projectId, `anna${String(turn)}@example.org`, 'annotator');
  // As many as the letter has; the note beside it has one.
  ({ taskId: school } = await makeOpenTask(admin, projectId, 'coreference', {
    ...{ phase: 'training', trainingLength: 5 },
  }));
  ({ taskId } = await makeOpenTask(admin, projectId, 'coreference', {
    trainingTaskId: school,
    hiddenGoldRate: 1,
  }));
});

const inSchool = () => ({ projectId, taskId: school });
const see = () => anna.must(routes.training, { params: inSchool() });

const NEW = { kind: 'new' } as const;
const old = (sheet: Pick<Training, 'units'>, index: number) => ({
  kind: 'old' as const,
  antecedents: [sheet.units[index]?.key ?? ''],
});
const goldOf = (sheet: Pick<Training, 'units'>) => [NEW, NEW, old(sheet, 0), old(sheet, 0), old(sheet, 1)];

function answering(sheet: Training, index: number, answer: Training['answered'][number]['answer']) {
  return {
    submissionId: submissionIdSchema.parse(uuidv7()),
    unitId: unitIdSchema.parse(sheet.units[index]?.id),
    answer,
    elapsedMs: 800,
  };
}

/** Goes through training with as many answers wrong as said, the last ones first. */
async function goThrough(wrong: number): Promise<TrainingVerdict[]> {
  const sheet = await see();
  const answers = goldOf(sheet);
  const verdicts: TrainingVerdict[] = [];
  for (const [index, right] of answers.entries()) {
    const answer = index >= answers.length - wrong ? { kind: 'non-referring' } : right;
    verdicts.push(
      await anna.must(routes.answerTraining, { params: inSchool(), body: answering(sheet, index, answer) }),
    );
  }
  return verdicts;
}

/** Lets Anna go through training once more. */
const allow = async () => {
  const coder = memberIdSchema.parse(await memberIdOf(admin, projectId, `anna${String(turn)}@example.org`));
  await admin.must(routes.allowTraining, { params: inSchool(), body: { coder } });
};

const claim = () => anna.must(routes.claim, { params: { projectId, taskId } });

describe('training', () => {
  it('shows what is asked without its gold, in reading order', async () => {
    const sheet = await see();
    expect(sheet).toMatchObject({ round: 1, passMark: 0.7, answered: [], rounds: [] });
    expect(sheet.units.map(({ content }) => (content as { text: string }).text)).toEqual([
      'Inspector Harrow',
      'his letter',
      'his',
      'He',
      'it',
    ]);
    for (const { content } of sheet.items) expect(content).toMatchObject({ document: { chains: [] } });
  });

  it('tells right from wrong at once, and why', async () => {
    const sheet = await see();
    const unitId = sheet.units[3]?.id ?? '';
    await admin.must(routes.explainGold, {
      params: { projectId, unitId: unitIdSchema.parse(unitId) },
      body: { explanation: 'Letters don’t burn letters.' },
    });
    const unit = await admin.must(routes.unit, { params: { projectId, unitId: unitIdSchema.parse(unitId) } });
    expect(unit.explanation).toBe('Letters don’t burn letters.');
    const right = await anna.must(routes.answerTraining, {
      params: inSchool(),
      body: answering(sheet, 2, old(sheet, 0)),
    });
    expect(right).toMatchObject({ right: true, explanation: null });
    const wrong = await anna.must(routes.answerTraining, {
      params: inSchool(),
      body: answering(sheet, 3, old(sheet, 1)),
    });
    expect(wrong).toMatchObject({ right: false, explanation: 'Letters don’t burn letters.' });
    // By the nearest mention: “his” is the inspector.
    expect(wrong.goldWords).toContain('his');
    expect((await see()).answered.map((verdict) => verdict.right)).toEqual([true, false]);
  });

  it('grades an answer once: the same again is told the same, another is refused', async () => {
    const sheet = await see();
    const body = answering(sheet, 0, NEW);
    const [first, second] = await Promise.all([
      anna.call(routes.answerTraining, { params: inSchool(), body }),
      anna.call(routes.answerTraining, { params: inSchool(), body }),
    ]);
    if (!first.ok || !second.ok) throw new Error('an answer was refused');
    expect(second.body).toEqual(first.body);
    const again = await anna.call(routes.answerTraining, {
      params: inSchool(),
      body: answering(sheet, 0, { kind: 'non-referring' }),
    });
    expect(again).toMatchObject({ status: 409 });
    const ahead = await anna.call(routes.answerTraining, {
      params: inSchool(),
      body: answering(sheet, 1, old(sheet, 4)),
    });
    expect(ahead).toMatchObject({ status: 422 });
  });

  it('opens the task at the pass mark, and is repeated below it', async () => {
    expect(await claim()).toEqual({ kind: 'none', reason: 'training-needed', trainingTaskId: school });
    await goThrough(2);
    expect((await see()).rounds).toEqual([{ round: 1, asked: 5, right: 3, passed: false }]);
    expect(await claim()).toEqual({ kind: 'none', reason: 'training-needed', trainingTaskId: school });
    await goThrough(1);
    const sheet = await see();
    expect(sheet.rounds.at(-1)).toEqual({ round: 2, asked: 5, right: 4, passed: true });
    expect(sheet.round).toBe(3);
    expect(await claim()).toMatchObject({ kind: 'lease' });
  });

  it('is over once it is passed, unless a manager allows another time', async () => {
    const first = await see();
    await goThrough(1);
    const over = await see();
    expect(over).toMatchObject({ over: true, units: [], answered: [] });
    // What was wrong in it is still told.
    expect(over.lastAnswered.map(({ right }) => right)).toEqual([true, true, true, true, false]);
    expect(
      await anna.call(routes.answerTraining, { params: inSchool(), body: answering(first, 0, NEW) }),
    ).toMatchObject({ status: 404 });
    const { rows } = await database.query('SELECT 1 FROM "TrainingDraw" WHERE "taskId" = $1', [school]);
    expect(rows).toHaveLength(1);

    const { rounds } = await admin.must(routes.trainingRounds, { params: inSchool() });
    expect(rounds.map(({ last }) => last)).toEqual([true]);
    await allow();
    await allow();
    expect((await admin.must(routes.trainingRounds, { params: inSchool() })).rounds[0]?.last).toBe(false);
    expect(await see()).toMatchObject({ over: false, round: 2 });
    await goThrough(5);
    expect(await see()).toMatchObject({ over: true, units: [] });
    // Who has passed has passed.
    expect(await claim()).toMatchObject({ kind: 'lease' });
    const { rows: audit } = await admin.must(routes.audit, { params: { projectId } });
    expect(audit.filter(({ action }) => action === 'training.allowed')).toHaveLength(1);
    await expect(
      database.query('DELETE FROM "TrainingAllowance" WHERE "taskId" = $1', [school]),
    ).rejects.toThrow('append-only');
  });

  it('makes what is judged of the same units afterwards informed, and of others not', async () => {
    const collectionId = (await admin.must(routes.task, { params: inSchool() })).collectionId;
    const { taskId: same } = await makeOpenTask(admin, projectId, 'coreference', { collectionId });
    await goThrough(1);
    for (const work of [same, taskId]) {
      const claimed = await anna.must(routes.claim, { params: { projectId, taskId: work } });
      if (claimed.kind !== 'lease') throw new Error(claimed.reason);
      for (const { id: unitId } of claimed.lease.units) {
        await anna.must(routes.submit, {
          params: { projectId, taskId: work },
          body: {
            ...{ submissionId: submissionIdSchema.parse(uuidv7()), unitId, elapsedMs: 900 },
            act: { kind: 'answer', answer: NEW },
          },
        });
      }
    }
    const { rows } = await database.query<{ taskId: string; informed: boolean; of: number }>(
      `SELECT "taskId", "informed", count(*)::int AS "of" FROM "Judgement"
       WHERE "projectId" = $1 GROUP BY 1, 2 ORDER BY 3, 2`,
      [projectId],
    );
    expect(new Map(rows.map((row) => [row.taskId, [row.informed, row.of]]))).toEqual(
      new Map([
        [same, [true, 5]],
        [taskId, [false, 5]],
      ]),
    );
  });

  it('lies on the desk with the case that asks for it, until it is passed', async () => {
    const desk = () => anna.must(routes.desk, {});
    expect((await desk()).map((one) => [one.taskId, one.training])).toEqual([
      [taskId, { taskId: school, asked: 5, best: null }],
    ]);
    await goThrough(3);
    await goThrough(2);
    expect((await desk())[0]?.training?.best).toEqual({ asked: 5, right: 3 });
    await goThrough(1);
    expect((await desk()).map((one) => [one.taskId, one.training])).toEqual([[taskId, null]]);
  });

  it('says after a time through how it went, and which cases it opens', async () => {
    expect(await see()).toMatchObject({ lastAnswered: [], open: true });
    await goThrough(1);
    const { answered, lastAnswered, opens } = await see();
    expect(answered).toEqual([]);
    expect(lastAnswered.map(({ right }) => right)).toEqual([true, true, true, true, false]);
    expect(opens).toEqual([{ taskId, taskName: 'coreference' }]);
  });

  it('opens only with gold, and where there is right and wrong', async () => {
    const documents = await makeCollection(admin, projectId, 'documents');
    await importFile(admin, projectId, documents, 'letters.conll', CONLL);
    const { id } = await makePlannedTask(
      admin,
      projectId,
      taskWish('coreference', documents, { phase: 'training' }),
    );
    await database.query(
      'DELETE FROM "Gold" WHERE "unitId" IN (SELECT "id" FROM "Unit" WHERE "taskId" = $1)',
      [id],
    );
    const opened = await admin.call(routes.changeTask, {
      params: { projectId, taskId: id },
      body: { state: 'open' },
    });
    expect(opened).toMatchObject({ status: 409 });
    expect(JSON.stringify(opened)).toContain('no gold answers');
    await expect(makeOpenTask(admin, projectId, 'similarity-rating', { phase: 'training' })).rejects.toThrow(
      'neither right nor wrong',
    );
  });

  it('is refused, as hidden gold is, where no answer can be right by gold', async () => {
    const bare = await makeCollection(admin, projectId, 'documents');
    await importFile(admin, projectId, bare, 'bare.txt', 'Inspector Harrow laid his letter down.');
    const { collectionId: rich } = await admin.must(routes.task, { params: inSchool() });
    const known = await admin.must(routes.collections, { params: { projectId } });
    const hasGold = new Map(known.map((each) => [each.id, each.hasGold]));
    expect([hasGold.get(bare), hasGold.get(rich)]).toEqual([false, true]);

    const refused = async (changes: Partial<MakeTask>) => {
      const answer = await admin.call(routes.makeTask, {
        params: { projectId },
        body: taskWish('coreference', rich, changes),
      });
      return answer.ok ? null : answer.problem.detail;
    };
    const document = {
      ...{ conference: { kind: 'none' }, section: { kind: 'document' } },
      pass: { kind: 'document', start: { kind: 'text' } },
    };
    expect(await refused({ collectionId: bare, phase: 'training' })).toBe(
      'phase: It can’t train coders. Nothing in this collection brings chains that could be gold.',
    );
    expect(await refused({ collectionId: bare, hiddenGoldRate: 0.1 })).toBe(
      'hiddenGoldRate: No gold can be hidden in it. Nothing in this collection brings chains that could be gold.',
    );
    expect(await refused({ phase: 'training', protocol: document })).toContain(
      'with other passes, not with gold',
    );
    expect(await refused({ protocol: document })).toBeNull();
  });

  describe('over a longer text', () => {
    let long: TaskId;
    const here = () => ({ projectId, taskId: long });
    const look = () => anna.must(routes.training, { params: here() });
    beforeEach(async () => {
      const collectionId = await makeCollection(admin, projectId, 'documents');
      const story = await readFile(new URL('../../prisma/sample/story.conllu', import.meta.url), 'utf8');
      await importFile(admin, projectId, collectionId, 'story.conllu', story);
      ({ taskId: long } = await makeOpenTask(admin, projectId, 'coreference', {
        ...{ phase: 'training', collectionId, trainingLength: 6 },
      }));
    });

    /** Answers everything asked, and says what that was. */
    async function finish(): Promise<string[]> {
      const sheet = await look();
      for (const index of sheet.units.keys()) {
        const body = answering(sheet, index, NEW);
        await anna.must(routes.answerTraining, { params: here(), body });
      }
      return sheet.units.map(({ id }) => id);
    }

    it('asks one stretch of it, the same until its end, chosen by a seed that is kept', async () => {
      const { units, otherUnits } = await look();
      const places = [...units, ...otherUnits]
        .map(({ id }) => id)
        .sort()
        .flatMap((id, place) => (units.some((unit) => unit.id === id) ? [place] : []));
      expect(places.map((place) => place - (places[0] ?? 0))).toEqual([0, 1, 2, 3, 4, 5]);
      expect((await look()).units).toEqual(units);
      const { rows } = await database.query<{ unitIds: string[]; seed: string | null }>(
        `SELECT "unitIds"::text[] AS "unitIds", "seed" FROM "TrainingDraw" WHERE "taskId" = $1`,
        [long],
      );
      expect(rows).toHaveLength(1);
      expect(rows[0]?.unitIds).toEqual(units.map(({ id }) => id));
      const { rows: pool } = await database.query<{ id: UnitId; kind: string }>(
        `SELECT u."id", g."answer"->>'kind' AS "kind" FROM "Unit" u JOIN "Gold" g ON g."unitId" = u."id"
         WHERE u."taskId" = $1 ORDER BY u."reading"`,
        [long],
      );
      const again = drawTraining(
        pool.map((unit) => ({ ...unit, itemId: 'story' })),
        { length: 6, manner: 'run', asked: new Set(), seed: Number(rows[0]?.seed) },
      );
      expect(again).toEqual(rows[0]?.unitIds);
    });

    it('takes what is asked alone, with any earlier phrase for an antecedent', async () => {
      const sheet = await look();
      const before = sheet.otherUnits.filter(({ id }) => id < (sheet.units[0]?.id ?? ''));
      const earliest = before[0] ?? sheet.units[0];
      const pointing = { kind: 'old' as const, antecedents: [earliest?.key ?? ''] };
      await anna.must(routes.answerTraining, { params: here(), body: answering(sheet, 1, pointing) });
      const [other] = sheet.otherUnits;
      const elsewhere = { ...answering(sheet, 2, NEW), unitId: unitIdSchema.parse(other?.id) };
      expect(await anna.call(routes.answerTraining, { params: here(), body: elsewhere })).toMatchObject({
        status: 404,
      });
    });

    it('asks other phrases the next time, and still tells the words of the last', async () => {
      const first = await finish();
      const { units, otherUnits, lastAnswered } = await look();
      expect(units).toHaveLength(6);
      expect(units.filter(({ id }) => first.includes(id))).toEqual([]);
      const known = new Set([...units, ...otherUnits].map(({ id }) => id));
      expect(lastAnswered.every(({ unitId }) => known.has(unitId))).toBe(true);
      expect((await finish()).filter((id) => first.includes(id))).toEqual([]);
    });
  });

  it('is for annotators, and gives no sections', async () => {
    const ruth = await joinAs(test, admin, projectId, `ruth${String(turn)}@example.org`, 'researcher');
    expect(await ruth.call(routes.training, { params: inSchool() })).toMatchObject({ status: 404 });
    expect(await anna.call(routes.training, { params: { projectId, taskId } })).toMatchObject({
      status: 404,
    });
    expect(await anna.must(routes.claim, { params: inSchool() })).toEqual({
      kind: 'none',
      reason: 'not-open',
    });
  });

  it('is asked for only by tasks of its own type', async () => {
    await expect(makeOpenTask(admin, projectId, 'coreference', { trainingTaskId: taskId })).rejects.toThrow(
      'trains coders',
    );
  });
});

describe('a coder’s rating', () => {
  const ratings = async () => {
    const { rows } = await database.query<{ asked: number; right: number }>(
      'SELECT "asked", "right" FROM "CoderRating" WHERE "taskId" = $1',
      [taskId],
    );
    return rows;
  };

  it('counts of a unit that training asks again the first answer alone', async () => {
    await goThrough(3);
    await goThrough(1);
    expect(await ratings()).toEqual([{ asked: 5, right: 2 }]);
    const { coders } = await admin.must(routes.ratings, { params: { projectId, taskId } });
    expect(coders).toMatchObject([{ training: { asked: 5, right: 2 }, rating: { asked: 5, right: 2 } }]);
  });

  it('is derived anew when the bench takes the place of gold, and when it gives it back', async () => {
    await goThrough(1);
    const claimed = await claim();
    if (claimed.kind !== 'lease') throw new Error(claimed.reason);
    const { lease } = claimed;
    for (const { id: unitId } of lease.units) {
      await anna.must(routes.submit, {
        params: { projectId, taskId },
        body: {
          ...{ submissionId: submissionIdSchema.parse(uuidv7()), unitId, elapsedMs: 900 },
          act: { kind: 'answer', answer: NEW },
        },
      });
    }
    await anna.must(routes.finishLease, { params: { projectId, leaseId: lease.id } });
    // Two phrases are new by gold.
    await eventually(ratings, ([rating]) => rating?.asked === 10);
    expect(await ratings()).toEqual([{ asked: 10, right: 6 }]);
    await database.query(`UPDATE "Section" SET "stage" = 'adjudication' WHERE "id" = $1`, [lease.section.id]);
    const unitId = lease.units[0]?.id ?? (uuidv7() as UnitId);
    const explain = (explanation: string) =>
      admin.must(routes.explainGold, { params: { projectId, unitId }, body: { explanation } });
    const explanation = async () =>
      (await admin.must(routes.unit, { params: { projectId, unitId } })).explanation;
    await explain('Nobody was named before him.');
    const { id } = await admin.must(routes.adjudicate, {
      params: { projectId, unitId },
      body: { kind: 'decide', answer: { kind: 'non-referring' }, asGold: true, supersedes: null },
    });
    // It is the bench's now: no answer is held against it, and the old gold's words don't explain it.
    await eventually(ratings, ([rating]) => rating?.asked === 9);
    expect(await ratings()).toEqual([{ asked: 9, right: 5 }]);
    expect(await explanation()).toBeNull();
    await admin.must(routes.adjudicate, {
      params: { projectId, unitId },
      body: { kind: 'reopen', supersedes: id },
    });
    await eventually(ratings, ([rating]) => rating?.asked === 10);
    expect(await ratings()).toEqual([{ asked: 10, right: 6 }]);
    expect(await explanation()).toBe('Nobody was named before him.');
  });

  it('is what was right in training, and of hidden gold since', async () => {
    await goThrough(1);
    expect(await ratings()).toEqual([{ asked: 5, right: 4 }]);
    const claimed = await claim();
    if (claimed.kind !== 'lease') throw new Error(claimed.reason);
    const { lease } = claimed;
    const answers = [NEW, NEW, old(lease, 0), NEW, NEW];
    for (const [index, unit] of lease.units.entries()) {
      await anna.must(routes.submit, {
        params: { projectId, taskId },
        body: {
          submissionId: submissionIdSchema.parse(uuidv7()),
          unitId: unit.id,
          act: { kind: 'answer', answer: answers[index] ?? NEW },
          elapsedMs: 900,
        },
      });
    }
    await anna.must(routes.finishLease, { params: { projectId, leaseId: lease.id } });
    await eventually(ratings, ([rating]) => rating?.asked === 10);
    expect(await ratings()).toEqual([{ asked: 10, right: 7 }]);
    const { coders, ...setting } = await admin.must(routes.ratings, { params: { projectId, taskId } });
    expect(setting).toEqual({ hiddenGoldRate: 1, trainingTaskId: school });
    expect(coders).toHaveLength(1);
    const today = new Date().toISOString().slice(0, 10);
    expect(coders[0]).toMatchObject({
      coderName: `anna${String(turn)}`,
      training: { asked: 5, right: 4 },
      hidden: { asked: 5, right: 3 },
      rating: { asked: 10, right: 7 },
      days: [{ asked: 5, right: 3 }],
    });
    expect((coders[0]?.days[0]?.day ?? '') <= today).toBe(true);
    // Wilson 1927 for 7 of 10.
    expect(coders[0]?.rating?.low).toBeCloseTo(0.3968, 4);
    expect(coders[0]?.rating?.high).toBeCloseTo(0.8922, 4);
    const table = await admin.fetch(`/projects/${projectId}/tasks/${taskId}/training/tables/ratings`);
    expect((await table.text()).split('\r\n')[0]).toBe('coder,name,day,asked,right,share,low,high');
    // What stood when they were made: nothing of hidden gold was known yet.
    const { rows } = await database.query<{ coderRating: number }>(
      'SELECT DISTINCT "coderRating" FROM "Judgement" WHERE "taskId" = $1',
      [taskId],
    );
    expect(rows).toEqual([{ coderRating: 0.8 }]);
  });
});

describe('what managers see of training', () => {
  const report = () => admin.must(routes.trainingRounds, { params: inSchool() });
  const csv = async (table: string) => {
    const path = `/projects/${projectId}/tasks/${school}/training/tables/${table}`;
    return (await (await admin.fetch(path)).text()).trim().split(/\r?\n/u);
  };

  it('is nothing before anybody came', async () => {
    const none = { rounds: [], questions: [], unitsAsked: 0, confusion: { answers: [], rows: [] } };
    expect(await report()).toEqual({ passMark: 0.7, ...none });
    expect(await csv('rounds')).toHaveLength(1);
  });

  it('is every round with the pass mark of its day', async () => {
    await goThrough(2);
    await admin.must(routes.changeProject, { params: { projectId }, body: { passMark: 0.5 } });
    await goThrough(2);
    const { passMark, rounds } = await report();
    expect(passMark).toBe(0.5);
    expect(rounds).toMatchObject([
      { coderName: `anna${String(turn)}`, round: 1, asked: 5, right: 3, passMark: 0.7, passed: false },
      { coderName: `anna${String(turn)}`, round: 2, asked: 5, right: 3, passMark: 0.5, passed: true },
    ]);
    expect(await csv('rounds')).toHaveLength(3);
  });

  it('is what was answered to which gold, and which questions people get wrong, the surest first', async () => {
    await goThrough(2);
    await goThrough(1);
    // A round that is not finished counts too.
    await allow();
    const sheet = await see();
    const astray = answering(sheet, 2, NEW);
    await anna.must(routes.answerTraining, { params: inSchool(), body: astray });
    await admin.must(routes.explainGold, {
      params: { projectId, unitId: unitIdSchema.parse(sheet.units[4]?.id) },
      body: { explanation: 'Letters burn.' },
    });
    const { confusion, questions, unitsAsked } = await report();
    expect(unitsAsked).toBe(5);
    expect(confusion.answers).toEqual(['New', 'Mentioned before', 'Non-referring']);
    expect(confusion.rows).toMatchObject([
      { gold: 'New', asked: 4, right: 4, counts: [4, 0, 0] },
      { gold: 'Mentioned before', asked: 7, right: 3, counts: [1, 3, 3] },
    ]);
    expect(questions).toMatchObject([
      { label: 'it', asked: 2, right: 0, instead: { times: 2 }, explained: true },
      { label: 'He', asked: 2, right: 1, instead: { times: 1 }, explained: false },
      { label: 'his', asked: 3, right: 2, instead: { words: 'new: not named before' }, explained: false },
    ]);
    expect(questions[0]?.gold).toContain('his letter');
    expect(await csv('questions')).toHaveLength(4);
    expect((await csv('confusion'))[0]).toContain('answered Mentioned before');
  });

  it('is for managers alone, and of a task that trains', async () => {
    const ruth = await joinAs(test, admin, projectId, `ruth${String(turn)}@example.org`, 'researcher');
    const table = { params: { projectId, taskId } };
    for (const client of [anna, ruth]) {
      expect(await client.call(routes.trainingRounds, { params: inSchool() })).toMatchObject({ status: 404 });
      expect(await client.call(routes.ratings, table)).toMatchObject({ status: 404 });
    }
    expect(await admin.call(routes.trainingRounds, table)).toMatchObject({ status: 404 });
    expect(await admin.call(routes.ratings, { params: inSchool() })).toMatchObject({ status: 404 });
  });
});
