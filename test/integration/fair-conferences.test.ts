import type { ValidationLease } from '@casebook/contracts';
import { memberIdSchema, routes, sectionIdSchema, submissionIdSchema } from '@casebook/contracts';
import pg from 'pg';
import { uuidv7 } from 'uuidv7';
import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest';
import { VERDICT_COUNTS } from '../../apps/api/src/readings/counted.ts';
import { advanceTask } from '../../apps/api/src/stages/advance.ts';
import { firstAdmin, type TestClient } from '../support/client.ts';
import { eventually } from '../support/collections.ts';
import type { TestInstance } from '../support/instance.ts';
import { startTestInstance } from '../support/instance.ts';
import { LetterCase } from '../support/letter-case.ts';
import { makePlannedTask, taskWish } from '../support/tasks.ts';

/** Conferences end though a validator stays away, and only those vote in them who know nothing yet. */

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
let letter: LetterCase;
beforeEach(() => {
  turn += 1;
});

const RULE = { kind: 'conference', validations: 1, cap: 1, certainty: 0.999 };

/** A letter that three have annotated, of whom one takes “He” for somebody new. */
async function annotated(people: number, conference: unknown = RULE): Promise<void> {
  letter = await LetterCase.open(test, admin, `Fair ${String(turn)}`, { people, wanted: 3, conference });
  await letter.annotate(0, 'inspector');
  await letter.annotate(1, 'new');
  await letter.annotate(2, 'inspector');
}

async function row<Row extends pg.QueryResultRow>(sql: string, ...more: unknown[]): Promise<Row> {
  const { rows } = await database.query<Row>(sql, [letter.taskId, ...more]);
  const [first] = rows;
  if (first === undefined) throw new Error(`nothing comes of ${sql}`);
  return first;
}

const section = () =>
  row<{ id: string; stage: string }>(
    'SELECT "id", "stage" FROM "Section" WHERE "taskId" = $1 ORDER BY "position" LIMIT 1',
  );
const untilStage = (stage: string) => eventually(section, (now) => now.stage === stage);

async function toValidate(index: number): Promise<ValidationLease> {
  const claimed = await letter.person(index).must(routes.claimValidation, { params: letter });
  if (claimed.kind !== 'lease') throw new Error(`nothing to validate: ${claimed.reason}`);
  return claimed.lease;
}

async function memberId(index: number): Promise<string> {
  const { memberships } = await letter.person(index).must(routes.session);
  return memberIdSchema.parse(memberships[0]?.memberId);
}

const agree = (reading: ValidationLease['shown'][number] | undefined, supersedes?: string) => ({
  params: letter,
  body: {
    submissionId: submissionIdSchema.parse(uuidv7()),
    shownReadingId: reading?.id ?? ('' as never),
    verdict: 'agree' as const,
    elapsedMs: 500,
    ...(supersedes === undefined ? {} : { supersedes: submissionIdSchema.parse(supersedes) }),
  },
});

async function sendBack(): Promise<string> {
  const { stage } = await admin.must(routes.adjudicate, {
    params: { projectId: letter.projectId, unitId: letter.he },
    body: { kind: 'send-back', supersedes: null },
  });
  return stage;
}

describe('a validator who stays away', () => {
  it('holds nobody up once the time is over and nobody else is left', async () => {
    await annotated(4);
    await untilStage('validation');
    const lease = await toValidate(3);
    await database.query(
      `UPDATE "ValidationLease" SET "expiresAt" = now() - interval '1 minute' WHERE "id" = $1`,
      [lease.id],
    );
    await advanceTask(test.instance.services, letter);
    expect((await section()).stage).toBe('adjudication');
  });

  it('may take the place again while another could still have it', async () => {
    await annotated(5);
    await untilStage('validation');
    const lease = await toValidate(3);
    await database.query(
      `UPDATE "ValidationLease" SET "expiresAt" = now() - interval '1 minute' WHERE "id" = $1`,
      [lease.id],
    );
    await advanceTask(test.instance.services, letter);
    expect((await section()).stage).toBe('validation');
    expect((await toValidate(3)).id).toBe(lease.id);
  });

  it('can be relieved by a manager, on record, and is not asked again', async () => {
    await annotated(4);
    await untilStage('validation');
    const lease = await toValidate(3);
    const params = { projectId: letter.projectId, validationLeaseId: lease.id };
    expect((await letter.person(3).call(routes.reclaimValidationLease, { params })).status).toBe(403);
    await admin.must(routes.reclaimValidationLease, { params });
    await untilStage('adjudication');
    expect((await admin.call(routes.reclaimValidationLease, { params })).status).toBe(409);
    const { rows } = await admin.must(routes.audit, { params: { projectId: letter.projectId } });
    expect(rows.map(({ action }) => action)).toContain('validation-lease.reclaimed');
  });
});

