import type { Adjudicate, Adjudicated, BenchFilter, UnitToAdjudicate } from '@casebook/contracts';
import { routes } from '@casebook/contracts';
import pg from 'pg';
import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest';
import { readCountedJudgements } from '../../apps/api/src/agreement/codings.ts';
import { rebuildOutcomes } from '../../apps/api/src/stages/rebuild.ts';
import { firstAdmin, type TestClient } from '../support/client.ts';
import { eventually } from '../support/collections.ts';
import type { TestInstance } from '../support/instance.ts';
import { startTestInstance } from '../support/instance.ts';
import { LetterCase } from '../support/letter-case.ts';
import { joinAs } from '../support/people.ts';

/** Three annotate a letter of five phrases; one takes the fourth, “He”, for somebody new, and no conference is held. */

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
beforeEach(() => {
  turn += 1;
});

let letter: LetterCase;
let manager: TestClient;

const CONFERENCE = { kind: 'conference', validations: 1, cap: 1, certainty: 0.999 };

/** A letter whose “He” lies with the adjudicator. */
async function disputed(people = 4, conference: unknown = { kind: 'none' }): Promise<void> {
  letter = await LetterCase.open(test, admin, `Adjudication ${String(turn)}`, {
    ...{ people, wanted: 3, conference },
  });
  manager = await joinAs(test, admin, letter.projectId, `manager-${String(turn)}@example.org`, 'manager');
  await letter.annotate(0, 'inspector');
  await letter.annotate(1, 'new', 'The postman, I think.');
  await letter.annotate(2, 'inspector');
  if (conference !== CONFERENCE) await untilStage('adjudication');
}

async function row<Row extends pg.QueryResultRow>(sql: string): Promise<Row | undefined> {
  return (await database.query<Row>(sql, [letter.taskId])).rows[0];
}

async function stage(): Promise<string> {
  const section = await row<{ stage: string }>(
    'SELECT "stage" FROM "Section" WHERE "taskId" = $1 ORDER BY "position" LIMIT 1',
  );
  return section?.stage ?? '';
}
const untilStage = (wanted: string) => eventually(stage, (now) => now === wanted);

const bench = async (filter: BenchFilter = 'disputed') =>
  (
    await manager.must(routes.bench, {
      params: { projectId: letter.projectId, taskId: letter.taskId },
      query: { filter, limit: 100 },
    })
  ).rows;

const look = (): Promise<UnitToAdjudicate> =>
  manager.must(routes.unitToAdjudicate, { params: { projectId: letter.projectId, unitId: letter.he } });

const act = (body: Adjudicate, client = manager, unitId = letter.he) =>
  client.call(routes.adjudicate, { params: { projectId: letter.projectId, unitId }, body });

const must = (body: Adjudicate, unitId = letter.he): Promise<Adjudicated> =>
  manager.must(routes.adjudicate, { params: { projectId: letter.projectId, unitId }, body });

const NEW = { kind: 'new' };
const decideNew = (more: Partial<Extract<Adjudicate, { kind: 'decide' }>> = {}): Adjudicate => ({
  ...{ kind: 'decide', answer: NEW, asGold: false, supersedes: null },
  ...more,
});

async function gold(unitId = letter.he): Promise<{ answer: unknown; source: string }[]> {
  const { rows } = await database.query<{ answer: unknown; source: string }>(
    'SELECT "answer", "source" FROM "Gold" WHERE "unitId" = $1',
    [unitId],
  );
  return rows;
}

async function outcomes() {
  const { rows } = await database.query<pg.QueryResultRow>(
    `SELECT "unitId", "state", "uncertainty", "readings", "adjudicationId", "kept"
     FROM "UnitOutcome"
     WHERE "taskId" = $1 ORDER BY "unitId"`,
    [letter.taskId],
  );
  return rows;
}

