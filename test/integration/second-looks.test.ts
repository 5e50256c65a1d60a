import { memberIdSchema, questionIdSchema, routes, submissionIdSchema } from '@casebook/contracts';
import type { Lease, MemberId, ProjectId, SecondLookRule, TaskId, UnitId } from '@casebook/contracts';
import pg from 'pg';
import { uuidv7 } from 'uuidv7';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { firstAdmin } from '../support/client.ts';
import type { TestClient } from '../support/client.ts';
import { eventually } from '../support/collections.ts';
import type { TestInstance } from '../support/instance.ts';
import { startTestInstance } from '../support/instance.ts';
import { joinAs, makeProject, memberIdOf } from '../support/people.ts';
import { ScoredLetter } from '../support/scored-letter.ts';
import { makeOpenTask } from '../support/tasks.ts';

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

async function leaseOf(coder: TestClient, projectId: ProjectId, taskId: TaskId): Promise<Lease> {
  const claim = await coder.must(routes.claim, { params: { projectId, taskId } });
  if (claim.kind !== 'lease') throw new Error(`no section: ${claim.reason}`);
  return claim.lease;
}

async function submit(
  coder: TestClient,
  projectId: ProjectId,
  taskId: TaskId,
  unitId: UnitId,
  answer: object,
): Promise<void> {
  await coder.must(routes.submit, {
    params: { projectId, taskId },
    body: {
      submissionId: submissionIdSchema.parse(uuidv7()),
      unitId,
      act: { kind: 'answer', answer: answer as never },
      elapsedMs: 900,
    },
  });
}

/** Opens a draft once it is planned. */
async function open(projectId: ProjectId, taskId: TaskId): Promise<void> {
  const params = { projectId, taskId };
  await eventually(
    () => admin.must(routes.task, { params }),
    ({ planned }) => planned,
  );
  await admin.must(routes.changeTask, { params, body: { state: 'open' } });
}

it('of tuples, which stand over several pairs, is refused with a way out', async () => {
  const projectId = await makeProject(admin);
  const { taskId } = await makeOpenTask(admin, projectId, 'best-worst');
  const answer = await admin.call(routes.previewSecondLook, {
    params: { projectId, taskId },
    body: { rule: { kind: 'by-hand', unitIds: [], numbers: '1' }, coders: null },
  });
  if (answer.ok) throw new Error('this should have been refused');
  expect(answer.status).toBe(409);
  expect(answer.problem.detail).toMatch(/Make a new task/u);
});

