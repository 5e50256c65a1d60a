import type { Lease, ProjectId, TaskId, ValidationLease, ValidationSubmission } from '@casebook/contracts';
import { routes, submissionIdSchema, validationRowSchema } from '@casebook/contracts';
import pg from 'pg';
import { uuidv7 } from 'uuidv7';
import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest';
import { advanceTask } from '../../apps/api/src/stages/advance.ts';
import { firstAdmin, type TestClient } from '../support/client.ts';
import { eventually } from '../support/collections.ts';
import type { TestInstance } from '../support/instance.ts';
import { startTestInstance } from '../support/instance.ts';
import { joinAs, makeProject } from '../support/people.ts';
import { makeOpenTask } from '../support/tasks.ts';

/** Three annotate a letter of five phrases; one of them takes the fourth, “He”, for somebody new. */

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
let taskId: TaskId;
let people: TestClient[];
/** People of a project made for each test; the first three annotate. */
const ANNOTATORS = 3;
const VALIDATORS = 4;
let turn = 0;
beforeEach(async () => {
  turn += 1;
  projectId = await makeProject(admin, `Conference ${String(turn)}`);
  people = await Promise.all(
    Array.from({ length: ANNOTATORS + VALIDATORS }, (_, index) =>
      joinAs(test, admin, projectId, `coder${String(index)}-${String(turn)}@example.org`, 'annotator'),
    ),
  );
});

function person(index: number): TestClient {
  const client = people[index];
  if (client === undefined) throw new Error(`there is nobody ${String(index)}`);
  return client;
}

async function openTask(conference: unknown): Promise<void> {
  const protocol = { conference, section: { kind: 'document' }, pass: { kind: 'steps' } } as never;
  ({ taskId } = await makeOpenTask(admin, projectId, 'coreference', { wanted: ANNOTATORS, protocol }));
}

const RULE = { kind: 'conference', validations: 2, cap: 3, certainty: 0.95 };

async function claim(client: TestClient): Promise<Lease> {
  const claimed = await client.must(routes.claim, { params: { projectId, taskId } });
  if (claimed.kind !== 'lease') throw new Error(`no section: ${claimed.reason}`);
  return claimed.lease;
}

const NEW = { kind: 'new' };
const old = (lease: Pick<Lease, 'units'>, index: number) => ({
  kind: 'old',
  antecedents: [lease.units[index]?.key ?? ''],
});

/** Annotates the letter; the coder with an eye of his own takes “He” for somebody new. */
async function annotate(client: TestClient, he: 'inspector' | 'new'): Promise<Lease> {
  const lease = await claim(client);
  const answers = [NEW, NEW, old(lease, 0), he === 'new' ? NEW : old(lease, 2), old(lease, 1)];
  for (const [index, unit] of lease.units.entries()) {
    await client.must(routes.submit, {
      params: { projectId, taskId },
      body: {
        submissionId: submissionIdSchema.parse(uuidv7()),
        unitId: unit.id,
        act: { kind: 'answer', answer: answers[index] ?? NEW },
        elapsedMs: 900,
      },
    });
  }
  await client.must(routes.finishLease, { params: { projectId, leaseId: lease.id } });
  return lease;
}

async function stages(): Promise<string[]> {
  const { rows } = await database.query<{ stage: string }>(
    'SELECT "stage" FROM "Section" WHERE "taskId" = $1 ORDER BY "position"',
    [taskId],
  );
  return rows.map(({ stage }) => stage);
}

const stageOfLetter = async (): Promise<string> => (await stages())[0] ?? '';

async function untilStage(stage: string): Promise<void> {
  await eventually(stageOfLetter, (now) => now === stage);
}

async function annotated(conference: unknown = RULE): Promise<void> {
  await openTask(conference);
  await annotate(person(0), 'inspector');
  await annotate(person(1), 'new');
  await annotate(person(2), 'inspector');
}

const claimToValidate = (client: TestClient) =>
  client.must(routes.claimValidation, { params: { projectId, taskId } });

async function toValidate(client: TestClient): Promise<ValidationLease> {
  const claimed = await claimToValidate(client);
  if (claimed.kind !== 'lease') throw new Error(`nothing to validate: ${claimed.reason}`);
  return claimed.lease;
}