describe('the bench', () => {
  it('lists what is disputed, and shows it without naming anybody until it is decided', async () => {
    await disputed();
    expect(await bench()).toMatchObject([
      { unitId: letter.he, state: 'disputed', readings: 2, decided: null },
    ]);
    const before = await look();
    expect(before.readings.map(({ annotators, supporters }) => [annotators, supporters])).toEqual([
      [2, null],
      [1, null],
    ]);
    expect(before.comments).toEqual([
      { text: 'The postman, I think.', stage: 'annotation', beside: 'new: not named before', by: null },
    ]);
    const told = JSON.stringify(before);
    const { rows } = await database.query<{ id: string; name: string; judgement: string }>(
      `SELECT m."id", u."name", j."id" AS "judgement" FROM "Judgement" j
       JOIN "Member" m ON m."projectId" = j."projectId" AND m."id" = j."coderId"
       JOIN "User" u ON u."id" = m."userId" WHERE j."taskId" = $1`,
      [letter.taskId],
    );
    expect(rows).toHaveLength(15);
    for (const { id, name, judgement } of rows) {
      for (const secret of [id, name, judgement]) expect(told).not.toContain(secret);
    }
    await must(decideNew({ reason: 'The letter is read out by someone else.' }));
    const after = await look();
    expect(after.readings.map(({ supporters }) => supporters?.annotators.length)).toEqual([2, 1]);
    expect(after.comments[0]?.by).toBe(after.readings[1]?.supporters?.annotators[0]);
    expect(after.history).toMatchObject([
      { kind: 'decide', reason: 'The letter is read out by someone else.', answers: [{ answer: NEW }] },
    ]);
  });

  it('goes from the most uncertain unit down, a page at a time', async () => {
    await disputed();
    // Three more units with uncertainties of their own, to put in order.
    const wanted = [0.9, 0.5, 0.125];
    for (const [index, uncertainty] of wanted.entries()) {
      await database.query(
        `UPDATE "UnitOutcome" SET "state" = 'disputed', "uncertainty" = $2 WHERE "unitId" = $1`,
        [letter.unitId(index), uncertainty],
      );
    }
    const params = { projectId: letter.projectId, taskId: letter.taskId };
    const seen: number[] = [];
    let cursor: string | undefined;
    do {
      const page = await manager.must(routes.bench, {
        params,
        query: { filter: 'disputed', limit: 2, ...(cursor === undefined ? {} : { cursor }) },
      });
      seen.push(...page.rows.map(({ uncertainty }) => uncertainty));
      cursor = page.next ?? undefined;
    } while (cursor !== undefined);
    expect(seen).toHaveLength(4);
    expect(seen).toEqual([...seen].sort((one, other) => other - one));
    expect(seen).toEqual(expect.arrayContaining(wanted));
    expect(
      await manager.call(routes.bench, { params, query: { filter: 'disputed', limit: 2, cursor: 'x' } }),
    ).toMatchObject({ status: 400 });
  });

  it('is not for annotators, and tells an adjudicator that he annotated the unit himself', async () => {
    await disputed();
    const params = { projectId: letter.projectId, unitId: letter.he };
    expect(await letter.person(0).call(routes.unitToAdjudicate, { params })).toMatchObject({ status: 404 });
    expect(await act(decideNew(), letter.person(0))).toMatchObject({ status: 403 });
    await database.query(
      `UPDATE "Member" SET "role" = 'manager' WHERE "id" IN (
         SELECT j."coderId" FROM "Judgement" j WHERE j."unitId" = $1 AND j."answer" ->> 'kind' = 'new')`,
      [letter.he],
    );
    const own = await letter.person(1).must(routes.unitToAdjudicate, { params });
    expect(own.tookPart).toBe('annotated');
    expect((await look()).tookPart).toBeNull();
  });
});