/** Four pairs, of which Bea and Cy rate two under the first guidelines and two under the second. */
describe('a second look at ratings', () => {
  let projectId: ProjectId;
  let taskId: TaskId;
  let bea: TestClient;
  let cy: TestClient;
  let coders: MemberId[];
  let units: UnitId[];

  const preview = (rule: SecondLookRule, named: MemberId[] | null = null) =>
    admin.must(routes.previewSecondLook, {
      params: { projectId, taskId },
      body: { rule, coders: named },
    });
  const numbers = async (rule: SecondLookRule) => (await preview(rule)).rows.map(({ number }) => number);
  const byHand = (text: string): SecondLookRule => ({ kind: 'by-hand', unitIds: [], numbers: text });

  beforeAll(async () => {
    projectId = await makeProject(admin, 'Ratings');
    bea = await joinAs(test, admin, projectId, 'bea@example.org', 'annotator');
    cy = await joinAs(test, admin, projectId, 'cy@example.org', 'annotator');
    await joinAs(test, admin, projectId, 'dot@example.org', 'annotator');
    coders = await Promise.all(
      ['bea', 'cy', 'dot'].map(async (name) =>
        memberIdSchema.parse(await memberIdOf(admin, projectId, `${name}@example.org`)),
      ),
    );
    ({ taskId } = await makeOpenTask(admin, projectId, 'similarity-rating', { wanted: 3 }));
    const write = (markdown: string) =>
      admin.must(routes.writeGuideline, { params: { projectId }, body: { markdown } });
    await write('Rate what they mean.');
    const ratings = new Map([
      [bea, [6, 0, 1, 5]],
      [cy, [6, 3, 1, 2]],
    ]);
    for (const [coder, values] of ratings) {
      const lease = await leaseOf(coder, projectId, taskId);
      units = lease.units.map(({ id }) => id);
      for (const place of [0, 1])
        await submit(coder, projectId, taskId, units[place] ?? raise(), {
          kind: 'rating',
          value: values[place],
        });
    }
    await write('Rate what they mean, not what they are used with.');
    for (const [coder, values] of ratings) {
      await coder.must(routes.readGuideline, { params: { projectId }, body: { version: 2 } });
      for (const place of [2, 3])
        await submit(coder, projectId, taskId, units[place] ?? raise(), {
          kind: 'rating',
          value: values[place],
        });
    }
    await eventually(
      () => admin.must(routes.agreement, { params: { projectId, taskId } }),
      ({ latest, pending }) => !pending && latest?.judgements === 8,
    );
  });

  it('can be at what was judged before a version of the guidelines', async () => {
    const rule: SecondLookRule = { kind: 'before-version', version: 2 };
    expect(await preview(rule)).toMatchObject({
      ...{ chosen: 2, judgements: 4, leftOut: 0 },
      asked: { units: 2, items: 2, judgements: 4 },
      coders: [
        { memberId: coders[0], name: 'bea', named: true, units: 2, shown: 0 },
        { memberId: coders[1], name: 'cy', named: true, units: 2, shown: 0 },
        // Who judged nothing yet can be named, and would be asked all.
        { memberId: coders[2], name: 'dot', named: false, units: 2, shown: 0 },
      ],
      rows: [
        { number: 1, unitId: units[0], label: 'coast – shore (N)', weight: 2 },
        { number: 2, unitId: units[1], weight: 2 },
      ],
    });
    expect(await numbers({ kind: 'before-version', version: 1 })).toEqual([]);
    expect(await numbers({ kind: 'before-version', version: 3 })).toEqual([1, 2, 3, 4]);
  });

  it('can be at those on which coders differ, all or the worst', async () => {
    // Bea and Cy are 3 of 6 apart on the second pair and on the fourth.
    const rule = { kind: 'differing', by: 'disagreement', least: 0, most: null } as const;
    expect((await preview(rule)).rows.map(({ number, weight }) => [number, weight])).toEqual([
      [2, 0.5],
      [4, 0.5],
    ]);
    expect(await numbers({ ...rule, most: 1 })).toEqual([2]);
    expect(await numbers({ ...rule, least: 0.51 })).toEqual([]);
    // Ratings are not disputed, so that no outcome of theirs is uncertain.
    expect(await numbers({ ...rule, by: 'uncertainty' })).toEqual([]);
  });

  it('can be at those that were asked about, or that a decision bears on', async () => {
    const ask = async (place: number) => {
      const questionId = questionIdSchema.parse(uuidv7());
      const body = { questionId, unitId: units[place] ?? raise(), text: 'In which sense?' };
      await bea.must(routes.ask, { params: { projectId }, body });
      return questionId;
    };
    await ask(0);
    const questionId = await ask(2);
    const { number } = await admin.must(routes.publishDecision, {
      params: { projectId },
      body: { question: 'In which sense?', answer: 'In the closest.', questionId },
    });
    const rule = { kind: 'asked-about', decided: false, decision: null } as const;
    expect(await numbers(rule)).toEqual([1, 3]);
    expect(await numbers({ ...rule, decided: true })).toEqual([3]);
    expect(await numbers({ ...rule, decision: number })).toEqual([3]);
    expect(await numbers({ ...rule, decision: number + 1 })).toEqual([]);
    await admin.must(routes.withdrawDecision, {
      params: { projectId, number },
      body: { reason: 'It was wrong.' },
    });
    expect(await numbers({ ...rule, decided: true })).toEqual([]);
  });

  it('can be at units named by hand, and says which are not there', async () => {
    expect(await numbers(byHand('4, 1-2'))).toEqual([1, 2, 4]);
    expect(await numbers({ kind: 'by-hand', unitIds: [units[3] ?? raise()], numbers: '1' })).toEqual([1, 4]);
    for (const [rule, message] of [
      [byHand('3–5'), 'rule.numbers: there is no unit 5 in the task'],
      [byHand('three'), 'rule.numbers: expected numbers such as 3, 17–20'],
      [{ kind: 'by-hand', unitIds: [uuidv7()], numbers: '' }, 'rule.unitIds: a unit that is not in the task'],
    ] as const) {
      const refused = await admin.call(routes.previewSecondLook, {
        params: { projectId, taskId },
        body: { rule: rule as never, coders: null },
      });
      expect(refused).toMatchObject({ ok: false, status: 422, problem: { detail: message } });
    }
  });

  it('is refused where nothing is chosen, or nobody could be asked', async () => {
    const make = (rule: SecondLookRule, named: MemberId[]) =>
      admin.call(routes.makeSecondLook, {
        params: { projectId, taskId },
        body: { name: 'Again', rule, coders: named },
      });
    expect(await make({ kind: 'before-version', version: 1 }, coders)).toMatchObject({ status: 422 });
    expect(await make(byHand('1'), [memberIdSchema.parse(uuidv7())])).toMatchObject({
      problem: { detail: 'coders.0: no expert of this project who may work' },
    });
    const twice = coders.slice(0, 1);
    expect(await make(byHand('1'), [...twice, ...twice])).toMatchObject({
      problem: { detail: 'coders.1: named twice' },
    });
  });

  it('asks the chosen units of those who judged them, and shows them nothing of the first', async () => {
    const rule: SecondLookRule = { kind: 'before-version', version: 2 };
    const named = coders.slice(0, 2);
    const again = await admin.must(routes.makeSecondLook, {
      params: { projectId, taskId },
      body: { name: 'Again', rule, coders: named },
    });
    expect(again).toMatchObject({
      ...{ name: 'Again', type: 'similarity-rating', state: 'draft', wanted: 2, phase: 'production' },
      secondLook: { of: taskId, ofName: 'similarity-rating', rule, chosen: 2 },
    });
    await open(projectId, again.id);
    expect((await admin.must(routes.task, { params: { projectId, taskId: again.id } })).counts).toMatchObject(
      {
        ...{ sections: 1, units: 2 },
      },
    );
    const lease = await leaseOf(bea, projectId, again.id);
    expect(lease).toMatchObject({ guidelineVersion: 2, judgements: [], earlierUnits: [] });
    expect(lease.units.map(({ content }) => content)).toMatchObject([
      { word1: 'coast', word2: 'shore' },
      { word1: 'gaffer', word2: 'harpoon' },
    ]);
    // First 6 6 and 0 3, then 6 6 and 3 3: Bea changed one of four answers.
    for (const [coder, values] of [
      [bea, [6, 3]],
      [cy, [6, 3]],
    ] as const) {
      const own = await leaseOf(coder, projectId, again.id);
      for (const [place, value] of values.entries())
        await submit(coder, projectId, again.id, own.units[place]?.id ?? raise(), { kind: 'rating', value });
    }
    const looks = await admin.must(routes.looksCompared, { params: { projectId, taskId: again.id } });
    expect(looks).toMatchObject({ of: taskId, units: 2, coders: 2, cells: 4, changed: 1, unpaired: 0 });
    const label = 'gaffer – harpoon (N)';
    expect(looks.changes).toMatchObject([
      { label, place: label, coder: coders[0], coderName: 'bea', before: '0', after: '3' },
    ]);
    const csv = await admin.fetch(`/projects/${projectId}/tasks/${again.id}/looks/changes.csv`);
    expect(csv.headers.get('content-disposition')).toContain('changed answers.csv');
    expect((await csv.text()).trim().split(/\r?\n/u)).toEqual([
      'unit,label,place,coder,name,before,after',
      [looks.changes[0]?.unitId, label, label, coders[0], 'bea', '0', '3'].join(','),
    ]);
    // The first look is none, and coders are told nothing of it.
    for (const [client, of] of [
      [admin, taskId],
      [bea, again.id],
    ] as const) {
      expect((await client.fetch(`/projects/${projectId}/tasks/${of}/looks/changes.csv`)).status).toBe(404);
    }
    const measures = new Map(looks.views?.[0]?.measures.map((measure) => [measure.id, measure]));
    // Of two pairs one is rated alike before, both are after. Nominal alpha before: 1 − 3 · 2 / (4² − 2² − 1 − 1).
    expect(measures.get('percent-agreement')).toMatchObject({
      ...{ before: { value: 0.5 }, after: { value: 1 }, change: { value: 0.5, units: 2, ratings: 8 } },
    });
    expect(measures.get('alpha-nominal')).toMatchObject({
      before: { value: expect.closeTo(1 - 6 / 10, 12) as number },
      after: { value: 1 },
      change: { value: expect.closeTo(0.6, 12) as number },
    });
    const { rows } = await admin.must(routes.audit, { params: { projectId } });
    expect(rows.find(({ action }) => action === 'task.second-look-made')).toMatchObject({
      actor: 'Ada Admin',
      subject: { taskId: again.id, secondLookOf: taskId, chosen: 2, rule: JSON.stringify(rule) },
    });
    // What is asked of whom stays as it was made.
    await expect(
      database.query(`UPDATE "Task" SET "secondLookRule" = '{}' WHERE "id" = $1`, [again.id]),
    ).rejects.toThrow('Task is append-only');
    await expect(
      database.query(`DELETE FROM "SecondLookUnit" WHERE "taskId" = $1`, [again.id]),
    ).rejects.toThrow('append-only');
  });
});

