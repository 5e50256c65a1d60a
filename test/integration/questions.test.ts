import { questionIdSchema, routes } from '@casebook/contracts';
import type { Lease, ProjectId, QuestionId, TaskId } from '@casebook/contracts';
import pg from 'pg';
import { uuidv7 } from 'uuidv7';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { firstAdmin } from '../support/client.ts';
import type { TestClient } from '../support/client.ts';
import type { TestInstance } from '../support/instance.ts';
import { startTestInstance } from '../support/instance.ts';
import { catchMail, type MailCatcher } from '../support/mail.ts';
import { joinAs, makeProject } from '../support/people.ts';
import { makeOpenTask } from '../support/tasks.ts';

let mail: MailCatcher;
let test: TestInstance;
let manager: TestClient;
let bea: TestClient;
let cy: TestClient;
let projectId: ProjectId;
let taskId: TaskId;
let lease: Lease;
beforeAll(async () => {
  mail = await catchMail();
  test = await startTestInstance({ smtpUrl: mail.url });
  manager = await firstAdmin(test);
  projectId = await makeProject(manager);
  ({ taskId } = await makeOpenTask(manager, projectId, 'coreference'));
  bea = await joinAs(test, manager, projectId, 'bea@example.org', 'annotator');
  cy = await joinAs(test, manager, projectId, 'cy@example.org', 'annotator');
  const claimed = await bea.must(routes.claim, { params: { projectId, taskId } });
  if (claimed.kind !== 'lease') throw new Error(claimed.reason);
  ({ lease } = claimed);
});
afterAll(async () => {
  await test.stop();
  await mail.stop();
});

const newId = (): QuestionId => questionIdSchema.parse(uuidv7());
const inProject = () => ({ params: { projectId } });
const of = (questionId: QuestionId) => ({ params: { projectId, questionId } });
const unitAt = (place: number) => {
  const unit = lease.units[place];
  if (unit === undefined) throw new Error('the section is shorter');
  return unit;
};

async function submit(coder: TestClient, unitId: string, answer: { kind: 'new' | 'non-referring' }) {
  await coder.must(routes.submit, {
    params: { projectId, taskId },
    body: { submissionId: uuidv7(), unitId, act: { kind: 'answer', answer }, elapsedMs: 900 },
  });
}

describe('a question about a unit', () => {
  const id = newId();

  it('is asked once, however often it is sent', async () => {
    const body = { questionId: id, unitId: unitAt(0).id, text: 'Is his rank part of it?' };
    const asked = await bea.must(routes.ask, { ...inProject(), body });
    expect(asked).toMatchObject({ id, text: body.text, answers: [], unit: { label: 'Inspector Harrow' } });
    expect(await bea.must(routes.ask, { ...inProject(), body })).toEqual(asked);
    const other = await bea.call(routes.ask, { ...inProject(), body: { ...body, text: 'Or not?' } });
    expect(other).toMatchObject({ ok: false, status: 409, problem: { type: 'urn:casebook:asked-already' } });
    const thief = await cy.call(routes.ask, { ...inProject(), body: { ...body, unitId: null } });
    expect(thief).toMatchObject({ ok: false, status: 409 });
    expect(await bea.must(routes.questions, inProject())).toHaveLength(1);
  });

  it('can’t be asked of a unit that the asker was never lent', async () => {
    const body = { questionId: newId(), unitId: unitAt(0).id, text: 'What is this?' };
    expect(await cy.call(routes.ask, { ...inProject(), body })).toMatchObject({ ok: false, status: 404 });
  });

  it('shows the manager what its asker says of the unit at present, and nobody else’s answer', async () => {
    const claimed = await cy.must(routes.claim, { params: { projectId, taskId } });
    expect(claimed).toMatchObject({ kind: 'lease', lease: { section: { id: lease.section.id } } });
    await submit(cy, unitAt(0).id, { kind: 'non-referring' });
    expect((await manager.must(routes.question, of(id))).unit?.ownAnswer).toBeNull();
    await submit(bea, unitAt(0).id, { kind: 'new' });
    const seen = await manager.must(routes.question, of(id));
    expect(seen).toMatchObject({ asker: { name: 'bea' }, unit: { ownAnswer: 'new: not named before' } });
    expect(await bea.must(routes.question, of(id))).toEqual(seen);
  });

  it('is nothing that other coders could see', async () => {
    expect(await cy.must(routes.questions, inProject())).toEqual([]);
    expect(await cy.call(routes.question, of(id))).toMatchObject({ ok: false, status: 404 });
    expect(await cy.call(routes.seeAnswers, of(id))).toMatchObject({ ok: false, status: 404 });
  });

  it('lies on the manager’s desk until it is answered, and its answer on the asker’s until it is read', async () => {
    const desk = async (who: TestClient) => who.must(routes.deskQuestions);
    expect(await desk(manager)).toMatchObject({ answered: [], open: [{ projectId, questions: 1 }] });
    expect(await desk(bea)).toEqual({ answered: [], open: [] });
    const text = 'Yes: the longest phrase.';
    const answered = await manager.must(routes.answerQuestion, { ...of(id), body: { text } });
    expect(answered.answers).toMatchObject([{ text, author: 'Ada Admin', seen: false }]);
    expect(await desk(manager)).toEqual({ answered: [], open: [] });
    expect(await desk(bea)).toMatchObject({ answered: [{ projectId, answers: 1 }], open: [] });
    expect(await desk(cy)).toEqual({ answered: [], open: [] });
    await bea.must(routes.seeAnswers, of(id));
    await bea.must(routes.seeAnswers, of(id));
    expect(await desk(bea)).toEqual({ answered: [], open: [] });
    expect((await manager.must(routes.question, of(id))).answers).toMatchObject([{ seen: true }]);
  });

  it('is no coder’s to answer', async () => {
    const call = { ...of(id), body: { text: 'I would say no.' } };
    expect(await bea.call(routes.answerQuestion, call)).toMatchObject({ ok: false, status: 403 });
    expect(await cy.call(routes.answerQuestion, call)).toMatchObject({ ok: false, status: 403 });
  });
});