describe('a decision', () => {
  it('closes the section, is written down, and becomes gold where that is wished', async () => {
    await disputed();
    const { id, stage: now } = await must(decideNew({ asGold: true }));
    expect(now).toBe('closed');
    expect(await gold()).toEqual([{ answer: NEW, source: 'adjudication' }]);
    expect(await bench()).toEqual([]);
    expect(await bench('decided')).toMatchObject([{ unitId: letter.he, decided: 'decide' }]);
    const { rows } = await manager.must(routes.audit, {
      params: { projectId: letter.projectId },
      query: { limit: 10 },
    });
    expect(rows.find(({ action }) => action === 'unit.decided')?.subject).toMatchObject({
      ...{ adjudicationId: id, asGold: true },
    });
  });

  it('is what later answers are resolved against', async () => {
    await disputed();
    // “He” points at the phrase before it; decided to be somebody new, that phrase names an entity of its own.
    const readings = async () => (await look()).readings.map(({ key }) => key).sort();
    const before = await readings();
    expect(before).toEqual(['["new"]', JSON.stringify(['old', letter.key(0)])]);
    await must(decideNew(), letter.unitId(2));
    expect(await readings()).toEqual(['["new"]', JSON.stringify(['old', letter.key(2)])]);
    const counted = await readCountedJudgements(database, letter.projectId, letter.taskId);
    expect(counted.units.find(({ id }) => id === letter.unitId(2))?.reference).toEqual(NEW);
    // Nothing was said of gold.
    expect((await gold(letter.unitId(2)))[0]?.answer).toMatchObject({ kind: 'old' });
    const [reopened] = (
      await manager.must(routes.unitToAdjudicate, {
        params: { projectId: letter.projectId, unitId: letter.unitId(2) },
      })
    ).history;
    if (reopened === undefined) throw new Error('a decision was expected');
    await must({ kind: 'reopen', supersedes: reopened.id }, letter.unitId(2));
    expect(await readings()).toEqual(before);
  });

  it('can be taken back, with the gold that stood before', async () => {
    await disputed();
    const source = { answer: { kind: 'non-referring' }, source: 'item' };
    await database.query('DELETE FROM "Gold" WHERE "unitId" = $1', [letter.he]);
    await database.query(
      `INSERT INTO "Gold" ("projectId", "unitId", "answer", "source") VALUES ($1, $2, $3, $4)`,
      [letter.projectId, letter.he, source.answer, source.source],
    );
    const first = await must(decideNew({ asGold: true }));
    const second = await must(
      decideNew({
        answer: { kind: 'old', antecedents: [letter.key(0)] },
        asGold: true,
        supersedes: first.id,
      }),
    );
    expect(await gold()).toMatchObject([{ source: 'adjudication', answer: { kind: 'old' } }]);
    const { stage: now } = await must({ kind: 'reopen', reason: 'Too fast.', supersedes: second.id });
    expect(now).toBe('adjudication');
    expect(await gold()).toEqual([source]);
    expect(await bench()).toHaveLength(1);
    const looked = await look();
    expect(looked.history.map(({ kind }) => kind)).toEqual(['reopen', 'decide', 'decide']);
    expect(looked.readings[0]?.supporters).toBeNull();
  });

  it('may keep several readings, which leaves gold as it is, and the heaviest is the reference', async () => {
    await disputed();
    const { readings } = await look();
    const goldBefore = await gold();
    const answers = readings.map(({ answer }, place) => ({ answer, weight: place + 1 }));
    await must({ kind: 'keep-several', answers, supersedes: null });
    expect(await stage()).toBe('closed');
    expect(await gold()).toEqual(goldBefore);
    const counted = await readCountedJudgements(database, letter.projectId, letter.taskId);
    const unit = counted.units.find(({ id }) => id === letter.he);
    expect(unit?.kept).toEqual(answers.map(({ answer }) => answer).toReversed());
    expect(unit?.reference).toEqual(answers.at(-1)?.answer);
    expect(unit?.reference).not.toEqual(goldBefore[0]?.answer);
    expect((await look()).history[0]?.answers.map(({ weight }) => weight)).toEqual([1, 2]);
    expect(await act({ kind: 'keep-several', answers, supersedes: null })).toMatchObject({ status: 409 });
  });

  it('is what is exported, against any majority, also where nobody read it so', async () => {
    await disputed();
    const chains = async () => {
      const { projectId, taskId } = letter;
      const response = await manager.fetch(`/projects/${projectId}/tasks/${taskId}/export/conll-2012`);
      const lines = (await response.text()).split('\n');
      return lines.flatMap((line) => {
        const cells = line.split(/\s+/u);
        const chain = cells.at(-1) ?? '-';
        return chain === '-' || cells.length < 5 ? [] : [chain];
      });
    };
    const byVotes = await chains();
    const first = await must(decideNew());
    const asNew = await chains();
    expect(asNew).not.toEqual(byVotes);
    // One entity more than by votes: “He” begins one.
    const entities = (cells: string[]) => new Set(cells.join(' ').match(/\d+/gu)).size;
    expect(entities(asNew)).toBe(entities(byVotes) + 1);
    const second = await must(decideNew({ answer: { kind: 'non-referring' }, supersedes: first.id }));
    // It is no mention any more.
    expect((await chains()).length).toBe(byVotes.length - 1);
    await must({ kind: 'reopen', supersedes: second.id });
    expect(await chains()).toEqual(byVotes);
  });

  it('is refused where the answer fits nothing, points ahead, or somebody was faster', async () => {
    await disputed();
    expect(await act(decideNew({ answer: { kind: 'perhaps' } }))).toMatchObject({ status: 422 });
    const ahead = { kind: 'old', antecedents: [letter.key(4)] };
    expect(await act(decideNew({ answer: ahead }))).toMatchObject({ status: 422 });
    const both = await Promise.all([act(decideNew()), act(decideNew())]);
    expect(both.map(({ status }) => status).sort()).toEqual([201, 409]);
    expect((await look()).history).toHaveLength(1);
  });

  it('can’t be changed or deleted in the database', async () => {
    await disputed();
    await must(decideNew());
    for (const statement of [
      `UPDATE "Adjudication" SET "reason" = 'x'`,
      'DELETE FROM "Adjudication"',
      'TRUNCATE "Adjudication" CASCADE',
    ]) {
      await expect(database.query(statement)).rejects.toThrow('append-only');
    }
  });

  it('leaves outcomes that can be rebuilt from what was submitted and decided', async () => {
    await disputed(4, CONFERENCE);
    await untilStage('validation');
    await letter.validate(3, 'old');
    await untilStage('adjudication');
    await must(decideNew({ asGold: true }));
    const before = await outcomes();
    expect(before.filter(({ adjudicationId }) => adjudicationId !== null)).toHaveLength(1);
    await database.query(
      `UPDATE "UnitOutcome" SET "state" = 'unanswered', "uncertainty" = 1, "readings" = '[]', "adjudicationId" = NULL, "kept" = '{}'
       WHERE "taskId" = $1`,
      [letter.taskId],
    );
    await rebuildOutcomes(test.instance.services, letter);
    expect(await outcomes()).toEqual(before);
  });
});