describe('a verdict is kept and counts for nothing', () => {
  it('where its validator could see meanwhile what became of the section', async () => {
    await annotated(5);
    await untilStage('validation');
    const lease = await toValidate(3);
    await letter.validate(3, 'new');
    await untilStage('adjudication');
    expect(await sendBack()).toBe('validation');
    const { shown, validations } = await letter
      .person(3)
      .must(routes.validationLease, { params: { projectId: letter.projectId, validationLeaseId: lease.id } });
    const other = shown.find(({ answer }) => (answer as { kind: string }).kind === 'old');
    const earlier = validations.find(({ shownReadingId }) => shownReadingId === other?.id);
    const second = await letter
      .person(3)
      .must(routes.submitValidation, agree(other, earlier?.submissionId ?? ''));
    expect(second.extra).toBe(true);
    // Whoever is asked first now has a vote.
    const first = await toValidate(4);
    const receipt = await letter.person(4).must(routes.submitValidation, agree(first.shown[0]));
    expect(receipt.extra).toBe(false);
  });

  it('where its validator has become a manager', async () => {
    await annotated(4);
    await untilStage('validation');
    const lease = await toValidate(3);
    await admin.must(routes.changeMember, {
      params: { projectId: letter.projectId, memberId: memberIdSchema.parse(await memberId(3)) },
      body: { role: 'manager' },
    });
    const receipt = await letter.person(3).must(routes.submitValidation, agree(lease.shown[0]));
    expect(receipt.extra).toBe(true);
  });
});

it('the last verdict with a vote is the only one that counts, whatever stands between it and an earlier one', async () => {
  await annotated(4);
  await untilStage('validation');
  const lease = await toValidate(3);
  const params = { projectId: letter.projectId, memberId: memberIdSchema.parse(await memberId(3)) };
  const say = async (verdict: 'agree' | 'unsure', supersedes?: string) => {
    const { body } = agree(lease.shown[0], supersedes);
    return letter.person(3).must(routes.submitValidation, { params: letter, body: { ...body, verdict } });
  };
  const first = await say('agree');
  await admin.must(routes.changeMember, { params, body: { role: 'manager' } });
  const second = await say('unsure', first.submissionId);
  await admin.must(routes.changeMember, { params, body: { role: 'annotator' } });
  const third = await say('unsure', second.submissionId);
  expect([first, second, third].map(({ extra }) => extra)).toEqual([false, true, false]);
  const { rows } = await database.query<{ verdict: string }>(
    `SELECT v."verdict" FROM "Validation" v WHERE v."taskId" = $1 AND ${VERDICT_COUNTS}`,
    [letter.taskId],
  );
  expect(rows).toEqual([{ verdict: 'unsure' }]);
});

describe('whoever was shown readings of a section', () => {
  /** One more annotator is wanted, whoever it may be. */
  async function wanted(): Promise<void> {
    await annotated(4);
    await untilStage('validation');
    await toValidate(3);
    await database.query('UPDATE "Section" SET "wanted" = "wanted" + 1 WHERE "taskId" = $1', [letter.taskId]);
  }

  it('is handed another section to annotate, and not this one', async () => {
    await wanted();
    const { id } = await section();
    const sections: string[] = [];
    for (;;) {
      const claimed = await letter.person(3).must(routes.claim, { params: letter });
      if (claimed.kind === 'none') break;
      sections.push(claimed.lease.section.id);
      await admin.must(routes.reclaimLease, {
        params: { projectId: letter.projectId, leaseId: claimed.lease.id },
      });
    }
    expect(sections.length).toBeGreaterThan(0);
    expect(sections).not.toContain(id);
  });

  it('is not given it by a manager either', async () => {
    await wanted();
    const { id } = await section();
    const gift = {
      sectionId: sectionIdSchema.parse(id),
      memberId: memberIdSchema.parse(await memberId(3)),
      deadline: null,
    };
    expect(await admin.call(routes.giveLease, { params: letter, body: gift })).toMatchObject({
      status: 409,
      problem: { type: 'urn:casebook:validated-already' },
    });
  });
});

