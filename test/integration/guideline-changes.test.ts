import { questionIdSchema, routes, submissionIdSchema } from '@casebook/contracts';
import type { Lease, ProjectId, TaskId } from '@casebook/contracts';
import { uuidv7 } from 'uuidv7';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { firstAdmin } from '../support/client.ts';
import type { TestClient } from '../support/client.ts';
import type { TestInstance } from '../support/instance.ts';
import { startTestInstance } from '../support/instance.ts';
import { joinAs, makeProject } from '../support/people.ts';
import { makeOpenTask } from '../support/tasks.ts';

let test: TestInstance;
let manager: TestClient;
let bea: TestClient;
let projectId: ProjectId;
let taskId: TaskId;
beforeAll(async () => {
  test = await startTestInstance();
  manager = await firstAdmin(test);
  projectId = await makeProject(manager);
  ({ taskId } = await makeOpenTask(manager, projectId, 'similarity-rating'));
  bea = await joinAs(test, manager, projectId, 'bea@example.org', 'annotator');
});
afterAll(async () => {
  await test.stop();
});

async function write(markdown: string, note: string): Promise<void> {
  await manager.must(routes.writeGuideline, { params: { projectId }, body: { markdown, note } });
}

async function claimed(who: TestClient, task: TaskId): Promise<Lease> {
  const claim = await who.must(routes.claim, { params: { projectId, taskId: task } });
  if (claim.kind !== 'lease') throw new Error(claim.reason);
  return claim.lease;
}

async function rate(lease: Lease, place: number): Promise<void> {
  const unitId = lease.units[place]?.id;
  if (unitId === undefined) throw new Error('the block is shorter');
  await bea.must(routes.submit, {
    params: { projectId, taskId: lease.taskId },
    body: {
      submissionId: submissionIdSchema.parse(uuidv7()),
      unitId,
      act: { kind: 'answer', answer: { kind: 'rating', value: 3 } },
      elapsedMs: 900,
    },
  });
}

const news = () => bea.must(routes.guidelineChanges, { params: { projectId } });

describe('guidelines that change', () => {
  it('are no news to whoever begins under them', async () => {
    await write('# Aim\n\nRate what they mean.', 'The first.');
    const lease = await claimed(bea, taskId);
    expect(lease.guidelineVersion).toBe(1);
    expect(await news()).toEqual({ from: 1, to: 1, notes: [], changes: [] });
    await rate(lease, 0);
  });

  it('are told, with the notes, to whoever began under an earlier version', async () => {
    await write('# Aim\n\nRate what they mean in context.', 'Context counts.');
    const told = await news();
    expect(told).toMatchObject({ from: 1, to: 2, notes: [{ version: 2, note: 'Context counts.' }] });
    expect(told.changes.map(({ kind }) => kind)).toEqual(['kept', 'changed']);
  });

  it('are not what a question was asked under before its asker was shown them', async () => {
    const questionId = questionIdSchema.parse(uuidv7());
    const body = { questionId, unitId: null, text: 'In which context?' };
    await bea.must(routes.ask, { params: { projectId }, body });
    const asked = await bea.must(routes.questions, { params: { projectId } });
    expect(asked.map(({ id, guidelineVersion }) => [id, guidelineVersion])).toEqual([[questionId, 1]]);
  });

  it('count for judgements only after they were acknowledged, also in sections lent since', async () => {
    const second = await makeOpenTask(manager, projectId, 'similarity-rating');
    const [first, other] = [await claimed(bea, taskId), await claimed(bea, second.taskId)];
    expect([first.guidelineVersion, other.guidelineVersion]).toEqual([1, 1]);
    await rate(first, 1);
    const read = { params: { projectId }, body: { version: 2 } };
    await bea.must(routes.readGuideline, read);
    await bea.must(routes.readGuideline, read);
    expect((await claimed(bea, second.taskId)).guidelineVersion).toBe(2);
    await rate(first, 2);
    await rate(other, 0);
    expect(await news()).toMatchObject({ from: 2, to: 2, changes: [] });
    const use = await manager.must(routes.guidelineUse, { params: { projectId } });
    expect(use.map(({ version, taskId: of, judgements }) => [version, of, judgements])).toEqual([
      [2, taskId, 1],
      [2, second.taskId, 1],
      [1, taskId, 2],
    ]);
  });

  it('can be compared, any two of them', async () => {
    const back = await bea.must(routes.guidelineChanges, {
      params: { projectId },
      query: { from: 2, to: 1 },
    });
    expect(back).toMatchObject({ from: 2, to: 1, notes: [] });
    expect(back.changes[1]?.runs.find(({ kind }) => kind === 'removed')?.text).toContain('in context');
    const none = await bea.call(routes.guidelineChanges, { params: { projectId }, query: { from: 7 } });
    expect(none).toMatchObject({ ok: false, status: 404 });
    const unread = await bea.call(routes.readGuideline, { params: { projectId }, body: { version: 7 } });
    expect(unread).toMatchObject({ ok: false, status: 404 });
  });
});