describe('sending a unit back', () => {
  it('shows its readings to one validator more, and comes back to the adjudicator', async () => {
    await disputed(5, CONFERENCE);
    await untilStage('validation');
    await letter.validate(3, 'new');
    await untilStage('adjudication');
    const { id, stage: now } = await must({ kind: 'send-back', supersedes: null });
    expect(now).toBe('validation');
    expect(await bench()).toEqual([]);
    await letter.validate(4, 'new');
    await untilStage('adjudication');
    const [, best] = (await look()).readings;
    expect([best?.annotators, best?.agreed]).toEqual([2, 0]);
    expect(await bench()).toHaveLength(1);
    // Nobody is left now.
    expect(await act({ kind: 'send-back', supersedes: id })).toMatchObject({
      status: 409,
      problem: { type: 'urn:casebook:nobody-left' },
    });
    expect((await look()).history).toHaveLength(1);
  });

  it('asks one annotator more where no conference is held, as long as somebody is left', async () => {
    await disputed(4);
    const { id, stage: now } = await must({ kind: 'send-back', supersedes: null });
    expect(now).toBe('annotation');
    await letter.annotate(3, 'new');
    await untilStage('adjudication');
    expect((await look()).readings.map(({ annotators }) => annotators)).toEqual([2, 2]);
    expect(await act({ kind: 'send-back', supersedes: id })).toMatchObject({ status: 409 });
    await must(decideNew({ supersedes: id }));
    expect(await stage()).toBe('closed');
  });
});

describe('a contest', () => {
  const contest = (client: TestClient, reason = 'He is the postman.') =>
    client.call(routes.contestUnit, {
      params: { projectId: letter.projectId, unitId: letter.he },
      body: { reason },
    });
  const contests = async (client: TestClient) =>
    (await client.must(routes.contests, { params: { projectId: letter.projectId }, query: { limit: 100 } }))
      .rows;

  it('is for those who finished the section, once it is closed', async () => {
    await disputed();
    expect(await contest(letter.person(1))).toMatchObject({ status: 409 });
    await must(decideNew({ answer: { kind: 'old', antecedents: [letter.key(0)] } }));
    expect(await contest(letter.person(3))).toMatchObject({ status: 404 });
    expect(await contest(manager)).toMatchObject({ status: 404 });
    expect(await contest(letter.person(0))).toMatchObject({
      ...{ status: 409, problem: { type: 'urn:casebook:upheld-already' } },
    });
    expect(await contest(letter.person(1))).toMatchObject({ status: 201 });
    expect(await contest(letter.person(1))).toMatchObject({
      ...{ status: 409, problem: { type: 'urn:casebook:contested-already' } },
    });
  });

  it('lies on the bench without a name, and its coder is told the answer', async () => {
    await disputed();
    const first = await must(decideNew({ answer: { kind: 'old', antecedents: [letter.key(0)] } }));
    await contest(letter.person(1));
    expect(await bench('contested')).toMatchObject([{ unitId: letter.he, contests: 1 }]);
    expect(await contests(letter.person(0))).toEqual([]);
    expect(await contests(letter.person(1))).toMatchObject([
      { answer: null, coder: { name: `adjudication-${String(turn)}-coder1` } },
    ]);
    expect(await contests(manager)).toMatchObject([{ answer: null, coder: null }]);
    expect((await look()).contests).toMatchObject([{ reason: 'He is the postman.', coder: null }]);
    const answer = await must(decideNew({ reason: 'You are right.', supersedes: first.id }));
    expect(await contests(letter.person(1))).toMatchObject([
      { answer: { kind: 'decide', words: ['new: not named before'], reason: 'You are right.' } },
    ]);
    expect(await bench('contested')).toEqual([]);
    // What the bench has said to a contest is the last word.
    expect(await contest(letter.person(1))).toMatchObject({ status: 409 });
    // Taken back, the decision answers nothing any more.
    await must({ kind: 'reopen', supersedes: answer.id });
    expect(await contests(letter.person(1))).toMatchObject([{ answer: null }]);
  });
});