it('an untrained coder validates nothing, and is not counted on', async () => {
  await annotated(4);
  await untilStage('validation');
  const { collectionId } = await admin.must(routes.task, { params: letter });
  const training = await makePlannedTask(
    admin,
    letter.projectId,
    taskWish('coreference', collectionId, { phase: 'training' }),
  );
  await database.query('UPDATE "Task" SET "trainingTaskId" = $2 WHERE "id" = $1', [
    letter.taskId,
    training.id,
  ]);
  expect(await letter.person(3).must(routes.claimValidation, { params: letter })).toEqual({
    kind: 'none',
    reason: 'training-needed',
    trainingTaskId: training.id,
  });
  const desk = await letter.person(3).must(routes.desk);
  expect(desk.find(({ taskId }) => taskId === letter.taskId)?.conference.available).toBe(false);
  await advanceTask(test.instance.services, letter);
  expect((await section()).stage).toBe('adjudication');
});

it('a section that another is just taking does not hide the next one', async () => {
  await annotated(5);
  await letter.annotate(0, 'inspector');
  await untilStage('validation');
  // The other letter lies with a conference too.
  await database.query(
    `INSERT INTO "ShownReading" ("projectId", "taskId", "sectionId", "id", "unitId", "judgementId", "round", "position")
     SELECT DISTINCT ON (s."id") s."projectId", s."taskId", s."id", uuidv7(), j."unitId", j."id", 1, 0
     FROM "Section" s JOIN "Judgement" j ON j."projectId" = s."projectId" AND j."sectionId" = s."id"
     WHERE s."taskId" = $1 AND s."position" = 1`,
    [letter.taskId],
  );
  await database.query(
    `UPDATE "Section" SET "stage" = 'validation', "validatorsWanted" = 1 WHERE "taskId" = $1 AND "position" = 1`,
    [letter.taskId],
  );
  const { id } = await section();
  await database.query('BEGIN');
  await database.query('UPDATE "Section" SET "validatorsTaken" = "validatorsWanted" WHERE "id" = $1', [id]);
  const claiming = toValidate(3);
  await new Promise((resolve) => setTimeout(resolve, 300));
  await database.query('COMMIT');
  expect((await claiming).section.id).not.toBe(id);
});

describe('a section that came back to its annotators', () => {
  async function answerAnew(index: number): Promise<boolean> {
    const own = await row<{ submissionId: string }>(
      `SELECT "submissionId" FROM "Judgement" WHERE "taskId" = $1 AND "unitId" = $2 AND "coderId" = $3`,
      letter.he,
      await memberId(index),
    );
    const submissionId = submissionIdSchema.parse(uuidv7());
    await letter.person(index).must(routes.submit, {
      params: letter,
      body: {
        submissionId,
        unitId: letter.he,
        act: { kind: 'answer', answer: { kind: 'non-referring' } },
        supersedes: submissionIdSchema.parse(own.submissionId),
        elapsedMs: 400,
      },
    });
    const stored = await row<{ informed: boolean }>(
      'SELECT "informed" FROM "Judgement" WHERE "taskId" = $1 AND "submissionId" = $2',
      submissionId,
    );
    return stored.informed;
  }

  it('takes what they change for informed, and what a new one says for his own', async () => {
    await annotated(4, { kind: 'none' });
    await untilStage('adjudication');
    expect(await sendBack()).toBe('annotation');
    expect(await answerAnew(1)).toBe(true);
    await letter.annotate(3, 'new');
    const { informed } = await row<{ informed: boolean }>(
      'SELECT "informed" FROM "Judgement" WHERE "taskId" = $1 AND "unitId" = $2 AND "coderId" = $3',
      letter.he,
      await memberId(3),
    );
    expect(informed).toBe(false);
  });

  it('takes everything for informed that comes from who has opened its explanation', async () => {
    await annotated(4, { kind: 'none' });
    await untilStage('adjudication');
    await sendBack();
    await database.query(
      'INSERT INTO "ExplanationShown" ("projectId", "sectionId", "memberId") VALUES ($1, $2, $3)',
      [letter.projectId, (await section()).id, await memberId(3)],
    );
    await letter.annotate(3, 'new');
    const { rows } = await database.query<{ informed: boolean }>(
      'SELECT DISTINCT "informed" FROM "Judgement" WHERE "taskId" = $1 AND "coderId" = $2',
      [letter.taskId, await memberId(3)],
    );
    expect(rows).toEqual([{ informed: true }]);
  });
});