function raise(): never {
  throw new Error('there are fewer');
}

describe('a second look at phrases', () => {
  let letter: ScoredLetter;
  let members: MemberId[];
  beforeAll(async () => {
    letter = await ScoredLetter.open(test, admin, 'again', { people: 3, wanted: 2 });
    const { projectId } = letter;
    members = await Promise.all(
      [0, 1, 2].map(async (index) =>
        memberIdSchema.parse(await memberIdOf(admin, projectId, `again${String(index)}@example.org`)),
      ),
    );
    await letter.annotate(0, 'inspector');
    await letter.annotate(1, 'inspector');
    // The third takes the other document, as the first is full.
    const note = await leaseOf(letter.person(2), projectId, letter.taskId);
    await submit(letter.person(2), projectId, letter.taskId, note.units[0]?.id ?? raise(), { kind: 'new' });
    await eventually(
      async () =>
        (
          await database.query<{ stage: string }>('SELECT "stage" FROM "Section" WHERE "id" = $1', [
            letter.sectionId,
          ])
        ).rows[0]?.stage,
      (stage) => stage === 'closed',
    );
  });

  const explained = (index: number) =>
    letter.person(index).call(routes.explanation, {
      params: { projectId: letter.projectId, sectionId: letter.sectionId },
    });

  it('takes the whole document of a chosen phrase along, and asks those who know it', async () => {
    const { projectId, taskId } = letter;
    // The fourth phrase of the letter, and the only one of the note.
    const rule: SecondLookRule = { kind: 'by-hand', unitIds: [], numbers: '4, 6' };
    const look = (coders: MemberId[] | null) =>
      admin.must(routes.previewSecondLook, { params: { projectId, taskId }, body: { rule, coders } });
    expect(await look(null)).toMatchObject({
      ...{ chosen: 2, leftOut: 0, asked: { units: 6, items: 2, judgements: 5 + 5 + 1 } },
      coders: [{ units: 5 }, { units: 5 }, { units: 1 }],
    });
    expect(await look(members.slice(0, 2))).toMatchObject({
      ...{ chosen: 2, leftOut: 1, asked: { units: 5, items: 1, judgements: 10 } },
    });
    const again = await admin.must(routes.makeSecondLook, {
      params: { projectId, taskId },
      body: { name: 'All again', rule, coders: members },
    });
    await open(projectId, again.id);
    const { rows } = await admin.must(routes.sections, { params: { projectId, taskId: again.id } });
    expect(rows.map(({ name, units, wanted }) => [name, units, wanted])).toEqual([
      ['letter', 5, 2],
      ['note', 1, 1],
    ]);
    expect((await leaseOf(letter.person(2), projectId, again.id)).section.name).toBe('note');
    expect((await leaseOf(letter.person(0), projectId, again.id)).section.name).toBe('letter');
    await admin.must(routes.changeTask, {
      params: { projectId, taskId: again.id },
      body: { state: 'closed' },
    });
  });

  it('is informed by what its coder was shown of the first, and by nothing else', async () => {
    const { projectId, taskId } = letter;
    expect(await explained(0)).toMatchObject({ ok: true });
    const rule: SecondLookRule = { kind: 'by-hand', unitIds: [], numbers: '1' };
    const { coders } = await admin.must(routes.previewSecondLook, {
      params: { projectId, taskId },
      body: { rule, coders: null },
    });
    expect(coders.map(({ units, shown }) => [units, shown])).toEqual([
      [5, 5],
      [5, 0],
      [0, 0],
    ]);
    const again = await admin.must(routes.makeSecondLook, {
      params: { projectId, taskId },
      body: { name: 'The letter again', rule, coders: members.slice(0, 2) },
    });
    await open(projectId, again.id);
    // While it is to be judged again, what became of it stays closed to its coders.
    expect(await explained(0)).toMatchObject({ ok: false, status: 404 });
    expect(await explained(1)).toMatchObject({ ok: false, status: 404 });
    const boards = await letter.person(1).must(routes.cases);
    const files = boards.find((board) => board.projectId === projectId)?.files ?? [];
    expect(files.find(({ sectionId }) => sectionId === letter.sectionId)?.state).toBe('to-judge-again');

    for (const index of [0, 1]) {
      const lease = await leaseOf(letter.person(index), projectId, again.id);
      expect(lease.judgements).toEqual([]);
      for (const unit of lease.units)
        await submit(letter.person(index), projectId, again.id, unit.id, { kind: 'new' });
      if (index === 1)
        await letter.person(1).must(routes.finishLease, { params: { projectId, leaseId: lease.id } });
    }
    const informed = await database.query<{ coderId: string; informed: boolean; judgements: number }>(
      `SELECT "coderId", "informed", count(*)::int AS "judgements" FROM "Judgement" WHERE "taskId" = $1 GROUP BY 1, 2`,
      [again.id],
    );
    expect(new Map(informed.rows.map((row) => [row.coderId, [row.informed, row.judgements]]))).toEqual(
      new Map([
        [members[0], [true, 5]],
        [members[1], [false, 5]],
      ]),
    );
    expect(await explained(0)).toMatchObject({ ok: false });
    expect(await explained(1)).toMatchObject({ ok: true });
  });

  it('is not offered to whoever it is not kept for', async () => {
    const { projectId, taskId } = letter;
    const again = await admin.must(routes.makeSecondLook, {
      params: { projectId, taskId },
      body: {
        name: 'The letter for two',
        rule: { kind: 'by-hand', unitIds: [], numbers: '1, 6' },
        coders: [members[1] ?? raise(), members[2] ?? raise()],
      },
    });
    await open(projectId, again.id);
    const lease = await leaseOf(letter.person(2), projectId, again.id);
    expect(lease.section.name).toBe('note');
    await submit(letter.person(2), projectId, again.id, lease.units[0]?.id ?? raise(), { kind: 'new' });
    await letter.person(2).must(routes.finishLease, { params: { projectId, leaseId: lease.id } });
    const claim = { params: { projectId, taskId: again.id } };
    expect(await letter.person(2).must(routes.claim, claim)).toEqual({ kind: 'none', reason: 'all-done' });
    const desk = await letter.person(2).must(routes.desk);
    expect(desk.find((each) => each.taskId === again.id)?.available).toBe(false);
    expect(await letter.person(0).call(routes.claim, claim)).toMatchObject({ ok: false, status: 404 });
  });
});