/** The reading shown that is of a kind. */
function shown(lease: ValidationLease, kind: 'old' | 'new'): ValidationLease['shown'][number] {
  const found = lease.shown.find(({ answer }) => (answer as { kind: string }).kind === kind);
  if (found === undefined) throw new Error(`no reading of the kind ${kind} is shown`);
  return found;
}

function saying(
  reading: ValidationLease['shown'][number],
  verdict: ValidationSubmission['verdict'],
  more: Partial<ValidationSubmission> = {},
): ValidationSubmission {
  return {
    submissionId: submissionIdSchema.parse(uuidv7()),
    shownReadingId: reading.id,
    verdict,
    elapsedMs: 700,
    ...more,
  };
}

const submit = (client: TestClient, body: ValidationSubmission) =>
  client.call(routes.submitValidation, { params: { projectId, taskId }, body });

/** Validates with one of the two readings of “He” and against the other. */
async function validate(client: TestClient, right: 'old' | 'new'): Promise<ValidationLease> {
  const lease = await toValidate(client);
  const wrong = right === 'old' ? 'new' : 'old';
  const agreed = shown(lease, right);
  await client.must(routes.submitValidation, {
    params: { projectId, taskId },
    body: saying(shown(lease, wrong), 'disagree', { answer: agreed.answer }),
  });
  await client.must(routes.submitValidation, {
    params: { projectId, taskId },
    body: saying(agreed, 'agree'),
  });
  await client.must(routes.finishValidation, { params: { projectId, validationLeaseId: lease.id } });
  return lease;
}

interface OutcomeRow {
  readonly state: string;
  readonly uncertainty: number;
  readonly readings: {
    readonly answer: { readonly kind: string };
    readonly probability: number;
    readonly annotators: string[];
    readonly agreed: string[];
    readonly disagreed: string[];
    readonly gaveInstead: string[];
  }[];
}

/** What has become of the letter’s phrases, in reading order. */
async function outcomes(): Promise<OutcomeRow[]> {
  const { rows } = await database.query<OutcomeRow>(
    `SELECT o."state", o."uncertainty", o."readings" FROM "UnitOutcome" o
     JOIN "Unit" u ON u."projectId" = o."projectId" AND u."id" = o."unitId"
     JOIN "Section" s ON s."projectId" = o."projectId" AND s."id" = o."sectionId"
     WHERE o."taskId" = $1 AND s."position" = 0 ORDER BY u."position"`,
    [taskId],
  );
  return rows;
}

describe('a section that all its annotators have handed in', () => {
  it('is closed where they agree', async () => {
    await openTask(RULE);
    for (const index of [0, 1, 2]) await annotate(person(index), 'inspector');
    await untilStage('closed');
    expect((await outcomes()).map(({ state }) => state)).toEqual(Array(5).fill('agreed'));
  });

  it('stays with its annotators until the last of them is done', async () => {
    await openTask(RULE);
    await annotate(person(0), 'inspector');
    await annotate(person(1), 'new');
    await advanceTask(test.instance.services, { projectId, taskId });
    expect(await stageOfLetter()).toBe('annotation');
    expect(await claimToValidate(person(3))).toEqual({ kind: 'none', reason: 'none-left' });
  });

  it('goes to the adjudicator at once where no conference is held', async () => {
    await annotated({ kind: 'none' });
    await untilStage('adjudication');
    const [, , , he] = await outcomes();
    expect(he?.state).toBe('disputed');
    // Two of three by hand: .8² × .1 against .1² × .8 and .1³.
    expect(he?.readings[0]?.probability).toBeCloseTo(0.064 / (0.064 + 0.008 + 0.001), 12);
  });
});