describe('questions', () => {
  it('stand in order: the open ones first, then the newest', async () => {
    const body = { questionId: newId(), unitId: null, text: 'Are titles names?' };
    await cy.must(routes.ask, { ...inProject(), body });
    const all = await manager.must(routes.questions, inProject());
    expect(all.map(({ text, answers }) => [text, answers.length])).toEqual([
      ['Are titles names?', 0],
      ['Is his rank part of it?', 1],
    ]);
  });

  it('are answered by mail where their asker is away, and only then', async () => {
    const database = new pg.Client({ connectionString: test.databaseUrl });
    await database.connect();
    for (const invited of ['bea@example.org', 'cy@example.org']) await mail.next(invited);
    const ask = async (who: TestClient) => {
      const { id } = await who.must(routes.ask, {
        ...inProject(),
        body: { questionId: newId(), unitId: null, text: 'And pronouns?' },
      });
      return id;
    };
    try {
      const [ofBea, ofCy] = [await ask(bea), await ask(cy)];
      await database.query(
        `UPDATE "Session" s SET "lastSeenAt" = now() - interval '1 hour' FROM "User" u WHERE u."id" = s."userId" AND u."email" = 'cy@example.org'`,
      );
      for (const id of [ofBea, ofCy])
        await manager.must(routes.answerQuestion, { ...of(id), body: { text: 'Names of nothing else.' } });
      const sent = await mail.next('cy@example.org');
      expect(sent).toContain(`/projects/${projectId}/questions/${ofCy}`);
      // The answer itself stays in the project.
      expect(sent).not.toContain('Names of nothing else');
      await expect(mail.next('bea@example.org')).rejects.toThrow('no mail');
    } finally {
      await database.end();
    }
  });
});

describe('decisions', () => {
  it('are numbered, say nothing of the asker, and are everybody’s to read', async () => {
    const [asked] = await bea.must(routes.questions, inProject());
    const body = {
      question: 'Does a rank belong to the phrase?',
      answer: 'Yes.',
      phrase: 'Inspector Harrow',
    };
    await manager.must(routes.publishDecision, {
      ...inProject(),
      body: { ...body, ...(asked === undefined ? {} : { questionId: asked.id }) },
    });
    await manager.must(routes.publishDecision, {
      ...inProject(),
      body: { question: 'Are titles names?', answer: 'No.' },
    });
    const read = await cy.must(routes.decisions, inProject());
    expect(read.map(({ number }) => number)).toEqual([2, 1]);
    expect(read[1]).toMatchObject({ ...body, author: 'Ada Admin', withdrawal: null });
    expect(JSON.stringify(read)).not.toMatch(/bea|questionId/iu);
    const again = await manager.must(routes.questions, inProject());
    expect(again.find(({ id }) => id === asked?.id)?.decisions).toEqual([1]);
  });

  it('are withdrawn once, and stay with the reason', async () => {
    const call = { params: { projectId, number: 2 }, body: { reason: 'Some are.' } };
    expect(await bea.call(routes.withdrawDecision, call)).toMatchObject({ ok: false, status: 403 });
    const struck = await manager.must(routes.withdrawDecision, call);
    expect(struck).toMatchObject({ number: 2, answer: 'No.', withdrawal: { reason: 'Some are.' } });
    expect(await manager.call(routes.withdrawDecision, call)).toMatchObject({ ok: false, status: 409 });
    expect((await bea.must(routes.decisions, inProject()))[0]).toEqual(struck);
    const { rows } = await manager.must(routes.audit, inProject());
    const actions = rows.map(({ action }) => action).filter((action) => action.startsWith('decision.'));
    expect(actions).toEqual(['decision.withdrawn', 'decision.published', 'decision.published']);
  });

  it('are published by managers only, and not about another project’s question', async () => {
    const body = { question: 'Why?', answer: 'So.' };
    expect(await bea.call(routes.publishDecision, { ...inProject(), body })).toMatchObject({ status: 403 });
    const elsewhere = { ...body, questionId: newId() };
    const call = await manager.call(routes.publishDecision, { ...inProject(), body: elsewhere });
    expect(call).toMatchObject({ ok: false, status: 422 });
  });

  it('and everything asked or answered can’t be changed in the database', async () => {
    const database = new pg.Client({ connectionString: test.databaseUrl });
    await database.connect();
    try {
      for (const table of ['Question', 'QuestionAnswer', 'AnswerSeen', 'Decision', 'DecisionWithdrawal']) {
        for (const statement of [`UPDATE "${table}" SET "projectId" = "projectId"`, `DELETE FROM "${table}"`])
          await expect(database.query(statement)).rejects.toThrow('append-only');
        await expect(database.query(`TRUNCATE "${table}" CASCADE`)).rejects.toThrow('append-only');
      }
    } finally {
      await database.end();
    }
  });
});