/** Two read “He” differently, two validate for the inspector; then the two are to judge the letter again. */
describe('of a section that waits to be judged again, its coders', () => {
  let letter: ScoredLetter;
  let members: MemberId[];
  const EARLY = 5 * 10 + 50;
  beforeAll(async () => {
    letter = await ScoredLetter.open(test, admin, 'sealed', { people: 4, wanted: 2 });
    members = await Promise.all(
      [0, 1].map(async (index) =>
        memberIdSchema.parse(await memberIdOf(admin, letter.projectId, `sealed${String(index)}@example.org`)),
      ),
    );
    await letter.annotate(0, 'inspector');
    await letter.annotate(1, 'new', { comment: 'A clerk is meant.' });
    await untilStage('validation');
    await letter.validate(2, 'old');
    await letter.validate(3, 'old');
    await untilStage('closed');
    await admin.must(routes.changeBoard, {
      params: { projectId: letter.projectId },
      body: { board: 'open' },
    });
    await eventually(
      () => caseOf(0),
      ({ points }) => points > EARLY,
    );
  });

  const untilStage = (wanted: string) =>
    eventually(
      async () =>
        (
          await database.query<{ stage: string }>('SELECT "stage" FROM "Section" WHERE "id" = $1', [
            letter.sectionId,
          ])
        ).rows[0]?.stage,
      (stage) => stage === wanted,
    );
  async function caseOf(index: number) {
    const boards = await letter.person(index).must(routes.cases);
    const found = boards.find(({ projectId }) => projectId === letter.projectId);
    if (found === undefined) throw new Error('there is no case board of the project');
    const file = found.files.find(({ sectionId }) => sectionId === letter.sectionId);
    return { points: found.points, file };
  }
  const he = () => letter.lease?.units[3]?.id ?? raise();
  const contest = (index: number) =>
    letter.person(index).call(routes.contestUnit, {
      params: { projectId: letter.projectId, unitId: he() },
      body: { reason: 'The clerk answers in the next line.' },
    });
  const contests = async (index: number) =>
    (await letter.person(index).must(routes.contests, { params: { projectId: letter.projectId }, query: {} }))
      .rows;
  const namesOnBoard = async () =>
    (
      await letter
        .person(3)
        .must(routes.board, { params: { projectId: letter.projectId }, query: { period: 'all' } })
    ).rows.map(({ name }) => name);
  async function again(of: TaskId): Promise<TaskId> {
    const { id } = await admin.must(routes.makeSecondLook, {
      params: { projectId: letter.projectId, taskId: of },
      body: {
        name: 'Again',
        rule: { kind: 'by-hand', unitIds: [], numbers: '1' },
        coders: members,
      },
    });
    await open(letter.projectId, id);
    return id;
  }
  /** Judges all of it as new, and hands it in. */
  async function judgeAgain(index: number, taskId: TaskId): Promise<void> {
    const lease = await leaseOf(letter.person(index), letter.projectId, taskId);
    for (const unit of lease.units)
      await submit(letter.person(index), letter.projectId, taskId, unit.id, { kind: 'new' });
    await letter
      .person(index)
      .must(routes.finishLease, { params: { projectId: letter.projectId, leaseId: lease.id } });
  }
  const explained = (index: number) =>
    letter.person(index).call(routes.explanation, {
      params: { projectId: letter.projectId, sectionId: letter.sectionId },
    });

  it('are told nothing of others by points, boards, contests or decisions until they have judged it', async () => {
    const before = await caseOf(0);
    expect(before.file).toMatchObject({ state: 'closed', points: before.points });
    expect(await namesOnBoard()).toHaveLength(4);
    expect(await contest(1)).toMatchObject({ status: 201 });
    const second = await again(letter.taskId);

    // Points for work stay; what says whether others agreed is away, with the board’s whole row.
    for (const index of [0, 1])
      expect(await caseOf(index)).toMatchObject({
        points: EARLY,
        file: { state: 'to-judge-again', points: EARLY },
      });
    expect(await namesOnBoard()).toEqual([]);
    // Neither “upheld” nor “contested already” is said: both tell what became of it.
    expect(await contest(0)).toMatchObject({ status: 404 });
    expect(await contest(1)).toMatchObject({ status: 404 });
    await admin.must(routes.adjudicate, {
      params: { projectId: letter.projectId, unitId: he() },
      body: { kind: 'decide', answer: { kind: 'new' }, asGold: false, reason: 'So it is.', supersedes: null },
    });
    expect(await contests(1)).toMatchObject([{ answer: null }]);

    await judgeAgain(1, second);
    expect(await contests(1)).toMatchObject([{ answer: { kind: 'decide', reason: 'So it is.' } }]);
    expect((await caseOf(1)).file?.state).toBe('closed');
    // The other is still to judge it: his points stay away, and nobody reads them off a board.
    expect((await caseOf(0)).points).toBe(EARLY);
    expect(await namesOnBoard()).toEqual([]);
    expect(await explained(0)).toMatchObject({ status: 404 });
    await judgeAgain(0, second);
    expect(await explained(0)).toMatchObject({ ok: true });
    expect(await namesOnBoard()).not.toEqual([]);

    // A look at the second look closes the first as well: the units are the same.
    const third = await again(second);
    expect(await explained(0)).toMatchObject({ status: 404 });
    expect((await caseOf(0)).file?.state).toBe('to-judge-again');
    await admin.must(routes.changeTask, {
      params: { projectId: letter.projectId, taskId: third },
      body: { state: 'closed' },
    });
    expect(await explained(0)).toMatchObject({ ok: true });
  });

  it('are informed in any other task on these documents by what they were shown', async () => {
    const { projectId, taskId } = letter;
    const { collectionId } = await admin.must(routes.task, { params: { projectId, taskId } });
    const { taskId: production } = await makeOpenTask(admin, projectId, 'coreference', {
      collectionId,
      wanted: 4,
    });
    // The second has opened no explanation but contested “He”; the third was shown its readings as a validator.
    for (const index of [0, 1, 2]) await judgeAgain(index, production);
    const { rows } = await database.query<{ coder: string; informed: number; judgements: number }>(
      `SELECT u."name" AS "coder", (count(*) FILTER (WHERE j."informed"))::int AS "informed",
         count(*)::int AS "judgements"
       FROM "Judgement" j JOIN "Member" m ON m."id" = j."coderId" JOIN "User" u ON u."id" = m."userId"
       WHERE j."taskId" = $1 GROUP BY 1 ORDER BY 1`,
      [production],
    );
    expect(rows).toEqual([
      { coder: 'sealed0', informed: 5, judgements: 5 },
      { coder: 'sealed1', informed: 1, judgements: 5 },
      { coder: 'sealed2', informed: 1, judgements: 5 },
    ]);
  });
});