describe('a conference', () => {
  it('shows each reading of what differs, and names nobody', async () => {
    await annotated();
    await untilStage('validation');
    const lease = await toValidate(person(3));
    expect(lease.shown.map(({ answer }) => (answer as { kind: string }).kind).sort()).toEqual(['new', 'old']);
    expect(new Set(lease.shown.map(({ unitId }) => unitId)).size).toBe(1);
    const told = JSON.stringify(lease);
    const { rows } = await database.query<{ id: string; name: string; judgement: string }>(
      `SELECT m."id", u."name", j."id" AS "judgement" FROM "Judgement" j
       JOIN "Member" m ON m."projectId" = j."projectId" AND m."id" = j."coderId"
       JOIN "User" u ON u."id" = m."userId" WHERE j."taskId" = $1`,
      [taskId],
    );
    expect(rows.length).toBeGreaterThan(0);
    for (const { id, name, judgement } of rows) {
      expect(told).not.toContain(id);
      expect(told).not.toContain(judgement);
      expect(told).not.toContain(name);
    }
    expect(told).not.toContain('gold');
  });

  it('is held by who has annotated nothing of the section, and by no more than are wanted', async () => {
    await annotated();
    await untilStage('validation');
    for (const index of [0, 1, 2]) {
      expect(await claimToValidate(person(index))).toEqual({ kind: 'none', reason: 'none-left' });
    }
    const claims = await Promise.all([3, 4, 5, 6].map((index) => claimToValidate(person(index))));
    expect(claims.filter(({ kind }) => kind === 'lease')).toHaveLength(2);
  });

  it('stores a verdict once, with the answer given instead, and asks for one of who disagrees', async () => {
    await annotated();
    await untilStage('validation');
    const lease = await toValidate(person(3));
    const wrong = shown(lease, 'new');
    expect(await submit(person(3), saying(wrong, 'disagree'))).toMatchObject({ status: 422 });
    const body = saying(wrong, 'disagree', { answer: shown(lease, 'old').answer });
    const [first, second] = await Promise.all([submit(person(3), body), submit(person(3), body)]);
    if (!first.ok || !second.ok) throw new Error('a verdict was refused');
    expect(second.body).toEqual(first.body);
    expect(await submit(person(3), { ...body, verdict: 'agree', answer: undefined })).toMatchObject({
      status: 422,
    });
    expect(await submit(person(3), saying(wrong, 'agree'))).toMatchObject({ status: 409 });
    const changed = saying(wrong, 'unsure', { supersedes: body.submissionId });
    expect(await submit(person(3), changed)).toMatchObject({ status: 200 });
    const { rows } = await database.query(
      `SELECT "verdict", "ownJudgementId" IS NOT NULL AS "own" FROM "Validation" WHERE "taskId" = $1 ORDER BY "id"`,
      [taskId],
    );
    expect(rows).toEqual([
      { verdict: 'disagree', own: true },
      { verdict: 'unsure', own: false },
    ]);
    const again = await person(3).must(routes.validationLease, {
      params: { projectId, validationLeaseId: lease.id },
    });
    expect(again.validations).toEqual([
      { shownReadingId: wrong.id, submissionId: changed.submissionId, verdict: 'unsure', comment: null },
    ]);
    expect(again.ownAnswers).toHaveLength(1);
  });

  it('counts an answer given instead only while its coder disagrees', async () => {
    await annotated({ ...RULE, cap: 2 });
    await untilStage('validation');
    const lease = await toValidate(person(3));
    const nobody = { kind: 'non-referring' };
    const against = lease.shown.map((reading) => saying(reading, 'disagree', { answer: nobody }));
    for (const body of against) await submit(person(3), body);
    for (const [place, reading] of lease.shown.entries()) {
      const supersedes = against[place]?.submissionId;
      if (supersedes !== undefined) await submit(person(3), saying(reading, 'unsure', { supersedes }));
    }
    const params = { projectId, validationLeaseId: lease.id };
    await person(3).must(routes.finishValidation, { params });
    await validate(person(4), 'old');
    await untilStage('adjudication');
    const outcome = async () => {
      const { rows } = await database.query<{ key: string; probability: number }>(
        `SELECT r ->> 'key' AS "key", (r ->> 'probability')::float8 AS "probability"
         FROM "UnitOutcome" o, jsonb_array_elements(o."readings") r WHERE o."unitId" = $1`,
        [lease.shown[0]?.unitId],
      );
      return rows;
    };
    const told = await outcome();
    expect(told.map(({ key }) => key)).not.toContain(JSON.stringify(['non-referring']));
    // Four votes of accuracy .8 over two readings and none of them: three for one, one for the other.
    const [right, one, no] = [0.8 ** 3 * 0.1, 0.1 ** 3 * 0.8, 0.1 ** 4];
    expect(told[0]?.probability).toBeCloseTo(right / (right + one + no), 9);
  });

  it('takes no answer that points ahead, and nothing from who does not validate the section', async () => {
    await annotated();
    await untilStage('validation');
    const lease = await toValidate(person(3));
    const ahead = { kind: 'old', antecedents: [lease.units[4]?.key ?? ''] };
    expect(await submit(person(3), saying(shown(lease, 'new'), 'disagree', { answer: ahead }))).toMatchObject(
      {
        status: 422,
      },
    );
    expect(await submit(person(0), saying(shown(lease, 'new'), 'agree'))).toMatchObject({ status: 404 });
    expect(await submit(person(5), saying(shown(lease, 'new'), 'agree'))).toMatchObject({ status: 404 });
  });

  it('is not over before every reading has a verdict', async () => {
    await annotated();
    await untilStage('validation');
    const lease = await toValidate(person(3));
    await submit(person(3), saying(shown(lease, 'old'), 'agree'));
    const params = { projectId, validationLeaseId: lease.id };
    expect(await person(3).call(routes.finishValidation, { params })).toMatchObject({ status: 409 });
  });

  it('settles what the validators agree on', async () => {
    await annotated();
    await untilStage('validation');
    await validate(person(3), 'old');
    await validate(person(4), 'old');
    await untilStage('closed');
    const [, , , he] = await outcomes();
    expect(he?.state).toBe('settled');
    const [best, other] = he?.readings ?? [];
    expect([best?.answer.kind, best?.annotators.length, best?.agreed.length]).toEqual(['old', 2, 2]);
    expect([other?.answer.kind, other?.annotators.length, other?.disagreed.length]).toEqual(['new', 1, 2]);
    // Four votes of five.
    expect(best?.probability).toBeCloseTo(
      (0.8 ** 4 * 0.1) / (0.8 ** 4 * 0.1 + 0.1 ** 4 * 0.8 + 0.1 ** 5),
      12,
    );
  });

  it('asks one more where it stays uncertain, and the adjudicator beyond the cap', async () => {
    await annotated();
    await untilStage('validation');
    await validate(person(3), 'new');
    await validate(person(4), 'old');
    // Three against two: one more validator is wanted.
    const third = await eventually(
      () => claimToValidate(person(5)),
      ({ kind }) => kind === 'lease',
    );
    if (third.kind !== 'lease') throw new Error('a section was expected');
    await validate(person(5), 'new');
    await untilStage('adjudication');
    const [, , , he] = await outcomes();
    expect(he?.state).toBe('disputed');
    expect(he?.readings.map(({ annotators, agreed }) => annotators.length + agreed.length)).toEqual([3, 3]);
    expect(await claimToValidate(person(6))).toEqual({ kind: 'none', reason: 'none-left' });
  });

  it('is not held where too few are left who have not annotated the section', async () => {
    for (const index of [4, 5, 6]) {
      await database.query(
        `UPDATE "Member" SET "disabledAt" = now() WHERE "projectId" = $1 AND "userId" = (
           SELECT "id" FROM "User" WHERE "email" = $2)`,
        [projectId, `coder${String(index)}-${String(turn)}@example.org`],
      );
    }
    await annotated();
    await untilStage('adjudication');
  });

  it('keeps apart what an annotator changes once it has begun', async () => {
    await annotated();
    await untilStage('validation');
    const { rows } = await database.query<{ submissionId: string; unitId: string }>(
      `SELECT j."submissionId", j."unitId" FROM "Judgement" j JOIN "Unit" u ON u."id" = j."unitId"
       WHERE j."taskId" = $1 AND j."answer"->>'kind' = 'new' AND u."position" = 3`,
      [taskId],
    );
    const [mine] = rows;
    if (mine === undefined) throw new Error('nobody took “He” for new');
    await person(1).must(routes.submit, {
      params: { projectId, taskId },
      body: {
        submissionId: submissionIdSchema.parse(uuidv7()),
        unitId: mine.unitId,
        act: { kind: 'answer', answer: { kind: 'non-referring' } },
        supersedes: mine.submissionId,
        elapsedMs: 500,
      },
    });
    const stored = await database.query<{ informed: boolean }>(
      `SELECT "informed" FROM "Judgement" WHERE "unitId" = $1 AND "coderId" = (
         SELECT "coderId" FROM "Judgement" WHERE "submissionId" = $2) ORDER BY "receivedAt"`,
      [mine.unitId, mine.submissionId],
    );
    expect(stored.rows).toEqual([{ informed: false }, { informed: true }]);
    await validate(person(3), 'old');
    await validate(person(4), 'old');
    await untilStage('closed');
    const [, , , he] = await outcomes();
    expect(he?.readings.map(({ answer, annotators }) => [answer.kind, annotators.length])).toEqual([
      ['old', 2],
      ['new', 1],
    ]);
  });

  it('leaves agreement as the annotators made it', async () => {
    await annotated();
    await untilStage('validation');
    await validate(person(3), 'old');
    await validate(person(4), 'old');
    await untilStage('closed');
    const { latest } = await eventually(
      () => admin.must(routes.agreement, { params: { projectId, taskId } }),
      ({ latest: computed, pending }) => computed !== null && !pending,
    );
    expect(latest?.judgements).toBe(15);
    // What validators answered instead is a judgement, and counted neither as progress nor by guideline version.
    const { counts } = await admin.must(routes.task, { params: { projectId, taskId } });
    expect(counts).toMatchObject({ judgements: 15, validations: 4 });
    const use = await admin.must(routes.guidelineUse, { params: { projectId } });
    expect(use.reduce((sum, { judgements }) => sum + judgements, 0)).toBe(15);
    expect(latest?.views[0]?.coders).toHaveLength(3);
  });
});

it('moving on twice is moving on once', async () => {
  await annotated();
  await untilStage('validation');
  const before = await outcomes();
  await advanceTask(test.instance.services, { projectId, taskId });
  await advanceTask(test.instance.services, { projectId, taskId });
  expect(await outcomes()).toEqual(before);
  const { rows } = await database.query('SELECT 1 FROM "ShownReading" WHERE "taskId" = $1', [taskId]);
  expect(rows).toHaveLength(2);
});

describe('what is seen of a conference', () => {
  const deskOf = async (index: number) => {
    const desk = await person(index).must(routes.desk);
    return desk.find((one) => one.taskId === taskId)?.conference;
  };

  it('lies on the desks of those who may hold it, with how many readings wait', async () => {
    await annotated();
    await untilStage('validation');
    expect(await deskOf(3)).toEqual({ available: true, inHand: false, readings: 2 });
    expect(await deskOf(0)).toEqual({ available: false, inHand: false, readings: 0 });
    const lease = await toValidate(person(3));
    await submit(person(3), saying(shown(lease, 'old'), 'agree'));
    expect(await deskOf(3)).toEqual({ available: true, inHand: true, readings: 1 });
    await toValidate(person(4));
    expect(await deskOf(5)).toEqual({ available: false, inHand: false, readings: 0 });
    await admin.must(routes.changeTask, { params: { projectId, taskId }, body: { state: 'paused' } });
    expect(await deskOf(3)).toMatchObject({ available: true, inHand: true });
    await database.query(
      `UPDATE "ValidationLease" SET "expiresAt" = now() - interval '1 minute' WHERE "taskId" = $1`,
      [taskId],
    );
    await admin.must(routes.changeTask, { params: { projectId, taskId }, body: { state: 'open' } });
    // Places that lapsed can be had again, as a claim finds them.
    expect(await deskOf(5)).toEqual({ available: true, inHand: false, readings: 2 });
    expect(await claimToValidate(person(5))).toMatchObject({ kind: 'lease' });
  });

  it('gives a place that another is just freeing to whoever claims it meanwhile', async () => {
    await annotated();
    await untilStage('validation');
    await toValidate(person(3));
    await toValidate(person(4));
    await database.query(
      `UPDATE "ValidationLease" SET "expiresAt" = now() - interval '1 minute' WHERE "taskId" = $1`,
      [taskId],
    );
    const other = new pg.Client({ connectionString: test.databaseUrl });
    await other.connect();
    try {
      await other.query('BEGIN');
      await other.query('SELECT lapse_validations($1, $2)', [projectId, taskId]);
      const claimed = claimToValidate(person(5));
      const waiting = async (): Promise<number> =>
        (
          await database.query(
            `SELECT 1 FROM pg_stat_activity WHERE "wait_event_type" = 'Lock' AND "query" LIKE '%claim_validation%'`,
          )
        ).rows.length;
      await eventually(waiting, (count) => count > 0);
      await other.query('COMMIT');
      expect(await claimed).toMatchObject({ kind: 'lease' });
    } finally {
      await other.end();
    }
  });

  it('managers see: stages, validators, and how far they are', async () => {
    await annotated();
    await untilStage('validation');
    const first = await validate(person(3), 'old');
    const second = await toValidate(person(4));
    const task = await admin.must(routes.task, { params: { projectId, taskId } });
    expect(task.counts).toMatchObject({
      stages: { annotation: 1, validation: 1, adjudication: 0, closed: 0 },
      validations: 2,
    });
    const { rows } = await admin.must(routes.sections, { params: { projectId, taskId } });
    expect(rows.map(({ stage, validatorsWanted }) => [stage, validatorsWanted])).toEqual([
      ['validation', 2],
      ['annotation', 0],
    ]);
    expect(rows[0]?.validationLeases).toMatchObject([
      { id: first.id, coder: `coder3-${String(turn)}`, state: 'finished', judged: 2, readings: 2 },
      { id: second.id, coder: `coder4-${String(turn)}`, state: 'active', judged: 0, readings: 2 },
    ]);
    // Nothing of it is for coders.
    expect(await person(3).call(routes.sections, { params: { projectId, taskId } })).toMatchObject({
      status: 404,
    });
  });

  it('is progress, which whoever watches is told of', async () => {
    await annotated();
    await untilStage('validation');
    const lease = await toValidate(person(3));
    const over = new AbortController();
    const response = await admin.fetch(`/projects/${projectId}/events`, { signal: over.signal });
    const reader = response.body?.pipeThrough(new TextDecoderStream()).getReader();
    const until = async (words: string): Promise<void> => {
      for (let heard = ''; !heard.includes(words);) heard += (await reader?.read())?.value ?? '';
    };
    await until('event: watching');
    await submit(person(3), saying(shown(lease, 'old'), 'agree'));
    await until(`event: progress\ndata: {"taskId":"${taskId}"}`);
    over.abort();
  });

  it('can be taken out, each verdict with the reading that it was on', async () => {
    await annotated();
    await untilStage('validation');
    const lease = await toValidate(person(3));
    const [right, wrong] = [shown(lease, 'old'), shown(lease, 'new')];
    const rash = saying(wrong, 'agree');
    await submit(person(3), rash);
    await submit(person(3), saying(right, 'agree', { comment: 'plainly he' }));
    await submit(
      person(3),
      saying(wrong, 'disagree', { answer: right.answer, supersedes: rash.submissionId }),
    );
    const take = async (query: string): Promise<string> => {
      const response = await admin.fetch(`/projects/${projectId}/validations?task=${taskId}${query}`);
      expect(response.status).toBe(200);
      return response.text();
    };
    const parsed = (text: string) =>
      text
        .trimEnd()
        .split('\n')
        .map((line) => validationRowSchema.parse(JSON.parse(line)));
    const standing = parsed(await take(''));
    expect(standing).toMatchObject([
      { verdict: 'agree', shownAnswer: right.answer, comment: 'plainly he', ownAnswer: null, round: 1 },
      { verdict: 'disagree', shownAnswer: { kind: 'new' }, ownAnswer: right.answer, superseded: false },
    ]);
    const judgements = await (await admin.fetch(`/projects/${projectId}/judgements?task=${taskId}`)).text();
    for (const { shownJudgement } of standing) expect(judgements).toContain(`{"id":"${shownJudgement}"`);
    expect(judgements).toContain(`{"id":"${standing[1]?.ownJudgement ?? ''}"`);
    const all = parsed(await take('&include=superseded,extra'));
    expect(all.map(({ superseded }) => superseded)).toEqual([true, false, false]);
    expect(all[2]?.supersedes).toBe(all[0]?.id);
    const [head, ...lines] = (await take('&format=csv&include=superseded')).trimEnd().split(/\r?\n/u);
    expect(head).toContain('verdict');
    expect(lines).toHaveLength(3);
    const cut = await admin.fetch(`/projects/${projectId}/validations?task=${taskId}&limit=1`);
    expect(parsed(await cut.text())).toEqual(standing.slice(0, 1));
    expect(cut.headers.get('x-casebook-next')).toBe(standing[0]?.id);
  });
});
